import LuaKit
import MFWS

extension JSONValue {
  /// The same as JSON. An empty table is an empty list.
  ///
  /// - Throws: `client.usage`: it has no JSON form; a secret has none.
  init(_ value: LuaValue) throws(LuaError) {
    switch value {
    case .nil, .null: self = .null
    case .bool(let flag): self = .bool(flag)
    case .integer(let number): self = .integer(number)
    case .number(let number): self = .number(number)
    case .string(let text): self = .string(text)
    case .array(let values):
      self = .array(try values.map { value throws(LuaError) in try JSONValue(value) })
    case .table(let fields):
      var object: [String: JSONValue] = [:]
      for (key, value) in fields { object[key] = try JSONValue(value) }
      self = object.isEmpty ? .array([]) : .object(object)
    case .bytes: throw .usage("is no UTF-8")
    case .json, .object, .other:
      throw .usage("must be a string, a number, true, false or a list, not a \(value.typeName)")
    }
  }
}
