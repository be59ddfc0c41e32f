import Check
import MFWS

extension ProbeSettings {
  /// What the options and the connection settings say about these servers.
  ///
  /// - Throws: `CheckFailure`: a file or a secret that cannot be had, or a server that passwords must not be sent to.
  init(
    _ arguments: CheckArguments, _ servers: [String], _ runtime: Runtime, _ connection: ConnectionSettings
  ) throws(CheckFailure) {
    self.init()
    via = Login.Way(arguments.via)
    provesLogout = arguments.provesLogout
    observers = runtime.tracing.observers
    if let computer = connection[text: .computer] { self.computer = computer }
    var settings: [String: ServerSettings] = [:]
    for server in servers { settings[server] = try Self.settings(of: server, runtime, connection) }
    ofServer = { [settings] server in settings[server] ?? ServerSettings(client: ClientConfiguration()) }
  }

  private static func settings(
    of server: String, _ runtime: Runtime, _ connection: ConnectionSettings
  ) throws(CheckFailure) -> ServerSettings {
    do {
      let url = try BaseURL(server)
      let configuration = try runtime.clientConfiguration(connection, for: url)
      try Session.checkTransport(url, configuration)
      let key = try connection.secret(.presharedKey, for: url).map {
        try runtime.reveal($0, "Pre-shared key of \(url.origin): ")
      }
      return ServerSettings(
        client: configuration, bearerPlugin: connection.text(.authConfig, for: url), presharedKey: key)
    } catch let error as MFWSError {
      throw .configuration("\(server): \(error.message)")
    } catch {
      throw .configuration("\(server): \(error)")
    }
  }
}
