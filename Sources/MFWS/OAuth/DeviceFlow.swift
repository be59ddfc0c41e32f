import HTTP

/// A sign-in on another device (RFC 8628).
struct DeviceFlow: Sendable {
  static let grantType = "urn:ietf:params:oauth:grant-type:device_code"

  let provider: Provider
  let endpoint: OAuthEndpoint

  /// Asks for a code, shows it, and waits until the person has signed in.
  ///
  /// - Parameter seconds: how long at most, should the provider's code last longer.
  /// - Throws: `denied.credentials` when the provider refuses, the person declines or nobody comes in time.
  func run(_ person: any SignInPerson, within seconds: Double) async throws(MFWSError) -> OAuthTokens {
    let grant = try await start()
    await person.show(grant.code)
    var polling = DevicePolling(
      interval: grant.interval, deadline: Clock.now + min(seconds, grant.code.lifetime))
    while polling.mayContinue(at: Clock.now) {
      await provider.http.loop.sleep(seconds: polling.interval)
      if Task.isCancelled { throw MFWSError(.clientCancelled, "cancelled") }
      if let tokens = try await poll(grant.deviceCode, &polling) { return tokens }
    }
    throw MFWSError(.deniedCredentials, "nobody signed in while the code was valid: log in again")
  }

  private struct Grant {
    let deviceCode: Secret
    let code: DeviceCode
    let interval: Double
  }

  private func start() async throws(MFWSError) -> Grant {
    let configuration = provider.configuration
    var form = Form([("client_id", Secret(configuration.tokenClientID))])
    form.add("client_secret", configuration.clientSecret)
    form.add("scope", configuration.scope)
    form.add("resource", configuration.resource)
    switch try await provider.post(form, to: endpoint) {
    case .refused(let refusal): throw refusal.error
    case .granted(let answer): return try grant(answer)
    }
  }

  private func grant(_ answer: JSONValue) throws(MFWSError) -> Grant {
    // Google and older Microsoft endpoints call it verification_url.
    let address = answer["verification_uri"]?.string ?? answer["verification_url"]?.string
    guard let deviceCode = answer["device_code"]?.string, !deviceCode.isEmpty,
      let userCode = answer["user_code"]?.string, !userCode.isEmpty, userCode.utf8.count <= 100,
      let address, address.utf8.count <= 2000
    else {
      throw MFWSError(.serverBadResponse, "the sign-in provider answered without a device code")
    }
    let place = try OAuthEndpoint(address, of: "the sign-in provider's verification address")
    let complete = answer["verification_uri_complete"]?.string.flatMap { address in
      address.utf8.count <= 2000
        ? try? OAuthEndpoint(address, of: "the sign-in provider's complete verification address") : nil
    }
    let code = DeviceCode(
      userCode: userCode.printable, address: place.address.printable,
      completeAddress: complete?.address.printable,
      lifetime: OAuthTokens.seconds(answer["expires_in"]) ?? 900)
    return Grant(
      deviceCode: Secret(deviceCode), code: code, interval: OAuthTokens.seconds(answer["interval"]) ?? 5)
  }

  /// nil: not yet.
  private func poll(
    _ deviceCode: Secret, _ polling: inout DevicePolling
  ) async throws(MFWSError) -> OAuthTokens? {
    let form = provider.tokenForm(
      Form([("grant_type", Secret(Self.grantType)), ("device_code", deviceCode)]))
    let answer: Provider.Answer
    do {
      answer = try await provider.post(form, to: provider.configuration.tokenEndpoint)
    } catch {
      guard error.isRetryable else { throw error }
      polling.backOff()
      return nil
    }
    switch answer {
    case .granted(let tokens): return try OAuthTokens(tokens)
    case .refused(let refusal):
      guard polling.goesOn(after: refusal.code) else { throw refusal.error }
      return nil
    }
  }
}

/// How often a provider is asked whether the person has signed in (RFC 8628, 3.5).
struct DevicePolling {
  /// Seconds between two requests.
  private(set) var interval: Double
  private let deadline: Double

  init(interval: Double, deadline: Double) {
    self.interval = min(max(interval, 1), 60)
    self.deadline = deadline
  }

  /// Whether the next request would still find the code valid.
  func mayContinue(at now: Double) -> Bool { now + interval < deadline }

  /// Whether the refusal only means to wait.
  mutating func goesOn(after code: String) -> Bool {
    switch code {
    case "authorization_pending": return true
    case "slow_down":
      interval = min(interval + 5, 60)
      return true
    default: return false
    }
  }

  /// After a request that failed for no reason of the provider's.
  mutating func backOff() { interval = min(interval * 2, 60) }
}
