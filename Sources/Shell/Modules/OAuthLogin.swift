import HTTP
import LuaKit
import MFWS

/// Signs in with the browser: finds the plug-in at the server and lets the person sign in at its provider.
struct OAuthLogin {
  let arguments: LoginArguments
  let runtime: Runtime

  /// The credentials of whoever signs in now.
  func credentials() async throws -> Login.Credentials {
    let server = try arguments.server()
    let vault = try await guid(at: server)
    let plugin = try chosen(from: await server.authenticationProtocols(vault: vault).filter(\.isOAuth))
    let configuration = try OAuthConfiguration(plugin, vault: vault)
    // The provider is another server: what is bound to M-Files' address does not go there.
    let provider = try runtime.http(for: BaseURL(configuration.tokenEndpoint.address))
    let source = OAuthSource(
      configuration, http: provider, person: TerminalPerson(runtime.waiting),
      way: .automatic(hasBrowser: Browser(variable: Environment.value).isAvailable))
    let bearers = SignedInBearers(source: source, redactor: runtime.tracing.redactor)
    // Here Ctrl-C ends it at once; a login under way is waited for, since the server may grant it.
    _ = try await bearers.bearer()
    return .bearer(bearers, plugin: configuration.pluginName)
  }

  private func guid(at server: Server) async throws -> GUID? {
    guard let vault = arguments.vault else { return nil }
    return try await server.guid(of: vault)
  }

  /// The named one, the server's default, or the only one.
  private func chosen(from plugins: [AuthenticationPlugin]) throws(LuaError) -> AuthenticationPlugin {
    let names = plugins.map(\.name)
    if let name = arguments.plugin {
      if let plugin = plugins.first(where: { $0.name == name }) { return plugin }
      let remedy =
        nearest(to: name, in: names).map { "did you mean \($0)?" }
        ?? "it offers \(names.isEmpty ? "none" : names.joined(separator: ", "))"
      throw .usage("\(arguments.function): the server has no OAuth plug-in \"\(name)\": \(remedy)")
    }
    if let plugin = plugins.first(where: \.isDefault) { return plugin }
    if let plugin = plugins.first, plugins.count == 1 { return plugin }
    let remedy =
      plugins.isEmpty
      ? "the server offers no OAuth: see server.authentication_protocols()"
      : "give auth_config, one of \(names.joined(separator: ", "))"
    throw .usage("\(arguments.function): \(remedy)")
  }
}

/// The bearers of a sign-in; traces mask each of them.
private struct SignedInBearers: BearerSource {
  let source: OAuthSource
  let redactor: Redactor

  func bearer() async throws(MFWSError) -> Secret {
    let bearer = try await source.bearer()
    redactor.add(bearer)
    return bearer
  }

  func invalidate() async -> Bool {
    await source.invalidate()
    return true
  }
}
