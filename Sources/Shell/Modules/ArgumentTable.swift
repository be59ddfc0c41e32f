import HTTP
import LuaKit
import MFWS

/// The table of named arguments of a call: `session.login{user = "editor"}`. Every key must be known.
struct ArgumentTable {
  private let function: String
  private let values: [String: LuaValue]

  /// Reads argument `index`; missing is empty.
  init(_ call: borrowing LuaCall, _ index: Int, of function: String, keys: [String]) throws(LuaError) {
    self.function = function
    guard !call.isNil(index) else {
      values = [:]
      return
    }
    do {
      values = try call.table(index, function)
    } catch {
      throw Self.withExample(error, of: function)
    }
    try refuseColon()
    for key in values.keys.sorted() where !keys.contains(key) {
      let hint =
        nearest(to: key, in: keys).map { "did you mean \($0)?" } ?? "it takes \(keys.joined(separator: ", "))"
      throw .usage("\(function) does not take \"\(key)\": \(hint)")
    }
  }

  /// Tells how the call is written, if the table itself is what is wrong.
  private static func withExample(_ error: LuaError, of function: String) -> LuaError {
    let problem: String
    switch error.mistake {
    case .wrongType: problem = error.message
    case .namelessKey: problem = "\(function): an argument has no name"
    case nil: return error
    }
    return .usage("\(problem): write \(example(of: function))")
  }

  /// `session.login{user=, password=, …}`.
  private static func example(of function: String) -> String {
    let topic = HelpTopics.functions.first { $0.name == function.replacing(":", with: ".") }
    let name = NamedArguments.names(of: function).first ?? "name"
    guard let call = topic?.call, !call.hasSuffix("{…}") else { return "\(function){\(name)=…}" }
    return String(call)
  }

  /// `session:login{…}` gives the module itself as the first argument.
  private func refuseColon() throws(LuaError) {
    guard let dot = function.lastIndex(of: "."), case .other = values[String(function[dot...].dropFirst())]
    else { return }
    throw .usage("\(function) is called with a dot: \(function){…}")
  }

  func string(_ key: String) throws(LuaError) -> String? {
    switch values[key] {
    case nil, .nil: return nil
    case .string(let text): return text
    case let value?: throw wrong(key, value, "a string")
    }
  }

  /// A string or a secret.
  func secret(_ key: String) throws(LuaError) -> Secret? {
    switch values[key] {
    case nil, .nil: return nil
    case .string(let text): return Secret(text)
    case .bytes(let bytes): return Secret(bytes: bytes)
    case .object(let object as SecretObject): return object.secret
    case let value?: throw wrong(key, value, "a secret or a string")
    }
  }

  func bool(_ key: String) throws(LuaError) -> Bool? {
    switch values[key] {
    case nil, .nil: return nil
    case .bool(let value): return value
    case let value?: throw wrong(key, value, "true or false")
    }
  }

  func integer(_ key: String) throws(LuaError) -> Int64? {
    switch values[key] {
    case nil, .nil: return nil
    case .integer(let value): return value
    case let value?: throw wrong(key, value, "an integer")
    }
  }

  /// The value as it is.
  func value(_ key: String) -> LuaValue? {
    if case .nil? = values[key] { nil } else { values[key] }
  }

  func wrong(_ key: String, _ value: LuaValue, _ expected: String) -> LuaError {
    .usage("\(function): \(key) must be \(expected), not a \(value.typeName)")
  }
}
