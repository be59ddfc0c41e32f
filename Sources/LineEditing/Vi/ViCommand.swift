/// One command of vi's command mode, as it is typed.
struct ViCommand: Equatable {
  /// What has been typed of it so far.
  enum Typed: Equatable {
    /// `lacksArgument`: whatever character comes next belongs to it.
    case incomplete, lacksArgument, unknown
    case command(ViCommand)
  }

  /// The letter of the register that takes or gives the text.
  var register: Unicode.Scalar?
  /// The numbers in it, multiplied; nil: there are none.
  var count: Int?
  /// What is done with the text that a movement passes over.
  var operation: ViOperator?
  /// The command or the movement; behind an operator, the same again means whole lines.
  var name: Unicode.Scalar = "h"
  /// Whether `g` stands before the name.
  var isBehindG = false
  /// The character that belongs to `f`, `r` and their kin, and to a text object.
  var argument: Unicode.Scalar?

  static let insert = ViCommand(name: "i")

  /// How often, or over how many.
  var times: Int { count ?? 1 }

  /// Reads what was typed since the last command.
  static func read(_ typed: some Sequence<Unicode.Scalar>) -> Typed {
    var rest = Array(typed)[...]
    var command = ViCommand()
    command.takeCount(from: &rest)
    if rest.first == "\"" {
      guard rest.count > 1 else { return .lacksArgument }
      command.register = rest.dropFirst().first
      guard command.register.map(registers.contains) == true else { return .unknown }
      rest = rest.dropFirst(2)
      command.takeCount(from: &rest)
    }
    if let first = rest.first, let operation = ViOperator(rawValue: first) {
      command.operation = operation
      rest.removeFirst()
      command.takeCount(from: &rest)
    }
    return command.readName(rest)
  }

  private mutating func takeCount(from rest: inout ArraySlice<Unicode.Scalar>) {
    guard let first = rest.first, ("1"..."9").contains(first) else { return }
    var number = 0
    while let digit = rest.first, ("0"..."9").contains(digit) {
      number = min(number * 10 + Int(digit.value - 0x30), Self.highest)
      rest.removeFirst()
    }
    count = min((count ?? 1) * number, Self.highest)
  }

  private func readName(_ rest: ArraySlice<Unicode.Scalar>) -> Typed {
    var (command, rest) = (self, rest)
    guard var name = rest.popFirst() else { return .incomplete }
    if name == "g" {
      guard let second = rest.popFirst() else { return .incomplete }
      (name, command.isBehindG) = (second, true)
    }
    command.name = name
    guard command.isKnown else { return .unknown }
    if command.takesArgument {
      guard let argument = rest.popFirst() else { return .lacksArgument }
      command.argument = argument
      // It is taken, so that it does not run as a command.
      if Self.withoutMeaning.contains(name) { return .unknown }
    }
    return .command(command)
  }

  private var isKnown: Bool {
    if isBehindG { return Self.behindG.contains(name) }
    if Self.movements.contains(name) || Self.withoutMeaning.contains(name) { return true }
    guard let operation else { return Self.others.contains(name) }
    return name == operation.rawValue || isTextObject
  }

  private var takesArgument: Bool {
    !isBehindG && (Self.withArgument.contains(name) && operation?.rawValue != name || isTextObject)
  }

  /// Whether it names a piece of text around the cursor, such as `iw`.
  var isTextObject: Bool { operation != nil && !isBehindG && (name == "i" || name == "a") }

  private static func set(_ characters: String) -> Set<Unicode.Scalar> { Set(characters.unicodeScalars) }

  private static let highest = 9_999
  private static let registers = set("\"abcdefghijklmnopqrstuvwxyz")
  private static let movements = set("hl \u{8}\u{7F}jk+-wWbBeE0^$|fFtT;,%G")
  private static let behindG = set("geE_")
  private static let others = set("xXDCYsSiaIAoOrR~pPJuU.v/?nN_")
  private static let withoutMeaning = set("m'`qz@Z")
  private static let withArgument = set("fFtTr").union(withoutMeaning)
}

/// A command of vi's that is followed by a movement.
enum ViOperator: Unicode.Scalar {
  case delete = "d", change = "c", yank = "y", indent = ">", outdent = "<"
}
