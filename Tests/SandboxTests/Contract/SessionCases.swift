import HTTP
import MFWS
import Sandbox

private let forbidden = JSONValue.string(Client.humanResources)
private let sample = JSONValue.string(Client.sample)
private let past = JSONValue.string("2001-01-01T00:00:00Z")

extension ContractCase {
  static let login: [ContractCase] = [
    ContractCase("PUT /session: right password") { client in
      let answer = try await client.logIn()
      _ = try await client.logOut()
      return answer
    },
    ContractCase("PUT /session: wrong password") { try await $0.logIn(["Password": "not the password"]) },
    ContractCase("PUT /session: unknown account") { try await $0.logIn(["Username": "nobody by that name"]) },
    ContractCase("PUT /session: disabled account") { try await $0.logIn(["Username": "leaver"]) },
    ContractCase("PUT /session: Windows account") {
      try await $0.logIn(["Username": "winuser", "WindowsUser": true, "Domain": "SANDBOX"])
    },
    ContractCase("PUT /session: Windows account of another domain") {
      try await $0.logIn(["Username": "winuser", "WindowsUser": true, "Domain": "OTHER"])
    },
    ContractCase("PUT /session: with a vault") { try await $0.logIn(["VaultGuid": sample]) },
    ContractCase("PUT /session: with a forbidden vault") { try await $0.logIn(["VaultGuid": forbidden]) },
    ContractCase("PUT /session: expired from the start") { try await $0.logIn(["Expiration": past]) },
    ContractCase("PUT /session: body that is no JSON object") { try await $0.send("PUT", "/session", "[") },
    ContractCase("PUT /session: beside a token in a header") { client in
      try await client.send("PUT", "/session", client.login(), headers: [try await client.token()])
    },
    ContractCase("PUT /session: all concurrent licences taken", with: { $0.licenses = 1 }) { client in
      try await ContractClient(client.server).logIn(["Username": "concurrent"])
      return try await client.logIn(["Username": "concurrent"])
    },
  ]

  static let session: [ContractCase] = [
    loggedIn("GET /session: logged in", "/session"),
    ContractCase("GET /session: not logged in") { try await $0.send("GET", "/session") },
    ContractCase("GET /session: logged out") { client in
      try await client.logIn()
      _ = try await client.logOut()
      return try await client.send("GET", "/session")
    },
    ContractCase(
      "GET /session: expired", with: { $0.faults = [try Fault("expire,path=/session,method=GET")] }
    ) {
      try await $0.logIn()
      return try await $0.send("GET", "/session")
    },
    loggedIn("GET /session/authenticationtoken: logged in", "/session/authenticationtoken"),
    loggedIn("GET /session/userid: logged in", "/session/userid"),
    ContractCase("DELETE /session: with a SessionID") { client in
      try await client.logIn()
      return try await client.logOut()
    },
    ContractCase(
      "DELETE /session: with a SessionID, as documented", with: { $0.answersLogoutWithNoContent = true }
    ) { client in
      try await client.logIn()
      return try await client.logOut()
    },
    ContractCase("DELETE /session: without a SessionID") { client in
      try await client.logIn(sessionID: false)
      return try await client.logOut()
    },
    ContractCase("POST /session: no such verb") { try await $0.send("POST", "/session") },
  ]

  static let sessionVaults: [ContractCase] = [
    loggedIn("GET /session/vaults: logged in", "/session/vaults"),
    loggedIn("GET /session/vault: no vault entered", "/session/vault"),
    ContractCase("GET /session/vault: vault entered") { client in
      try await client.logIn()
      let body: JSONValue = ["GUID": try await client.firstVault()["GUID"] ?? .null]
      try await client.send("PUT", "/session/vault", body.text)
      let answer = try await client.send("GET", "/session/vault")
      _ = try await client.logOut()
      return answer
    },
    ContractCase("GET /session/vault: X-Active-Vault without braces") { client in
      try await client.logIn()
      let guid = Client.sample.dropFirst().dropLast()
      return try await client.send("GET", "/session/vault", headers: [("X-Active-Vault", String(guid))])
    },
    ContractCase("PUT /session/vault: by GUID") { client in
      try await client.logIn()
      let body: JSONValue = ["GUID": try await client.firstVault()["GUID"] ?? .null]
      let answer = try await client.send("PUT", "/session/vault", body.text)
      _ = try await client.logOut()
      return answer
    },
    entering("PUT /session/vault: by name", ["Name": "Finance"]),
    entering("PUT /session/vault: name of several vaults", ["Name": "Archive"], user: "admin"),
    entering("PUT /session/vault: forbidden", ["GUID": forbidden]),
    ContractCase("PUT /session/vault: forbidden, uniform refusals", with: { $0.uniformRefusals = true }) {
      try await $0.logIn()
      return try await $0.send("PUT", "/session/vault", JSONValue.object(["GUID": forbidden]).text)
    },
    entering("PUT /session/vault: neither GUID nor name", [:]),
    ContractCase("PUT /session/vault: by a token") { client in
      try await client.send(
        "PUT", "/session/vault", JSONValue.object(["GUID": sample]).text, headers: [try await client.token()])
    },
  ]

  /// Logs in, asks for a resource and logs out.
  private static func loggedIn(_ name: String, _ path: String) -> ContractCase {
    ContractCase(name) { client in
      try await client.logIn()
      let answer = try await client.send("GET", path)
      _ = try await client.logOut()
      return answer
    }
  }

  private static func entering(
    _ name: String, _ vault: [String: JSONValue], user: String = "editor"
  ) -> ContractCase {
    ContractCase(name) { client in
      try await client.logIn(["Username": .string(user)])
      return try await client.send("PUT", "/session/vault", JSONValue.object(vault).text)
    }
  }
}
