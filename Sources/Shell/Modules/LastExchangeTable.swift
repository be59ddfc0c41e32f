import HTTP
import LuaKit

/// `session.last()`: what was sent last and what came, masked, with the curl command that repeats it.
enum LastExchangeTable {
  static func register(in runtime: Runtime) throws {
    try runtime.state.register("session.last") { [unowned runtime] _ in
      guard let shown = runtime.tracing.last.shown else { return .result(.nil) }
      let configuration = runtime.networkConfiguration(of: shown.url) ?? HTTPConfiguration()
      let curl = runtime.tracing.last.curlCommand(configuration: configuration)
      return .result(table(shown, curl))
    }
  }

  private static func table(_ shown: ShownExchange, _ curl: CurlCommand?) -> LuaValue {
    var fields: [(key: String, value: LuaValue)] = [
      ("method", .string(shown.method)), ("url", .string(shown.url)),
      ("request", part(shown.requestHeaders, shown.requestBody)), ("seconds", .number(shown.seconds)),
    ]
    if let status = shown.status {
      fields.append(("status", .integer(Int64(status))))
      fields.append(("response", part(shown.responseHeaders, shown.responseBody)))
    }
    if let error = shown.error { fields.append(("error", .string(error))) }
    if let curl { fields.append(("curl", .string(curl.line))) }
    return .table(fields)
  }

  /// Fields that come several times are joined, as HTTP allows (RFC 9110, 5.3).
  private static func part(_ headers: [ShownExchange.Field], _ body: String) -> LuaValue {
    var values: [(key: String, value: LuaValue)] = []
    for name in headers.map(\.name) where !values.contains(where: { $0.key == name }) {
      let all = headers.filter { $0.name == name }.map(\.value)
      values.append((name, .string(all.joined(separator: ", "))))
    }
    return .table([("headers", .table(values)), ("body", .string(body))])
  }
}
