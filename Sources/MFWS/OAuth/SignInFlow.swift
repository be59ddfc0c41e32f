import HTTP

/// One sign-in of a person, from the first request to the tokens.
struct SignInFlow: Sendable {
  let provider: Provider
  let person: any SignInPerson
  let way: SignInWay
  /// Seconds that the person may take.
  let timeLimit: Double

  func run() async throws(MFWSError) -> OAuthTokens {
    let redirect = LoopbackRedirect(provider.configuration.redirectURI)
    switch way {
    case .browser:
      guard let redirect else { throw try await noRedirect() }
      return try await runInBrowser(redirect)
    case .deviceCode:
      guard let endpoint = try await discoverDeviceCodes() else { throw noDeviceCodes }
      return try await DeviceFlow(provider: provider, endpoint: endpoint).run(person, within: timeLimit)
    case .automatic(let hasBrowser):
      if hasBrowser, let redirect { return try await runInBrowser(redirect) }
      if let endpoint = try await discoverDeviceCodes() {
        return try await DeviceFlow(provider: provider, endpoint: endpoint).run(person, within: timeLimit)
      }
      guard let redirect else { throw try await noRedirect() }
      return try await runInBrowser(redirect)
    }
  }

  private func runInBrowser(_ redirect: LoopbackRedirect) async throws(MFWSError) -> OAuthTokens {
    let listener = try LoopbackListener(redirect)
    defer { listener.closePort() }
    let request = AuthorizationRequest(provider.configuration, redirectURI: listener.redirectURI)
    await person.show(address: request.address)
    switch try await listener.answer(to: request, within: timeLimit) {
    case .code(let code): return try await provider.redeem(code, of: request)
    case .refused(let refusal): throw refusal.error
    case nil:
      throw MFWSError(
        .deniedCredentials,
        "the browser did not come back to \(listener.redirectURI) within \(Int(timeLimit)) s: log in again")
    }
  }

  private func discoverDeviceCodes() async throws(MFWSError) -> OAuthEndpoint? {
    try await ProviderDiscovery(provider: provider).deviceAuthorizationEndpoint()
  }

  private var noDeviceCodes: MFWSError {
    .usage(
      "the sign-in provider at \(provider.configuration.tokenEndpoint.base.origin) offers no device codes: sign in with a browser"
    )
  }

  private func noRedirect() async throws(MFWSError) -> MFWSError {
    let configuration = provider.configuration
    let remedy =
      try await discoverDeviceCodes() == nil
      ? "its administrator can add http://localhost as RedirectURIForNative" : "sign in with a device code"
    return .usage(
      "the plug-in \"\(configuration.pluginName.printable)\" sends the browser to \(configuration.redirectURI.printable.prefix(200)), which is not this program: \(remedy)"
    )
  }
}
