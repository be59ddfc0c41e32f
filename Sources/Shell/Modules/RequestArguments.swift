import HTTP
import LuaKit
import MFWS

/// The arguments of `session.request`.
struct RequestArguments: Sendable {
  let method: String
  let path: String
  let query: [(name: String, value: String)]
  let headers: [HTTPRequest.Field]
  let body: Secret?

  private static let function = "session.request"

  init(_ call: borrowing LuaCall, _ index: Int) throws {
    let table = try ArgumentTable(
      call, index, of: Self.function, keys: NamedArguments.names(of: Self.function))
    method = try table.string("method") ?? "GET"
    guard let path = try table.string("path") else {
      throw LuaError.usage("session.request: path is missing: give path=\"/session\"")
    }
    self.path = path
    query = try Self.pairs(table, "query").map { ($0.name, $0.value.reveal()) }
    headers = try Self.pairs(table, "headers").map { HTTPRequest.Field($0.name, $0.value) }
    body = try Self.body(table, call, index)
  }

  /// A table is sent as JSON, a string as it is.
  private static func body(_ table: ArgumentTable, _ call: borrowing LuaCall, _ index: Int) throws -> Secret?
  {
    switch table.value("body") {
    case nil: nil
    case .string(let text): Secret(text)
    case .bytes(let bytes): Secret(bytes: bytes)
    case .object(let object as SecretObject): object.secret
    default: try call.json(index, field: "body").map { Secret(bytes: $0) }
    }
  }

  private static func pairs(_ table: ArgumentTable, _ key: String) throws -> [(name: String, value: Secret)] {
    guard let value = table.value(key) else { return [] }
    guard case .table(let fields) = value else {
      throw table.wrong(key, value, "a table of names and values")
    }
    return try fields.sorted { $0.key < $1.key }.map { (name: $0.key, value: try text($0.value, table, key)) }
  }

  private static func text(_ value: LuaValue, _ table: ArgumentTable, _ key: String) throws -> Secret {
    switch value {
    case .string(let text): Secret(text)
    case .integer(let number): Secret("\(number)")
    case .number(let number): Secret("\(number)")
    case .bool(let value): Secret("\(value)")
    case .object(let object as SecretObject): object.secret
    default: throw table.wrong(key, value, "a table of strings, numbers or secrets")
    }
  }

  /// A JSON answer becomes a Lua value, any other a string; no body is nil.
  func value(of response: HTTPResponse) -> LuaValue {
    if response.body.isEmpty { return .nil }
    let isJSON = response.headers["Content-Type"]?.lowercased().contains("json") ?? false
    guard isJSON else { return .bytes(response.body) }
    return .json(
      response.body, secrets: .answer(of: path, response.body),
      source: "\(method) \(path.prefix { $0 != "?" })")
  }
}
