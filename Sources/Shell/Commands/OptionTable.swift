/// The options, in the order of the help text. Parsing, help, completions and the manual page come from here.
extension OptionSpec {
  static let main = server + login + password + connection + running + general

  static let url = OptionGroup.server.url(
    "--url", .url, refusal: .passwordInURL, "the server; an argument with :// is the same")

  private static let server: [OptionSpec] = [
    url,
    OptionGroup.server.text(
      "--profile", "NAME", \.settings.profile, "use the settings of this name in profiles.lua"),
    OptionGroup.server.setting("--vault", .vault, "the vault to enter: its name or GUID"),
    OptionGroup.server.flag(
      "--sandbox", \.settings.usesSandbox, "use a sandbox inside this process as the server"),
    OptionGroup.server.flag(
      "--read-only", \.settings.readOnly, "refuse every request that could change something"
    ).about(.readOnly),
    OptionGroup.server.flag(
      "--read-write", .readOnly, .flag(false), "let a production profile change things"),
    OptionGroup.server.flag(
      "--no-reconnect", .reconnect, .flag(false), "do not log in again when a session has ended"),
    OptionGroup.server.setting("--verbs", .verbs, "how PUT and DELETE travel (override)"),
    OptionGroup.server.setting("--path-style", .pathStyle, "how paths are written (plain)"),
  ]

  private static let login: [OptionSpec] = [
    OptionGroup.login.setting("--user", letter: "u", .user, "the account"),
    OptionGroup.login.setting("--domain", .domain, "the Windows domain of the account"),
    OptionGroup.login.setting("--via", .via, "how the account logs in (session)"),
    OptionGroup.login.setting("--sso", .sso, "Windows single sign-on"),
    OptionGroup.login.setting("--oauth", .oauth, "sign in with the browser"),
    OptionGroup.login.setting("--auth-config", .authConfig, "the server's OAuth plugin to use"),
  ]

  private static let password: [OptionSpec] = [
    OptionGroup.password.flag(
      "--password-stdin", \.takesPasswordFromStandardInput, "read it from the first line of standard input"
    ).about(.password),
    OptionGroup.password.text(
      "--password-command", "COMMAND", \.passwordCommand, "read it from the first line that COMMAND prints"
    ).about(.password),
  ]

  private static let connection: [OptionSpec] = [
    OptionGroup.connection.setting("--max-time", .maxTime, "limit for a whole request (60)"),
    OptionGroup.connection.setting("--connect-timeout", .connectTimeout, "limit for connecting (10)"),
    OptionGroup.connection.setting("--retry", .retries, "how often to repeat what may be repeated (2)"),
    OptionGroup.connection.setting("--cacert", .cacert, "trust the authorities in FILE"),
    OptionGroup.connection.setting("--capath", .capath, "trust the authorities in FOLDER"),
    OptionGroup.connection.setting("--cert", .cert, "the client's own certificate"),
    OptionGroup.connection.setting("--key", .key, "the private key of --cert"),
    OptionGroup.connection.flag("--tlsv1.2", .tlsMinimum, .text("1.2"), "TLS 1.2 or later (the default)"),
    OptionGroup.connection.flag("--tlsv1.3", .tlsMinimum, .text("1.3"), "TLS 1.3 or later"),
    OptionGroup.connection.flag("--http1.1", .httpVersion, .text("1.1"), "HTTP/1.1 only"),
    OptionGroup.connection.flag("--http2", .httpVersion, .text("2"), "offer HTTP/2"),
    OptionGroup.connection.url(
      "--proxy", .proxy, refusal: .passwordInProxyURL, "reach the server through this proxy"),
    OptionGroup.connection.setting("--proxy-user", .proxyUser, "the user at the proxy"),
    OptionGroup.connection.setting("--noproxy", .noProxy, "hosts to reach without the proxy"),
    OptionGroup.connection.setting(
      "--resolve", .resolve, "use this address; may be repeated"),
    OptionGroup.connection.setting(
      "--insecure", letter: "k", .insecure, "do not verify the server's certificate"),
    OptionGroup.connection.setting("--allow-plaintext", .allowPlaintext, "send passwords over http:// too"),
  ]

  private static let running: [OptionSpec] = [
    OptionGroup.running.list("-e", letter: "e", "CODE", \.code, "run CODE; may be repeated"),
    OptionGroup.running.flag("-i", letter: "i", \.settings.staysAtPrompt, "stay at the prompt afterwards"),
    OptionGroup.running.flag("--no-init", \.settings.skipsInit, "leave init.lua out"),
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

  static let help: [OptionSpec] =
    [OptionGroup.output.flag("--man", \.wantsManualPage, "print the manual page, for man -l -")] + general

  static let sandbox: [OptionSpec] =
    [
      OptionGroup.sandbox.word("--host", "ADDRESS", \.sandboxOptions.host, "listen here (127.0.0.1)"),
      OptionGroup.sandbox.number(
        "--port", in: 0...65535, example: "8080", \.sandboxOptions.port,
        "listen here (8080); 0 is any free port"),
      OptionGroup.sandbox.text(
        "--seed", "FILE", \.sandboxOptions.seedFile, "accounts and vaults of one's own"),
      OptionGroup.sandbox.number(
        "--accounts", in: 0...1_000_000, example: "100000", \.sandboxOptions.accounts,
        "add user00001 and so on, password demo (0)"),
      OptionGroup.sandbox.number(
        "--nodes", in: 1...16, example: "2", \.sandboxOptions.nodes, "servers that do not share sessions (1)"),
      OptionGroup.sandbox.number(
        "--licenses", in: 0...100_000, example: "5", \.sandboxOptions.licenses,
        "concurrent licences in the pool (any number)"),
      OptionGroup.sandbox.number(
        "--rate", in: 1...1_000_000, example: "100", \.sandboxOptions.rate,
        "requests a second; more get 429 (any number)"),
      OptionGroup.sandbox.number(
        "--latency", value: "MS", in: 0...60_000, example: "20", \.sandboxOptions.latency,
        "milliseconds that every answer takes longer (0)"),
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
