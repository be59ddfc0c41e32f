import Check
import Glibc
import HTTP
import MFWS

/// Reads the rosters of a run.
struct RosterFiles {
  private let arguments: CheckArguments
  private let inputs: [String]
  private let runtime: Runtime
  private let settings: RosterSettings

  /// - Parameter aliases: the secrets that rows may name.
  /// - Throws: `CheckFailure`: the server of the connection settings cannot be used.
  init(
    _ arguments: CheckArguments, _ inputs: [String], _ aliases: Set<String>, _ runtime: Runtime
  ) throws(CheckFailure) {
    self.arguments = arguments
    self.inputs = inputs
    self.runtime = runtime
    settings = try RosterSettings(
      arguments, aliases, runtime.connection, isSandbox: runtime.settings.usesSandbox)
  }

  /// - Throws: `CheckFailure`; mistakes in the rosters have been told by then, a line for each.
  func roster(in place: RunPlace) throws(CheckFailure) -> Roster {
    do {
      var builder = try RosterBuilder(settings, folder: place.folder.path)
      for path in inputs { try add(path, to: &builder) }
      return try builder.finish(RosterSelection(arguments, place))
    } catch let mistakes as RosterMistakes {
      OutputStream.error(mistakes.description)
      let count = mistakes.count == 1 ? "1 mistake" : "\(mistakes.count) mistakes"
      throw .roster("\(count) in the roster; nobody was logged in")
    } catch let error as RosterError {
      throw error.code == .input ? .roster(error.description) : .failed(error.description)
    } catch {
      throw (error as? CheckFailure) ?? .roster("\(error)")
    }
  }

  private func add(_ path: String, to builder: inout RosterBuilder) throws {
    let format = path == "-" ? arguments.format : CheckTask.format(of: path)
    guard format == .lua else {
      return try builder.add(path: path, format: format.flatMap { RosterFormat(rawValue: $0.rawValue) })
    }
    let code =
      try path == "-"
      ? FileContent.readAll(STDIN_FILENO, named: "standard input") : FileContent.read(path)
    var rows = try LuaRoster(code, named: path, runtime)
    try builder.add(&rows, file: path, countsRows: true)
  }
}

extension RosterSettings {
  /// What options and connection settings say about rows.
  ///
  /// - Throws: `CheckFailure`: the server of the connection settings cannot be used.
  init(
    _ arguments: CheckArguments, _ aliases: Set<String>, _ connection: ConnectionSettings, isSandbox: Bool
  ) throws(CheckFailure) {
    do throws(MFWSError) {
      self.init(
        server: try connection[text: .url].map { address throws(MFWSError) in try BaseURL(address).description
        })
      allowedServers = Set(
        try arguments.allowedServers.map { address throws(MFWSError) in try BaseURL(address).description })
    } catch {
      throw .configuration(error.message)
    }
    if isSandbox { allowedServers.insert(Self.stoppedServer) }
    self.aliases = aliases
    if connection[flag: .windows] == true { auth = .windows }
    domain = connection[text: .domain]
  }

  /// Beside the sandbox rows may name a server that is down, to see what comes of it.
  private static let stoppedServer = "http://127.0.0.1:9"
}

extension RosterSelection {
  /// The rows that the options choose.
  init(_ arguments: CheckArguments, _ place: RunPlace) {
    self.init()
    shard = arguments.shard
    tags = arguments.tags
    guard let choice = arguments.only, let run = place.from else { return }
    only = { row in try run.contains(id: row.id, choice == .failed ? .failed : .inconclusive) }
  }
}
