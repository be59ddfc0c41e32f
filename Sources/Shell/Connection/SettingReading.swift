import FoundationEssentials
import LuaKit

/// Why a value cannot be one of its key: what the key needs.
struct SettingProblem: Error {
  let message: String
}

extension SettingKey {
  /// Reads a value that is no secret from Lua: of a call or of a profile.
  ///
  /// - Throws: `SettingProblem`, such as `user must be a string, not a number`.
  func read(_ value: LuaValue) throws(SettingProblem) -> SettingValue {
    switch (kind, value) {
    case (.text, .string(let text)), (.file, .string(let text)), (.hosts, .string(let text)):
      return .text(text)
    case (.address, .string(let text)): return .text(try checkedAddress(text))
    case (.flag, .bool(let value)), (.scheme, .bool(let value)): return .flag(value)
    case (.scheme, .string(let text)): return .text(try chosen(text, from: Self.schemes))
    case (.choice(let words), .string(let text)): return .text(try chosen(text, from: words))
    case (.hosts, .array(let values)): return .text(try texts(values).joined(separator: ","))
    case (.addresses, .array(let values)): return .list(try texts(values).map(checkedResolve))
    case (.moment, .string(let text)): return .text(try checkedMoment(text))
    case (.moment, _), (.seconds, _), (.number, _):
      guard let number = value.number else { throw mismatch(value) }
      return .number(try checkedNumber(number))
    default: throw mismatch(value)
    }
  }

  /// Reads what stands behind an option.
  ///
  /// - Throws: `SettingProblem` with what the option needs, such as `a number of seconds above 0`.
  func read(option text: String) throws(SettingProblem) -> SettingValue {
    switch kind {
    case .flag, .scheme: return .flag(true)
    case .choice(let words):
      guard words.contains(text) else { throw SettingProblem(message: expected) }
      return .text(text)
    case .seconds, .number:
      guard let number = Double(text), (try? checkedNumber(number)) != nil else {
        throw SettingProblem(message: expected)
      }
      return .number(number)
    case .addresses:
      guard Self.isResolve(text) else { throw SettingProblem(message: "host:port:address") }
      return .list([text])
    default: return .text(text)
    }
  }

  /// What a value must be, in words.
  var expected: String {
    switch kind {
    case .text, .file: "a string"
    case .address: "an address"
    case .flag: "true or false"
    case .secret: "a secret"
    case .hosts: "host names, separated by commas or in a list"
    case .addresses: "a list of texts like host:443:127.0.0.1"
    case .seconds: "a number of seconds above 0"
    case .moment: "seconds from now, or an ISO 8601 moment"
    case .scheme: "true, false, \"negotiate\" or \"ntlm\""
    case .number(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .choice(let words): "one of " + words.joined(separator: ", ")
    case .aliases: "a table of secrets by their names"
    }
  }

  static let schemes = ["negotiate", "ntlm"]

  private func mismatch(_ value: LuaValue) -> SettingProblem {
    SettingProblem(message: "\(rawValue) must be \(expected), not a \(value.typeName)")
  }

  private func texts(_ values: [LuaValue]) throws(SettingProblem) -> [String] {
    var texts: [String] = []
    for value in values {
      guard case .string(let text) = value else { throw mismatch(value) }
      texts.append(text)
    }
    return texts
  }

  private func chosen(_ text: String, from words: [String]) throws(SettingProblem) -> String {
    if words.contains(text) { return text }
    let quoted = words.map { "\"\($0)\"" }
    let list = quoted.dropLast().joined(separator: ", ") + " or " + (quoted.last ?? "")
    throw SettingProblem(message: "\(rawValue) is \(list), not \"\(text)\"")
  }

  /// The address is not repeated: it may hold a password.
  private func checkedAddress(_ text: String) throws(SettingProblem) -> String {
    guard AddressCheck.holdsPassword(text) else { return text }
    let remedy = self == .proxy ? "use proxy_user and proxy_password" : "use user and password"
    throw SettingProblem(message: "\(rawValue) must not hold a user or password: \(remedy)")
  }

  private func checkedResolve(_ text: String) throws(SettingProblem) -> String {
    if Self.isResolve(text) { return text }
    throw SettingProblem(message: "\(rawValue) needs host:port:address, not \"\(text)\"")
  }

  private static func isResolve(_ text: String) -> Bool {
    let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    return parts.count == 3 && !parts[0].isEmpty && UInt16(parts[1]) != nil && !parts[2].isEmpty
  }

  private func checkedMoment(_ text: String) throws(SettingProblem) -> String {
    if let date = try? Date(text, strategy: .iso8601), date > Date() { return text }
    throw SettingProblem(
      message: "\(rawValue) must be a moment to come, like 2030-01-31T12:00:00Z, not \"\(text)\"")
  }

  private func checkedNumber(_ number: Double) throws(SettingProblem) -> Double {
    let isGood =
      if case .number(let range) = kind {
        number == number.rounded() && (Double(range.lowerBound)...Double(range.upperBound)).contains(number)
      } else {
        number > 0 && number < 1e10
      }
    if isGood { return number }
    throw SettingProblem(message: "\(rawValue) must be \(expected)")
  }
}

extension LuaValue {
  fileprivate var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }
}
