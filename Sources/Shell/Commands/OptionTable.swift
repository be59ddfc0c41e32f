/// The options, in the order of the help text. Parsing, help, completions and the manual page come from here.
extension OptionSpec {
  static let main = server + password + connection + running + general

  private static let server: [OptionSpec] = [
    OptionGroup.server.url(
      "--url", \.settings.url, refusal: .passwordInURL, "the server; an argument with :// is the same"),
    OptionGroup.server.text("--user", letter: "u", "NAME", \.settings.user, "the account"),
    OptionGroup.server.text("--domain", "NAME", \.settings.domain, "the Windows domain of the account"),
    OptionGroup.server.text("--vault", "VAULT", \.settings.vault, "the vault to enter: its name or GUID"),
    OptionGroup.server.flag(
      "--sandbox", \.settings.usesSandbox, "use a sandbox inside this process as the server"),
    OptionGroup.server.flag(
      "--read-only", \.settings.readOnly, "refuse every request that could change something"),
  ]

  private static let password: [OptionSpec] = [
    OptionGroup.password.flag(
      "--password-stdin", \.takesPasswordFromStandardInput, "read it from the first line of standard input"),
    OptionGroup.password.text(
      "--password-command", "COMMAND", \.passwordCommand, "read it from the first line that COMMAND prints"),
  ]

  private static let connection: [OptionSpec] = [
    OptionGroup.connection.seconds("--max-time", \.settings.maxTime, "limit for a whole request (60)"),
    OptionGroup.connection.seconds(
      "--connect-timeout", \.settings.connectTimeout, "limit for connecting (10)"),
    OptionGroup.connection.text("--cacert", "FILE", \.settings.caFile, "trust the authorities in FILE"),
    OptionGroup.connection.text("--cert", "FILE", \.settings.certificateFile, "the client's own certificate"),
    OptionGroup.connection.text("--key", "FILE", \.settings.keyFile, "the private key of --cert"),
    OptionGroup.connection.url(
      "--proxy", \.settings.proxy, refusal: .passwordInProxyURL, "reach the server through this proxy"),
    OptionGroup.connection.flag("--insecure", \.settings.insecure, "do not verify the server's certificate"),
    OptionGroup.connection.flag(
      "--allow-plaintext", \.settings.allowsPlaintext, "send passwords over http:// too"),
  ]

  private static let running: [OptionSpec] = [
    OptionGroup.running.list("-e", letter: "e", "CODE", \.code, "run CODE; may be repeated"),
    OptionGroup.running.flag("-i", letter: "i", \.settings.staysAtPrompt, "stay at the prompt afterwards"),
    OptionGroup.running.text(
      "--har", "FILE", \.settings.harFile, "record requests and answers in FILE, masked"),
  ]

  /// Understood by every command.
  static let general: [OptionSpec] = [
    OptionGroup.general.flag("--verbose", letter: "v", \.settings.verbose, "tell what is sent and received"),
    OptionGroup.general.choice("--color", \.settings.color, "when to colour the output (auto)"),
    OptionGroup.general.flag("--help", letter: "h", \.wantsHelp, "print this"),
    OptionGroup.general.flag("--version", \.wantsVersion, "print the version"),
  ]

  static let sandbox: [OptionSpec] =
    [
      OptionGroup.sandbox.word("--host", "ADDRESS", \.sandboxOptions.host, "listen here (127.0.0.1)"),
      OptionGroup.sandbox.number(
        "--port", in: 0...65535, example: "8080", \.sandboxOptions.port,
        "listen here (8080); 0 is any free port"),
      OptionGroup.sandbox.text(
        "--seed", "FILE", \.sandboxOptions.seedFile, "accounts and vaults of one's own"),
      OptionGroup.sandbox.number(
        "--nodes", in: 1...16, example: "2", \.sandboxOptions.nodes, "servers that do not share sessions (1)"),
      OptionGroup.sandbox.number(
        "--licenses", in: 0...100_000, example: "5", \.sandboxOptions.licenses,
        "concurrent licences in the pool (any number)"),
    ] + misbehaviour + sandboxTLS
    + [
      OptionGroup.sandbox.flag(
        "--evidence", \.sandboxOptions.printsEvidence, "print what each answer is based on, and end")
    ] + general

  private static let misbehaviour: [OptionSpec] = [
    OptionGroup.sandbox.choice(
      "--mode", value: "MODE", \.sandboxOptions.mode, "normal, login-page, iis-only or stopped (normal)"),
    OptionGroup.sandbox.choice(
      "--verbs", value: "VERBS", \.sandboxOptions.verbs, "any, post-only, post-only-501 or plain-only (any)"),
    OptionGroup.sandbox.text("--path", "PATH", \.sandboxOptions.path, "live in this folder, as /m-files"),
    OptionGroup.sandbox.flag(
      "--only-ashx", \.sandboxOptions.takesOnlyAshx, "answer MFWS.ashx?restPath=… only"),
    OptionGroup.sandbox.flag("--iis-headers", \.sandboxOptions.sendsIISHeaders, "send IIS's header fields"),
    OptionGroup.sandbox.number(
      "--clock-skew", in: -315_360_000...315_360_000, example: "7200", \.sandboxOptions.clockSkew,
      "seconds that the Date field is ahead (0)"),
    OptionGroup.sandbox.faults(
      "--fault", \.sandboxOptions.faults, "go wrong, as status=503,path=/session,count=2"),
  ]

  private static let sandboxTLS: [OptionSpec] = [
    OptionGroup.sandbox.flag("--tls", \.sandboxOptions.usesTLS, "speak TLS, with a CA made at the start"),
    OptionGroup.sandbox.text(
      "--tls-ca", "FILE", \.sandboxOptions.authorityFile, "write the CA's certificate, for --cacert"),
    OptionGroup.sandbox.text(
      "--client-ca", "FILE", \.sandboxOptions.clientAuthorityFile, "ask clients for certificates of these"),
    OptionGroup.sandbox.text(
      "--trusted-proxy", "FILE", \.sandboxOptions.trustedProxyFile,
      "believe X-Remote-User beside this X-Proxy-Secret"),
  ]
}
