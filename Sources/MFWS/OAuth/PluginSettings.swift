import HTTP

/// Reads a plug-in's settings, whose names come in any case and whose values come as text or as what they are.
struct PluginSettings {
  private let plugin: AuthenticationPlugin

  init(_ plugin: AuthenticationPlugin) { self.plugin = plugin }

  /// The text of a setting; nil when it is missing or blank.
  func text(_ name: String) -> String? {
    let value = Self.find(name, plugin.configuration) ?? Self.find(name, plugin.configurationSource)
    let text =
      switch value {
      case .string(let text): text
      case .integer(let number): String(number)
      case .bool(let flag): String(flag)
      default: ""
      }
    let words = text.split(separator: " ")
    return words.isEmpty ? nil : words.joined(separator: " ")
  }

  func flag(_ name: String) -> Bool {
    guard let text = text(name)?.lowercased() else { return false }
    return ["true", "yes", "1"].contains(text)
  }

  func secret(_ name: String) -> Secret? {
    plugin.secrets.first { $0.key.equalsIgnoringCase(name) }?.value
  }

  /// An address to send secrets to.
  ///
  /// - Throws: `server.bad_response` when it is no address, `client.insecure` when others could listen.
  func endpoint(_ name: String) throws(MFWSError) -> OAuthEndpoint? {
    guard let text = text(name) else { return nil }
    return try OAuthEndpoint(text, of: "the \(name) of the plug-in \"\(plugin.name.printable)\"")
  }

  func requiredEndpoint(_ name: String) throws(MFWSError) -> OAuthEndpoint {
    guard let endpoint = try endpoint(name) else { throw missing(name) }
    return endpoint
  }

  func requiredText(_ name: String) throws(MFWSError) -> String {
    guard let text = text(name) else { throw missing(name) }
    return text
  }

  private func missing(_ name: String) -> MFWSError {
    MFWSError(
      .serverBadResponse,
      "the plug-in \"\(plugin.name.printable)\" has no \(name): its configuration on the M-Files server is not complete"
    )
  }

  private static func find(_ name: String, _ settings: [String: JSONValue]) -> JSONValue? {
    settings[name] ?? settings.first { $0.key.equalsIgnoringCase(name) }?.value
  }
}
