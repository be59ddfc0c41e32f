import MFWS

/// What the program needs to know of its command line.
package struct Invocation: Sendable, Equatable {
  package let action: Action
  package let settings: Settings
  /// Lua's `arg[1]` and onwards.
  package let arguments: [String]

  package enum Action: Sendable, Equatable {
    case prompt
    case script(path: String)
    /// A script from standard input.
    case standardInput
    case code([String])
    case sandbox(SandboxOptions)
    case oneShot(OneShot)
    case check(CheckTask)
    case help(topic: String?)
    case manualPage
    case completion(CompletionShell)
    /// The names of the profiles, for the completion of shells.
    case profileNames
    case version
  }

  /// Judges what was typed. `fileExists` tells a script from a mistyped command.
  package init(
    _ parsed: ParsedCommandLine, fileExists: (String) -> Bool
  ) throws(UsageError) {
    var parsed = parsed
    if let answer = try Self.answer(to: parsed) {
      self.init(action: answer, settings: parsed.settings, arguments: [])
    } else if parsed.command == CommandSpec.sandbox.name {
      let action = try Self.sandbox(parsed.sandboxOptions)
      self.init(action: action, settings: parsed.settings, arguments: [])
    } else if parsed.command == CommandSpec.check.name {
      let task = try CheckTask(parsed)
      try parsed.checkServer()
      try parsed.settlePassword(for: .check(task))
      self.init(action: .check(task), settings: parsed.settings, arguments: [])
    } else if let command = CommandSpec.oneShots.first(where: { $0.name == parsed.command }) {
      let shot = try OneShot(parsed, command)
      try parsed.checkServer(beside: shot.url)
      try parsed.settlePassword(for: .oneShot(shot))
      self.init(action: .oneShot(shot), settings: parsed.settings, arguments: [])
    } else {
      try parsed.checkServer()
      let (action, arguments) = try Self.lua(parsed, fileExists: fileExists)
      try parsed.settlePassword(for: action)
      self.init(action: action, settings: parsed.settings, arguments: arguments)
    }
  }

  /// The secrets that the command line names.
  var secretAliases: [SecretAlias] {
    if case .check(let task) = action { task.arguments.secrets } else { [] }
  }

  private init(action: Action, settings: Settings, arguments: [String]) {
    self.action = action
    self.settings = settings
    self.arguments = arguments
  }
}

extension Invocation {
  private static func answer(to parsed: ParsedCommandLine) throws(UsageError) -> Action? {
    if parsed.wantsVersion { return .version }
    if parsed.wantsManualPage { return .manualPage }
    if parsed.command == CommandSpec.help.name { return .help(topic: parsed.words.first) }
    if parsed.wantsHelp { return .help(topic: parsed.command) }
    return parsed.command == CommandSpec.completion.name ? try completion(parsed.words.first) : nil
  }

  private static func completion(_ word: String?) throws(UsageError) -> Action {
    if let word, let shell = CompletionShell(rawValue: word) { return .completion(shell) }
    if word == "profiles" { return .profileNames }
    throw .unknownShell(word)
  }

  private static func sandbox(_ options: SandboxOptions) throws(UsageError) -> Action {
    guard options.isLoopback || options.seedFile != nil else { throw .openSandbox }
    return .sandbox(options)
  }

  private static func lua(
    _ parsed: ParsedCommandLine, fileExists: (String) -> Bool
  ) throws(UsageError) -> (Action, [String]) {
    if !parsed.code.isEmpty { return (.code(parsed.code), parsed.words) }
    guard let script = parsed.words.first else { return (.prompt, []) }
    let arguments = Array(parsed.words.dropFirst())
    if script == "-" { return (.standardInput, arguments) }
    if !parsed.namesFile, !fileExists(script) { try checkWord(script) }
    return (.script(path: script), arguments)
  }

  /// Tells what a word that names no file was meant to be.
  private static func checkWord(_ word: String) throws(UsageError) {
    if !word.contains("/"), let near = nearest(to: word, in: CommandSpec.all.map(\.name)) {
      throw .unknownCommand(word, near: near)
    }
    if let familiar = FamiliarWord.typed(word) { throw .familiarWord(word, remedy: familiar.command) }
    if isCode(word) { throw .codeAsFile }
    guard isHost(word) else { return }
    // A name that might hold a password is not quoted.
    if AddressCheck.holdsPassword("https://" + word) { throw .passwordInURL }
    throw word.contains { ".:/".contains($0) } ? .hostWithoutScheme(word) : .unknownWord(word)
  }

  private static func isCode(_ word: String) -> Bool {
    word.contains { "({=".contains($0) } && word.contains { ")}\"'".contains($0) }
  }

  /// Whether it may be a server's name, and is no script's.
  private static func isHost(_ word: String) -> Bool {
    guard let host = word.split(separator: "/", omittingEmptySubsequences: false).first else { return false }
    let isNamed = host.contains { ".:".contains($0) } || !word.contains("/")
    let isSpelled = host.first.map { $0.isLetter || $0.isNumber || $0 == "[" } == true
    return isNamed && isSpelled && !word.contains(where: \.isWhitespace) && !word.hasSuffix(".lua")
      && AddressCheck.isServer("https://" + word)
  }
}

extension ParsedCommandLine {
  /// There is one server at most, and its address can be used.
  fileprivate func checkServer() throws(UsageError) {
    try checkLock()
    guard let url = settings.url else { return }
    guard AddressCheck.isServerOrHost(url) else { throw .badURL }
    if settings.usesSandbox { throw .sandboxAndServer }
  }

  /// There is one server at most.
  fileprivate func checkServer(beside address: String?) throws(UsageError) {
    try checkLock()
    guard address == nil || settings.url == nil else { throw .twoServers }
    guard settings.url.map(AddressCheck.isServerOrHost) ?? true else { throw .badURL }
    if settings.usesSandbox, address != nil || settings.url != nil { throw .sandboxAndServer }
  }

  private func checkLock() throws(UsageError) {
    if settings.readOnly, settings.connection[flag: .readOnly] == false { throw .readOnlyAndReadWrite }
  }

  fileprivate mutating func settlePassword(for action: Invocation.Action) throws(UsageError) {
    if let passwordCommand { settings.password = .command(passwordCommand) }
    guard takesPasswordFromStandardInput else { return }
    guard passwordCommand == nil else { throw .twoPasswords }
    if action == .standardInput { throw .standardInputTwice }
    if action == .prompt || settings.staysAtPrompt { throw .noInputForPrompt }
    settings.password = .standardInput
  }
}
