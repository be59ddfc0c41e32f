import HTTP
import MFWS
import Sandbox

extension ContractCase {
  static let tokens: [ContractCase] = [
    ContractCase("POST /server/authenticationtokens: right password") {
      try await $0.send("POST", "/server/authenticationtokens", $0.login())
    },
    ContractCase("POST /server/authenticationtokens: wrong password") {
      try await $0.send("POST", "/server/authenticationtokens", $0.login(["Password": "not the password"]))
    },
    ContractCase("GET /session: token") { client in
      let token = try await client.token()
      let answer = try await client.send("GET", "/session", headers: [token])
      try await client.send("DELETE", "/session", headers: [token])
      return answer
    },
    byToken("GET /session: token made with a wrong password", ["Password": "not the password"]),
    byToken("GET /session: token for a forbidden vault", ["VaultGuid": .string(Client.humanResources)]),
    ContractCase("GET /session: token, no licence free", with: { $0.licenses = 0 }) { client in
      let token = try await client.token(["Username": "concurrent"])
      return try await client.send("GET", "/session", headers: [token])
    },
    ContractCase("GET /session: token of another node", with: { $0.nodes = 2 }) { client in
      let token = try await client.token()
      return try await ContractClient(client.server).send("GET", "/session", headers: [token])
    },
    ContractCase("GET /session: cookie of a stopped node", with: { $0.nodes = 2 }) { client in
      try await client.logIn()
      try await client.send("POST", "/sandbox/nodes", #"{"stop":1}"#)
      return try await client.send("GET", "/session")
    },
    withVault("GET /session/vault: token and X-Vault", Client.sample),
    withVault("GET /session/vault: token and a forbidden X-Vault", Client.humanResources),
    ContractCase("DELETE /session: token with a SessionID") { client in
      let token = try await client.token()
      try await client.send("GET", "/session", headers: [token])
      return try await client.send("DELETE", "/session", headers: [token])
    },
  ]

  private static func byToken(_ name: String, _ fields: [String: JSONValue]) -> ContractCase {
    ContractCase(name) { client in
      try await client.send("GET", "/session", headers: [try await client.token(fields)])
    }
  }

  private static func withVault(_ name: String, _ vault: String) -> ContractCase {
    ContractCase(name) { client in
      let token = try await client.token()
      return try await client.send("GET", "/session/vault", headers: [token, ("X-Vault", vault)])
    }
  }
}
