/// A value on its way between Swift and Lua.
package enum LuaValue: Sendable {
  case `nil`
  /// `json.null`.
  case null
  case bool(Bool)
  case integer(Int64)
  case number(Double)
  case string(String)
  /// A string that need not be UTF-8.
  case bytes([UInt8])
  /// A table with elements 1…n that JSON writes as an array.
  case array([LuaValue])
  case table([(key: String, value: LuaValue)])
  /// The value of a JSON text, which goes to Lua without a detour through Swift values. `source` names where it is from
  /// in the error that a text which is no JSON raises.
  case json([UInt8], secrets: SecretPaths, source: String)
  /// A userdata of the class that `object` was registered with.
  case object(any LuaObject)
  /// What Swift does not take: a function, a thread, a foreign userdata. Never sent to Lua.
  case other(String)

  /// How Lua calls the value's type, for messages.
  package var typeName: String {
    switch self {
    case .nil: "nil"
    case .null: "json.null"
    case .bool: "boolean"
    case .integer, .number: "number"
    case .string, .bytes: "string"
    case .array, .table, .json: "table"
    case .object(let object): type(of: object).luaClass
    case .other(let name): name
    }
  }
}

/// A Swift object that Lua holds as a userdata.
package protocol LuaObject: AnyObject, Sendable {
  /// The class's name, as `tostring` and error messages show it.
  static var luaClass: String { get }
}

/// Where in a JSON text strings are secrets: paths of object keys separated by `/`, `*` for any array element.
@safe package struct SecretPaths: @unchecked Sendable {
  // Made once for each constant and kept for good: the bridge reads it after Swift has returned.
  let pointer: UnsafePointer<UnsafePointer<CChar>?>?

  /// No string is secret.
  package static let none = SecretPaths([])

  /// At most eight paths. Meant for constants: what it allocates is never freed.
  package init(_ paths: [String]) {
    guard !paths.isEmpty else {
      unsafe pointer = nil
      return
    }
    let list = UnsafeMutablePointer<UnsafePointer<CChar>?>.allocate(capacity: paths.count + 1)
    for (index, path) in paths.enumerated() {
      let copy = UnsafeMutablePointer<CChar>.allocate(capacity: path.utf8.count + 1)
      for (offset, byte) in path.utf8.enumerated() { unsafe copy[offset] = CChar(bitPattern: byte) }
      unsafe copy[path.utf8.count] = 0
      unsafe list.advanced(by: index).initialize(to: UnsafePointer(copy))
    }
    unsafe list.advanced(by: paths.count).initialize(to: nil)
    unsafe pointer = UnsafePointer(list)
  }
}
