import HTTP
import LuaKit
import MFWS

/// The global `server`: what a server tells without a login.
enum ServerModule {
  private struct Resource {
    let name: String
    let path: String
    let shape: ResourceRequest.Shape
    var secrets = SecretPaths.none
  }

  private static let resources = [
    Resource(name: "vaults", path: "/server/vaults?online=true", shape: .array, secrets: .vaults),
    Resource(name: "capabilities", path: "/server/capabilities", shape: .object),
    Resource(name: "public_key", path: "/server/publickey", shape: .object),
  ]

  static func register(in runtime: Runtime) throws {
    for resource in resources {
      let name = "server.\(resource.name)"
      try runtime.state.register(name) { [unowned runtime] call in
        let server = try runtime.server(try table(call, name), for: name)
        return .wait {
          let text = try await server.answer(resource.path, resource.shape)
          if resource.name == "vaults" { runtime.seenVaults.note(text) }
          return [.json(text, secrets: resource.secrets, source: "GET \(resource.path)")]
        }
      }
    }
    try registerStatus(runtime)
    try registerProtocols(runtime)
  }

  private static func table(_ call: borrowing LuaCall, _ name: String) throws(LuaError) -> ArgumentTable {
    try ArgumentTable(call, 1, of: name, keys: NamedArguments.names(of: name))
  }

  private static func registerStatus(_ runtime: Runtime) throws {
    let name = "server.status"
    try runtime.state.register(name) { [unowned runtime] call in
      let server = try runtime.server(try table(call, name), for: name)
      return .wait {
        let response = try await server.statusResponse()
        let days = response.certificate?.daysLeft(at: Clock.secondsSince1970)
        let text =
          days.map { JSONObjectText.add("certificate_days_left", $0, to: response.body) } ?? response.body
        return [.json(text, secrets: .none, source: "GET /server/status")]
      }
    }
  }

  private static func registerProtocols(_ runtime: Runtime) throws {
    let name = "server.authentication_protocols"
    try runtime.state.register(name) { [unowned runtime] call in
      let table = try table(call, name)
      let (server, vault) = (try runtime.server(table, for: name), try table.string("vault"))
      return .wait {
        let guid = try await guid(of: vault, at: server, for: name)
        let text = try await server.answer(Server.protocolsPath(vault: guid), .array)
        return [.json(text, secrets: .plugins(in: text), source: "GET /server/authenticationprotocols")]
      }
    }
  }

  private static func guid(
    of vault: String?, at server: Server, for function: String
  ) async throws -> GUID? {
    guard let vault else { return nil }
    if let guid = try await server.guid(of: vault) { return guid }
    throw MFWSError(
      .requestNotFound, "\(function): the server shows no vault \"\(vault)\", or several: give its GUID")
  }
}

/// A JSON object as text.
enum JSONObjectText {
  /// The object with one more field.
  static func add(_ name: String, _ number: Int, to text: [UInt8]) -> [UInt8] {
    guard let end = text.lastIndex(of: UInt8(ascii: "}")) else { return text }
    let isEmpty = text[..<end].last { !" \t\r\n".utf8.contains($0) } == UInt8(ascii: "{")
    return text[..<end] + Array("\(isEmpty ? "" : ",")\"\(name)\":\(number)".utf8) + text[end...]
  }
}

extension Runtime {
  /// The server of a call: the one named, that of the session, or that of the settings.
  fileprivate func server(_ table: ArgumentTable, for function: String) throws -> Server {
    guard
      let address = try table.string("url") ?? defaultSession?.session.url ?? connection[text: .url]
    else { throw LuaError.noServer(function) }
    let url = try BaseURL(address)
    let configuration = try clientConfiguration(connection, for: url)
    let key = connection.secret(.presharedKey, for: url)
    if key != nil { try Session.checkTransport(url, configuration) }
    return try Server(
      address, http: http(for: url), configuration: configuration,
      presharedKey: try key.map { try reveal($0, "Pre-shared key: ") })
  }
}
