extension Server {
  /// How one could log in here: each a sentence for whoever gave no way that can work.
  ///
  /// - Parameter vault: whose ways are asked for; nil: the server's.
  /// - Throws: as `authenticationProtocols`.
  public func waysIn(vault: GUID? = nil) async throws(MFWSError) -> [WayIn] {
    try await authenticationProtocols(vault: vault).map(WayIn.init)
  }
}

/// A way to log in that a server offers, and what to give for it.
public struct WayIn: Sendable, Hashable, CustomStringConvertible {
  /// The plug-in's name.
  public let name: String
  /// The keys of `session.login`.
  public let keys: String

  init(_ plugin: AuthenticationPlugin) {
    name = plugin.name
    keys =
      if plugin.isOAuth {
        "oauth=true, auth_config=\"\(plugin.name)\""
      } else if plugin.name.lowercased().contains("windows") {
        "user= and domain=, or sso=true"
      } else {
        "user="
      }
  }

  /// `"M-Files" (user=)`.
  public var description: String { "\"\(name)\" (\(keys))" }
}
