import Check
import LuaKit
import MFWS

/// What a script's function `expect` returned or raised about a row.
enum RuleAnswer {
  /// What differs.
  ///
  /// - Throws: `client.usage`: it is nothing that the function may return.
  static func findings(_ value: LuaValue) throws -> [RowResult.Finding] {
    switch value {
    case .nil, .bool(true): return []
    case .bool(false): return [finding(OwnRule.check, "the function expect says no")]
    case .string(let text): return [finding(OwnRule.check, text)]
    case .array(let values):
      return try values.flatMap(findings)
    case .table(let fields): return fields.isEmpty ? [] : [try finding(fields)]
    default: throw LuaError.usage("\(place) returned a \(value.typeName): it returns \(forms)")
    }
  }

  /// The error that a request of the function ended in; nil: it is a mistake in the script.
  static func error(_ value: LuaValue) -> MFWSError? {
    guard case .table(let fields) = value else { return nil }
    let values = Dictionary(fields.map { ($0.key, $0.value) }) { first, _ in first }
    guard case .string(let code)? = values["code"], let code = MFWSError.Code(rawValue: code),
      case .string(let message)? = values["message"], isOfServer(code)
    else { return nil }
    var error = MFWSError(code, message)
    if case .integer(let status)? = values["status"] { error.status = Int(clamping: status) }
    if case .string(let request)? = values["request"] { error.request = request }
    if case .string(let exception)? = values["exception"] { error.exception = exception }
    if case .number(let seconds)? = values["retry_after"] { error.retryAfter = seconds }
    return error
  }

  private static func isOfServer(_ code: MFWSError.Code) -> Bool {
    switch code {
    case .clientTimeout, .clientCancelled: true
    default:
      ["denied.", "session.", "request.", "server.", "network."].contains { code.rawValue.hasPrefix($0) }
    }
  }

  // MARK: one finding

  private static let place = "check.run: the function expect"
  private static let keys = ["check", "message", "expected", "actual", "missing", "extra"]
  private static let forms =
    "nothing, true, a message, a table with some of \(keys.joined(separator: ", ")), or a list of such"

  private static func finding(_ check: String, _ message: String) -> RowResult.Finding {
    .init(check, .difference, expected: .null, actual: .string(message))
  }

  private static func finding(
    _ fields: [(key: String, value: LuaValue)]
  ) throws(LuaError) -> RowResult.Finding {
    var values: [String: JSONValue] = [:]
    for (key, value) in fields {
      guard keys.contains(key) else {
        let hint = nearest(to: key, in: keys).map { "did you mean \($0)?" } ?? "it returns \(forms)"
        throw .usage("\(place) returned a table with \"\(key)\": \(hint)")
      }
      do {
        values[key] = try JSONValue(value)
      } catch {
        throw .usage("\(place) returned a table whose \(key) \(error.message)")
      }
    }
    let check = try check(values["check"])
    guard let message = values["message"] else {
      return .init(
        check, .difference, expected: values["expected"] ?? .null, actual: values["actual"] ?? .null,
        missing: try texts(values["missing"]), extra: try texts(values["extra"]))
    }
    guard let text = message.string else { throw .usage("\(place) returned a message that is no string") }
    return finding(check, text)
  }

  private static func check(_ value: JSONValue?) throws(LuaError) -> String {
    guard let value else { return OwnRule.check }
    // Findings of that name are told in words of their own.
    guard let name = value.string, !name.isEmpty, name != "expect" else {
      throw .usage(
        "\(place) returned a table whose check is no name of a rule: give it a word such as folders")
    }
    return name
  }

  private static func texts(_ value: JSONValue?) throws(LuaError) -> [String] {
    guard let value else { return [] }
    if let text = value.string { return [text] }
    guard let values = value.array, values.allSatisfy({ $0.string != nil }) else {
      throw .usage("\(place) returned a table whose missing or extra is no list of strings")
    }
    return values.compactMap(\.string)
  }
}
