import Sandbox
import TestSupport
import Testing

/// The network's settings, as a user gives them, against real parts.
@Suite(.timeLimit(.minutes(30)))
struct NetworkSettingsTests {
  private static let code = "session.login() print(session.info().AccountName)"

  @Test(.needs(TLSProxy.self, TestCertificates.self))
  func aClientCertificateWithAnEncryptedKey() throws {
    let sandbox = try SandboxServer()
    let certificates = try TestCertificates()
    let pair = try certificates.make("jo", passphrase: "open sesame")
    var demands = TLSProxy.Settings(try certificates.server())
    demands.clientAuthority = certificates.authority.certificate
    let server = try TLSProxy(upstream: sandbox.url, demands)
    var shell = try Shell(server: server.url)
    shell.options += ["-u", "editor", "--password-command", "echo demo"]
    let files = [
      "--cacert", certificates.authority.certificate, "--cert", pair.certificate, "--key", pair.key,
      "--tlsv1.3",
    ]
    #expect(try shell.run(files + ["-e", Self.code]).status == .exited(78))
    shell.environment = ["MFILES_KEY_PASS": "open sesame"]
    #expect(try shell.run(files + ["-e", Self.code]) == (.exited(0), "editor\n", ""))
    let days = "print(server.status().certificate_days_left >= 1)"
    #expect(try shell.run(files + ["-e", days]) == (.exited(0), "true\n", ""))
    shell.environment = [:]
    let terminal = try shell.terminal(files)
    try terminal.show("Passphrase of \(pair.key): ")
    try terminal.type("open sesame", until: "editor> ")
    #expect(try PromptTests.leave(terminal) == .exited(0))
    try shell.write(
      profiles: """
        return { p = { url = "\(server.url)", user = "editor", password = "demo", tls_min = "1.3",
          cacert = "\(certificates.authority.certificate)", cert = "\(pair.certificate)", key = "\(pair.key)",
          key_password = { command = {"echo", "open sesame"} } } }
        """)
    shell.options = []
    #expect(try shell.run(["--profile", "p", "-e", Self.code]) == (.exited(0), "editor\n", ""))
  }

  @Test(.needs(TLSProxy.self, TestCertificates.self))
  func aProfileTrustsItsOwnServerOnly() throws {
    let sandbox = try SandboxServer()
    let certificates = try TestCertificates()
    let (home, other) = (
      try TLSProxy(upstream: sandbox.url, .init(certificates.server())),
      try TLSProxy(upstream: sandbox.url, .init(certificates.server()))
    )
    let shell = try Shell()
    try shell.write(profiles: "return { p = { url = '\(home.url)', insecure = true } }")
    let result = try shell.run([
      "--profile", "p", "-e",
      "print(server.status().Successful, select(2, pcall(server.status, {url = '\(other.url)'})).code)",
    ])
    #expect(result.output == "true\tnetwork.tls\n")
    #expect(
      result.error == "mfsh: warning: insecure of the profile: the server's certificate is not verified\n")
  }

  @Test(.needs(AuthenticatingProxy.self))
  func aProxyThatWantsAPassword() throws {
    let sandbox = try SandboxServer()
    let proxy = try AuthenticatingProxy()
    var shell = try Shell(server: sandbox.url)
    shell.options += ["--proxy", proxy.url, "--noproxy", "", "--proxy-user", proxy.user]
    let status = ["-e", "print(server.status().Successful)"]
    let silent = try shell.run(status)
    #expect(silent.status == .exited(78) && silent.error.contains("there is no terminal to ask"))
    shell.environment = ["MFILES_PROXY_PASS": proxy.password]
    #expect(try shell.run(status) == (.exited(0), "true\n", ""))
    #expect(proxy.log.contains(sandbox.url))
    shell.environment["https_proxy"] = "http://127.0.0.1:1"
    #expect(try shell.run(status).status == .exited(78))
    shell.environment = ["MFILES_PROFILE": "p"]
    shell.options = []
    try shell.write(
      profiles: """
        return { p = { url = "\(sandbox.url)", proxy = "\(proxy.url)", no_proxy = "", proxy_user = "\(proxy.user)",
                       proxy_password = "\(proxy.password)" } }
        """)
    #expect(try shell.run(status) == (.exited(0), "true\n", ""))
    #expect(try shell.run(["--proxy", "http://127.0.0.1:1"] + status).status == .exited(69))
  }

  @Test(.needs(NTLMServer.self))
  func windowsAccountsByNTLM() throws {
    let upstream = try Upstream()
    let server = try NTLMServer(
      accounts: [#"CORP\jo"#: "geheim"], upstream: upstream.url, proof: upstream.proof)
    let shell = try Shell(server: server.url)
    let login = ["--sso", "-u", "jo", "--domain", "CORP", "-e", "session.login()"]
    _ = try shell.run(["--password-command", "echo geheim"] + login)
    let signOns = upstream.server.requests.filter { $0.head.contains("WebServiceSSO.aspx") }
    #expect(signOns.count == 1 && signOns[0].fields[ProxyProof.userField.lowercased()] == [#"CORP\jo"#])
    #expect(!signOns[0].head.contains("geheim"))
  }
}
