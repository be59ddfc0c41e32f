import LuaKit

/// What can stand at the cursor.
enum CompletionContext: Equatable {
  /// A variable or a keyword, beside the local variables of the statement.
  case name(locals: Set<String>)
  /// A name behind `.` or `:`.
  case member([LuaMembers.Step], isMethod: Bool)
  /// A name in a table of named arguments.
  case argumentName(CompletionCall, given: Set<String>)
  /// The value of a named argument.
  case argumentValue(CompletionCall, name: String)
  /// The first argument of a call, of which nothing is typed yet.
  case firstArgument(CompletionCall, locals: Set<String>)
  /// The first argument of a call, a string.
  case stringArgument(CompletionCall)
  /// A string in brackets behind a table.
  case key([LuaMembers.Step])

  /// Nil where nothing is known.
  init?(_ text: CompletionText) {
    let end = text.tokens.count
    if text.string != nil {
      self.init(string: text, end)
      return
    }
    let last = text.token(end - 1)
    if last?.is(".") == true || last?.is(":") == true {
      guard let path = text.path(before: end - 1) else { return nil }
      self = .member(path, isMethod: last?.is(":") == true)
    } else if let context = Self.argument(text, end) {
      self = context
    } else if text.word.isEmpty, last?.is("(") == true, let call = text.call(ofArgumentAt: end) {
      self = .firstArgument(call, locals: text.localNames)
    } else if ["local", "goto", "for", "::"].contains(where: { last?.is($0) == true }) {
      return nil
    } else {
      self = .name(locals: text.localNames)
    }
  }

  private init?(string text: CompletionText, _ end: Int) {
    if text.token(end - 1)?.is("[") == true, let path = text.path(before: end - 1) {
      self = .key(path)
    } else if let context = Self.argument(text, end) {
      guard case .argumentValue = context else { return nil }
      self = context
    } else if let call = text.call(ofArgumentAt: end), call.position == 0 {
      self = .stringArgument(call)
    } else {
      return nil
    }
  }

  /// `f{name` and `f{name=value`.
  private static func argument(_ text: CompletionText, _ end: Int) -> CompletionContext? {
    guard let opening = text.enclosing(end), text.token(opening)?.is("{") == true,
      let call = text.call(ofArgumentAt: opening), let last = text.token(end - 1)
    else { return nil }
    if end - 1 == opening || last.is(",") || last.is(";") {
      return text.string == nil ? .argumentName(call, given: text.givenNames(in: opening)) : nil
    }
    guard last.is("="), let name = text.name(end - 2), let before = text.token(end - 3),
      end - 3 == opening || before.is(",") || before.is(";")
    else { return nil }
    return .argumentValue(call, name: name)
  }
}
