import Glibc
package import HTTP
import LuaKit
import MFWS
import Sandbox

/// What a run of mfsh is made of: the loop, the Lua state, the sessions. One for each process.
///
/// Confined to the main thread; the loop's jobs run there too, which is why its async work may use it.
package final class Runtime: @unchecked Sendable {
  let loop = EventLoop()
  let sessions = OpenSessions()
  let settings: Settings
  let connection: ConnectionSettings
  let arguments: [String]
  let state: LuaState
  let scheduler: Scheduler
  let http: HTTPClient
  let tracing: Tracing
  /// The session of the global `session`.
  var defaultSession: SessionObject? {
    get { current.object }
    set { current.object = newValue }
  }
  let current = CurrentSession()
  /// Ctrl-C was typed at a question, where it is a key and no signal.
  var interruptedAtQuestion = false
  private let sandbox: SandboxServer?

  /// - Parameters:
  ///   - settings: the options.
  ///   - password: the password that the options brought.
  ///   - arguments: `mfsh.args`.
  package init(settings: Settings, password: Secret?, arguments: [String]) throws {
    self.settings = settings
    self.arguments = arguments
    sandbox = settings.usesSandbox ? try SandboxServer() : nil
    connection = ConnectionSettings(settings, password: password, sandboxURL: sandbox?.url)
    let loop = loop
    tracing = try Tracing(settings)
    http = HTTPClient(
      configuration: settings.http, loop: loop, observers: tracing.observers)
    state = try LuaState(executor: loop, memoryLimit: Self.memoryLimit) { SecretObject(Secret(bytes: $0)) }
    scheduler = Scheduler(state: state) { loop.step() }
    try registerModules()
  }

  /// Bytes that Lua may hold.
  static let memoryLimit = 2 << 30

  var clientConfiguration: ClientConfiguration {
    var configuration = ClientConfiguration()
    configuration.http = settings.http
    configuration.allowsPlaintext = settings.allowsPlaintext
    configuration.isReadOnly = settings.readOnly
    return configuration
  }

  private func registerModules() throws {
    try SecretModule.register(in: self)
    try SessionModule.register(in: self)
    try ServerModule.register(in: self)
    try DiagnosisModule.register(in: self)
    try SandboxModule.register(in: self)
    try ProgramModule.register(in: self)
    try HelpModule.register(in: self)
    try Prelude.register(in: self)
  }

  /// Logs out every session that is still open, waiting no longer than a few seconds.
  ///
  /// - Returns: whether all of them answered.
  @discardableResult
  func logOutAll() -> Bool {
    sessions.closeAll()
    let deadline = Clock.now + Self.closingSeconds
    while sessions.pending > 0, Clock.now < deadline {
      loop.step(limit: 0.1)
      // A login that was under way may have ended.
      sessions.closeAll()
    }
    return sessions.pending == 0
  }

  /// How long the end of the program waits for logouts.
  static let closingSeconds = 5.0

  /// Ends the program from inside a script: `os.exit`.
  func exit(status: Int32) -> Never {
    Watchdog.shared.luaHasReturned()
    logOutAll()
    let isWritten = OutputStream.flush()
    Glibc.exit(isWritten || status != 0 ? status : ExitStatus.scriptFailed.rawValue)
  }
}

/// Holds the session of the global `session`; bindings capture it alone, which costs them no check of the runtime.
///
/// Used on the main thread only, where the loop's jobs run too.
final class CurrentSession: @unchecked Sendable {
  var object: SessionObject?

  /// - Throws: `session.none` when nobody is logged in.
  func get() throws(MFWSError) -> SessionObject {
    if let object { return object }
    throw MFWSError(.sessionNone, "nobody is logged in: log in first with session.login{user=\"name\"}")
  }
}

extension Settings {
  /// The options that requests are made with.
  var http: HTTPConfiguration {
    var http = HTTPConfiguration()
    http.requestTimeout = maxTime ?? http.requestTimeout
    http.connectTimeout = connectTimeout ?? http.connectTimeout
    http.certificateAuthorityFile = caFile
    http.clientCertificateFile = certificateFile
    http.clientKeyFile = keyFile
    http.skipsCertificateVerification = insecure
    http.proxy = proxy
    http.userAgent = "mfsh/\(Version.number)"
    return http
  }
}
