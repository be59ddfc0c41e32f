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
    Resource(name: "status", path: "/server/status", shape: .object),
    Resource(name: "vaults", path: "/server/vaults?online=true", shape: .array, secrets: .vaults),
    Resource(name: "capabilities", path: "/server/capabilities", shape: .object),
    Resource(name: "public_key", path: "/server/publickey", shape: .object),
    Resource(name: "authentication_protocols", path: "/server/authenticationprotocols", shape: .array),
  ]

  static func register(in runtime: Runtime) throws {
    for resource in resources {
      let name = "server.\(resource.name)"
      try runtime.state.register(name) { [unowned runtime] call in
        let table = try ArgumentTable(call, 1, of: name, keys: ["url"])
        let server = try Server(try runtime.serverURL(table.string("url"), for: name), http: runtime.http)
        return .wait {
          let text = try await server.answer(resource.path, resource.shape)
          return [.json(text, secrets: resource.secrets, source: "GET \(resource.path)")]
        }
      }
    }
  }
}

extension Runtime {
  fileprivate func serverURL(_ given: String?, for function: String) throws(LuaError) -> String {
    if let url = given ?? defaultSession?.session.url ?? connection.url { return url }
    throw .usage(
      "\(function): no server is known: give url=\"https://host\", the option --url, or MFILES_URL")
  }
}
