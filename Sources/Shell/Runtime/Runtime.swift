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
  let tracing: Tracing
  /// What the terminal shows while a statement of the prompt waits.
  let waiting: WaitingDisplay
  let locks: RunLocks
  let problem = LastProblem()
  let statements = StatementLog()
  let edits = EditRequests()
  /// The session of the global `session`.
  var defaultSession: SessionObject? {
    get { current.object }
    set { current.object = newValue }
  }
  let current = CurrentSession()
  /// What `local` has declared at the prompt.
  let locals = PromptLocals()
  let seenVaults = SeenVaults()
  private(set) lazy var closing = Closing(sessions, loop)
  let scriptChecks = ScriptChecks()
  /// Ctrl-C was typed at a question, where it is a key and no signal.
  var interruptedAtQuestion = false
  /// What is to be told at the prompt of things that happen in the background.
  var notices: [String] = []
  /// Called before somebody is asked on the terminal.
  var onQuestion: () -> Void = {}
  /// The name of the active profile.
  let profileName: String?
  private let sandbox: SandboxServer?
  /// For each server: its settings may differ, and what was asked for them is kept.
  private var clients: [String: HTTPClient] = [:]

  /// - Parameters:
  ///   - settings: the options.
  ///   - password: the password that the options brought.
  ///   - arguments: `mfsh.args`.
  package init(settings: Settings, password: Secret?, arguments: [String]) throws {
    self.settings = settings
    self.arguments = arguments
    sandbox = settings.usesSandbox ? try SandboxServer() : nil
    (connection, profileName) = try Self.connection(settings, password, sandboxURL: sandbox?.url)
    locks = RunLocks(
      isReadOnly: settings.readOnly,
      productionProfile: connection[flag: .production] == true ? profileName : nil,
      isOptedOut: connection[flag: .readOnly] == false)
    let loop = loop
    tracing = try Tracing(settings)
    state = try LuaState(executor: loop, memoryLimit: Self.memoryLimit) { SecretObject(Secret(bytes: $0)) }
    let waiting = WaitingDisplay(loop)
    self.waiting = waiting
    scheduler = Scheduler(state: state) { waiting.step() }
    scheduler.beforeLua = { waiting.leave() }
    try registerModules()
  }

  /// Bytes that Lua may hold.
  static let memoryLimit = 2 << 30

  /// The sources of connection settings. With a sandbox in the process nothing of profile and environment is used.
  private static func connection(
    _ settings: Settings, _ password: Secret?, sandboxURL: String?
  ) throws -> (ConnectionSettings, profileName: String?) {
    var options = settings.connection
    if let password { options[.password] = .secret(LazySecret(password)) }
    let variables = TakenEnvironment.shared
    let name = settings.profile ?? (sandboxURL == nil ? variables["MFILES_PROFILE"] : nil)
    let profile = try name.map { try ProfileFile.standard().profile(named: $0) }
    guard let sandboxURL else {
      return (ConnectionSettings(options: options, profile: profile, environment: variables), name)
    }
    options[text: .url] = sandboxURL
    return (ConnectionSettings(options: options, environment: TakenEnvironment([:])), name)
  }

  /// How the client behaves towards a server. May ask for a passphrase or the proxy's password.
  ///
  /// - Parameter settings: those of the run, or of a call.
  func clientConfiguration(_ settings: ConnectionSettings, for url: BaseURL) throws -> ClientConfiguration {
    var configuration = ClientConfiguration()
    configuration.http = try http(for: url).configuration
    configuration.allowsPlaintext = settings.flag(.allowPlaintext, for: url) ?? false
    configuration.locks = locks.locks(isOptedOut: settings.flag(.readOnly, for: url) == false)
    configuration.retries = settings.number(.retries, for: url).map { Int($0) } ?? configuration.retries
    configuration.style.verbs =
      settings.text(.verbs, for: url).flatMap(ResourceStyle.Verbs.init) ?? configuration.style.verbs
    configuration.style.paths = settings.text(.pathStyle, for: url).flatMap(ResourceStyle.Paths.init)
    return configuration
  }

  /// What makes the requests to a server. May ask for a passphrase or the proxy's password.
  func http(for url: BaseURL) throws -> HTTPClient {
    if let client = clients[url.origin] { return client }
    let network = NetworkSettings(settings: connection, url: url) { [unowned self] in try reveal($0, $1) }
    let client = HTTPClient(
      configuration: try network.configuration(), loop: loop, observers: tracing.observers)
    clients[url.origin] = client
    return client
  }

  /// How the requests to a URL are made; nil: none was made to its server.
  func networkConfiguration(of url: String) -> HTTPConfiguration? {
    (try? BaseURL(url)).flatMap { clients[$0.origin]?.configuration }
  }

  /// The secret itself, from wherever it is; traces mask it from now on.
  func reveal(_ secret: LazySecret, _ question: String) throws -> Secret {
    let secret = try secret.get { try ask(question) }
    tracing.redactor.add(secret)
    return secret
  }

  private func registerModules() throws {
    try SecretModule.register(in: self)
    try SessionModule.register(in: self)
    try ServerModule.register(in: self)
    try DiagnosisModule.register(in: self)
    try SandboxModule.register(in: self)
    try ProgramModule.register(in: self)
    try TasksModule.register(in: self)
    try CheckModule.register(in: self)
    try LockModule.register(in: self)
    try registerWhy()
    try registerSave()
    try edits.register(in: state)
    try HelpModule.register(in: self)
    try Prelude.register(in: self)
  }

  /// Ends the program from inside a script: `os.exit`.
  func exit(status: Int32) -> Never {
    Watchdog.shared.luaHasReturned()
    closing.logOut()
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
