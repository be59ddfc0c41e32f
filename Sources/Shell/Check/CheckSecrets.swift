import Check
import Glibc
import HTTP
import MFWS

/// The secrets of a run's rows: those of aliases, or the one of the connection settings. All that need not be asked of a
/// program are had before the first login.
///
/// Used on the loop's thread only.
final class CheckSecrets: @unchecked Sendable {
  /// What a row needs.
  struct Need: Hashable, Comparable {
    /// nil: the connection settings have it.
    let alias: String?
    let server: String
    /// Whether it is a bearer token and no password.
    let isBearer: Bool

    init(_ row: RosterRow) {
      alias = row.secret
      server = row.server
      isBearer = row.auth == .bearer
    }

    static func < (one: Need, other: Need) -> Bool {
      (one.server, one.alias ?? "", one.isBearer ? 1 : 0) < (
        other.server, other.alias ?? "", other.isBearer ? 1 : 0
      )
    }
  }

  private enum Definition {
    case secret(Secret)
    case helper(SecretHelper)
  }

  private let aliases: [SecretAlias]
  /// Those of the profile, and the only server that they go to.
  private let profileAliases: [SecretAlias]
  private let profileAddress: String?
  private let variables: TakenVariables
  private let runtime: Runtime
  private let connection: ConnectionSettings
  private var definitions: [String: Definition] = [:]
  private var settings: [Need: Secret] = [:]
  private var recent = RecentSecrets()

  /// - Parameters:
  ///   - aliases: of the command line.
  ///   - variables: what their variables held when the program started.
  ///   - connection: nil: the settings of the run.
  init(
    _ aliases: [SecretAlias], _ variables: TakenVariables, runtime: Runtime,
    connection: ConnectionSettings? = nil
  ) {
    self.aliases = aliases
    self.variables = variables
    self.runtime = runtime
    self.connection = connection ?? runtime.connection
    let profile = self.connection.sources.first { $0.isProfile && !$0.values.aliases.isEmpty }
    profileAliases = profile?.values.aliases ?? []
    profileAddress = profile?.address
  }

  /// The names that a roster may use.
  var names: Set<String> { Set((aliases + profileAliases + sandboxAliases).map(\.name)) }

  /// Everybody knows the sandbox's password: `demo` is the name of it too.
  private var sandboxAliases: [SecretAlias] {
    runtime.settings.usesSandbox ? [SecretAlias(name: "demo", source: .value(Self.sandboxPassword))] : []
  }

  private static let sandboxPassword = Secret("demo")

  /// Gets what the rows need.
  ///
  /// - Throws: `CheckFailure`, `configuration`, that names what cannot be had.
  func prepare(_ needs: Set<Need>) throws(CheckFailure) {
    for need in needs.sorted() {
      do {
        if let alias = need.alias {
          try prepare(alias, for: need)
        } else {
          settings[need] = try password(for: need)
        }
      } catch let failure as CheckFailure {
        throw failure
      } catch let error as MFWSError where error.code == .clientCancelled {
        throw CheckFailure(status: .interrupted, description: "interrupted")
      } catch {
        throw .configuration("\(error)")
      }
    }
  }

  /// The secret of a row.
  func secret(for row: RosterRow) async throws(MFWSError) -> Secret {
    guard let alias = row.secret else {
      if let secret = settings[Need(row)] { return secret }
      throw .secret("there is no password for \(row.server)")
    }
    switch definitions[alias] {
    case .secret(let secret): return secret
    case .helper(let helper): return try await ask(helper, alias, row)
    case nil: throw .secret("nobody has defined the secret '\(alias)'")
    }
  }

  /// The connection settings, and a program, may have another secret for another server.
  func proofReach(_ row: RosterRow) -> ProofReach {
    guard let alias = row.secret, case .secret? = definitions[alias] else { return .server }
    return .everywhere
  }

  /// Ends the programs that were asked.
  func end() {
    for case .helper(let helper) in definitions.values { helper.end() }
  }

  private func ask(
    _ helper: SecretHelper, _ alias: String, _ row: RosterRow
  ) async throws(MFWSError) -> Secret {
    let account = AccountKey(row)
    let key = [alias, row.server, account.auth.rawValue, account.domain ?? "", account.account]
    if let secret = recent[key] { return secret }
    let secret = try await helper.secret(
      for: .init(
        account: row.account, domain: row.domain, auth: row.auth.rawValue, server: row.server,
        vault: row.target == .account ? nil : row.target.spelling, alias: alias))
    if runtime.tracing.isOn { runtime.tracing.redactor.add(secret) }
    recent.keep(secret, for: key)
    return secret
  }

  private func prepare(_ name: String, for need: Need) throws {
    let own = aliases.first { $0.name == name }
    guard let alias = own ?? (profileAliases + sandboxAliases).first(where: { $0.name == name }) else {
      throw CheckFailure.configuration("nobody has defined the secret '\(name)'; add --secret \(name)=…")
    }
    if own == nil { try checkOrigin(of: name, need.server) }
    if definitions[name] == nil { definitions[name] = try definition(of: alias) }
  }

  /// A profile's secrets belong to its server.
  private func checkOrigin(of name: String, _ server: String) throws {
    guard let profileAddress, try BaseURL(profileAddress).origin != BaseURL(server).origin else { return }
    throw CheckFailure.configuration(
      "the secret '\(name)' of the profile belongs to \(profileAddress), and rows would send it to \(server); "
        + "define one for that server with --secret")
  }

  private func definition(of alias: SecretAlias) throws -> Definition {
    let title = "the secret '\(alias.name)'"
    do {
      let secret: Secret
      switch alias.source {
      case .variable(let name): secret = try variables.secret(name)
      case .file(let path): secret = try SecretSource.file(path)
      case .question:
        let name = alias.name
        secret = try runtime.ask(
          "Secret \(name): ", otherwise: "--secret \(name)=env:VARIABLE, file:PATH or command:COMMAND")
      case .value(let given): secret = given
      case .helper(let words):
        return .helper(try SecretHelper(words, named: "the program of \(title)"))
      }
      runtime.tracing.redactor.add(secret)
      return .secret(secret)
    } catch let error as MFWSError where error.code != .clientCancelled {
      throw CheckFailure.configuration("\(title): \(error.message)")
    }
  }

  private func password(for need: Need) throws -> Secret {
    let url = try BaseURL(need.server)
    let key: SettingKey = need.isBearer ? .bearer : .password
    if let secret = connection.secret(key, for: url) {
      return try runtime.reveal(secret, "Password for the accounts at \(url.origin): ")
    }
    if runtime.settings.usesSandbox { return Self.sandboxPassword }
    let ways =
      need.isBearer
      ? "MFILES_BEARER or a profile" : "--password-stdin, --password-command, MFILES_PASS or a profile"
    throw CheckFailure.configuration(
      "rows without a secret need the \(key.rawValue) of the connection settings for \(url.origin), and there is none; "
        + "use \(ways), or name a secret in each row")
  }
}

/// The variables of the environment that hold secrets of aliases, taken out of it before any program is started.
struct TakenVariables: Sendable {
  private var secrets: [String: Secret] = [:]

  init(_ aliases: [SecretAlias]) {
    for case .variable(let name) in aliases.map(\.source) { take(name) }
  }

  /// - Throws: `client.secret`: it is not set.
  func secret(_ name: String) throws(MFWSError) -> Secret {
    if let secret = secrets[name] { return secret }
    return try TakenEnvironment.shared.secret(name)
  }

  private mutating func take(_ name: String) {
    secrets[name] = try? TakenEnvironment.shared.secret(name)
    unsetenv(name)
  }
}
