import MFWS

/// The two locks of a run: one that somebody locked, by `--read-only` or `\lock`, and the one of a production profile,
/// from which a call may opt out.
struct RunLocks: Sendable {
  private let asked = ChangeLock()
  private let production = ChangeLock()
  /// The production profile in use, whose name unlocks; nil: none is.
  let productionProfile: String?
  private let isReadOnly: Bool

  /// - Parameters:
  ///   - isReadOnly: `--read-only` was given.
  ///   - productionProfile: the active profile, when it is a production one.
  ///   - isOptedOut: options or profile say `read_only=false`.
  init(isReadOnly: Bool, productionProfile: String?, isOptedOut: Bool) {
    self.isReadOnly = isReadOnly
    self.productionProfile = productionProfile
    if isReadOnly { asked.lock(because: Self.reasonOfOption) }
    if !isOptedOut { lockProduction() }
  }

  /// The locks of a client.
  ///
  /// - Parameter isOptedOut: call, options or profile say `read_only=false`.
  func locks(isOptedOut: Bool) -> [ChangeLock] { isOptedOut ? [asked] : [production, asked] }

  /// Why it is locked; nil: it is not.
  var reason: String? { production.reason ?? asked.reason }
  private var isLocked: Bool { reason != nil }

  func lock() {
    if !asked.isLocked { asked.lock(because: Self.reasonOfCommand(productionProfile)) }
    lockProduction()
  }

  private func lockProduction() {
    if let productionProfile { production.lock(because: Self.reason(ofProduction: productionProfile)) }
  }

  /// - Parameters:
  ///   - name: the profile's name as it was typed; nil: none was.
  ///   - isPerson: somebody typed the command at the prompt. Code does not lift what `--read-only` forbids it.
  /// - Throws: `client.usage` without the name of the production profile, `client.locked` for code under `--read-only`.
  func unlock(_ name: String?, isPerson: Bool) throws(MFWSError) {
    guard isPerson || !isReadOnly || !isLocked else {
      throw MFWSError(
        .clientLocked, "--read-only was given, and code cannot lift it: type \\unlock at the prompt")
    }
    let needsName = isLocked && productionProfile != nil
    if needsName || name != nil, name != productionProfile {
      throw .usage(Self.wrongName(name, productionProfile, isPerson: isPerson))
    }
    asked.unlock()
    production.unlock()
  }

  // MARK: words

  private static let only = "only GET requests, logins, session.use and logouts are sent"
  private static let reasonOfOption =
    "--read-only was given: \(only); leave it out, or type \\unlock at the prompt"

  private static func reasonOfCommand(_ profile: String?) -> String {
    let name = profile.map { LuaLiteral.string(Array($0.utf8)) } ?? ""
    let argument = profile.map { " \($0)" } ?? ""
    return "locked: \(only); \\unlock\(argument) or mfsh.unlock(\(name)) lets changes through"
  }

  private static func reason(ofProduction profile: String) -> String {
    "\(profile) is a production profile: \(only); \\unlock \(profile), "
      + "mfsh.unlock(\(LuaLiteral.string(Array(profile.utf8)))) or --read-write lets changes through"
  }

  private static func wrongName(_ name: String?, _ profile: String?, isPerson: Bool) -> String {
    let command = isPerson ? "\\unlock" : "mfsh.unlock"
    guard let profile else {
      return "no production profile is in use: \(command)\(isPerson ? "" : "()") needs no name"
    }
    let call = isPerson ? "\\unlock \(profile)" : "mfsh.unlock(\(LuaLiteral.string(Array(profile.utf8))))"
    let wrong = name.map { "it is not called \"\($0)\"" } ?? "its name is the confirmation"
    return "\(profile) is a production profile, and \(wrong): \(call)"
  }
}

extension Runtime {
  /// Whether the session of the prompt, or without one the run, sends only what reads.
  var isLocked: Bool { reasonOfLock != nil }

  var reasonOfLock: String? {
    guard let session = defaultSession?.session else { return locks.reason }
    return session.reasonOfLock
  }
}
