import Glibc
import HTTP
import LuaKit
import MFWS
import Sandbox

extension SandboxConfiguration {
  /// - Throws: `SandboxError`, or `UsageError` when a file cannot be read, or `MFWSError` for one with a secret.
  init(_ options: SandboxOptions) throws {
    self.init()
    host = options.host
    port = UInt16(clamping: options.port)
    nodes = options.nodes
    licenses = options.licenses
    accounts = options.accounts
    latency = Double(options.latency) / 1000
    rate = options.rate
    mode = options.mode
    verbs = options.verbs
    path = options.path ?? ""
    takesOnlyAshx = options.takesOnlyAshx
    sendsIISHeaders = options.sendsIISHeaders
    clockSkew = Double(options.clockSkew)
    faults = options.faults
    if let path = options.seedFile { seed = try SandboxSeed(json: try FileContent.read(path)) }
    if let path = options.trustedProxyFile { trustedProxy = try SecretSource.file(path) }
    tls = try TLS(options)
  }
}

extension SandboxConfiguration.TLS {
  fileprivate init?(_ options: SandboxOptions) throws(UsageError) {
    guard options.usesTLS else {
      let given =
        options.authorityFile.map { _ in "--tls-ca" }
        ?? options.clientAuthorityFile.map { _ in "--client-ca" }
      if let given { throw UsageError("\(given) means nothing without --tls; add it") }
      return nil
    }
    self.init()
    if let path = options.clientAuthorityFile {
      clientAuthorities = String(decoding: try FileContent.read(path), as: UTF8.self)
    }
  }
}

/// `mfsh sandbox`: serves until a signal comes. The first line on standard output is the address.
enum SandboxCommand {
  static func run(_ options: SandboxOptions) -> Int32 {
    if options.printsEvidence {
      StandardOutput.write(evidence + "\n")
      return StandardOutput.flush() ? 0 : ExitStatus.closedPipe.rawValue
    }
    do {
      return try serve(options)
    } catch {
      OutputStream.error((error as? UsageError)?.description ?? "mfsh: \(error)")
      return status(of: error).rawValue
    }
  }

  private static func serve(_ options: SandboxOptions) throws -> Int32 {
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, number) }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    signal(SIGPIPE, SIG_IGN)
    let server = try SandboxServer(try SandboxConfiguration(options))
    if let path = options.authorityFile { try write(server.authorityCertificate ?? "", to: path) }
    StandardOutput.write("\(server.url)\n")
    if !StandardOutput.flush() {
      OutputStream.error("mfsh: standard output is closed: the sandbox serves at \(server.url)")
    }
    var number: Int32 = 0
    while sigwait(&signals, &number) != 0 {}
    server.stop()
    return number == SIGINT || number == SIGTERM ? 0 : 128 + number
  }

  private static var evidence: String {
    let rows = SandboxAnswer.all.map { answer in
      [
        "\(answer.verb) \(answer.resource)", answer.situation, "\(answer.status)", answer.shape.rawValue,
        answer.evidence.rawValue,
      ]
    }
    return TextTable(headers: ["REQUEST", "SITUATION", "STATUS", "BODY", "EVIDENCE"], rows: rows).render(
      width: 200)
  }

  /// A certificate is no secret: everybody may read it.
  private static func write(_ text: String, to path: String) throws(UsageError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o644)
    defer { if descriptor >= 0 { close(descriptor) } }
    let fault = descriptor < 0 ? errno : WholeTransfer.write(Array(text.utf8), to: descriptor)
    if let fault { throw UsageError("cannot write \(path): \(describe(fault)); check the path") }
  }

  private static func status(of error: any Error) -> ExitStatus {
    switch error {
    case let error as MFWSError: ExitStatus(uncaught: error.code.rawValue)
    case is SandboxError: .configuration
    default: .usage
    }
  }
}
