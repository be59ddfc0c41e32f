import Glibc
import TestSupport
import Testing

/// Clients that others wrote log in to `mfsh sandbox`.
struct PeerTests {
  static var hasMfiles: Bool { access(Installed.python, X_OK) == 0 }

  @Test func curlWithACookieJar() throws {
    let shell = try Shell()
    shell.home.disregard("jar", because: "curl keeps its cookies there")
    try SandboxCommandTests.serving(in: shell) { url in try useCurl(url, shell) }
  }

  private func useCurl(_ url: String, _ shell: Shell) throws {
    func curl(_ arguments: String...) throws -> String {
      let options = ["curl", "--silent", "--show-error", "--fail", "--cookie", "jar", "--cookie-jar", "jar"]
      let result = try ChildProcess.run(options + arguments, folder: shell.home.path)
      #expect(result.status == .exited(0) && result.error == "")
      return result.output
    }
    let login = #"{"Username":"editor","Password":"demo","SessionID":"curl"}"#
    let vaults = try curl("--request", "PUT", "--data", login, "\(url)/REST/session")
    #expect(vaults.contains("Sample Vault") && vaults.contains("Finance"))
    #expect(try curl("\(url)/REST/session").contains(#""AccountName":"editor""#))
    #expect(try curl("\(url)/REST/session/vaults") == vaults)
    let vault = #"{"GUID":"{C840BE1A-5B47-4AC0-8EF7-835C166C8E24}"}"#
    #expect(try curl("--data", vault, "\(url)/REST/session/vault?_method=PUT").contains("Sample Vault"))
    #expect(try curl("\(url)/REST/session/vault").contains("Sample Vault"))
    _ = try curl("--request", "DELETE", "\(url)/REST/session")
    #expect(try curl("\(url)/sandbox/stats").contains(#""live_sessions":0"#))
  }

  @Test(.enabled(if: hasMfiles, "PyPI's mfiles is not there: run scripts/setup --test"))
  func theClientOfPyPI() throws {
    let shell = try Shell()
    try SandboxCommandTests.serving(in: shell) { (url) throws in
      let code = """
        import mfiles
        client = mfiles.MFilesClient(server="\(url)/REST", user="editor", password="demo",
          vault="{C840BE1A-5B47-4AC0-8EF7-835C166C8E24}")
        print(client.get("session")["AccountName"])
        print(sorted(vault["Name"] for vault in client.get("session/vaults")))
        print(client.get("session/vault")["Name"])
        """
      let result = try ChildProcess.run(
        [Installed.python, "-c", code], environment: ["HOME": shell.home.path, "no_proxy": "*"],
        within: Shell.patience)
      #expect(result == (.exited(0), "editor\n['Finance', 'Sample Vault']\nSample Vault\n", ""))
    }
  }
}
