package import HTTP

/// Sends requests to one web service, sends again what may be, and classifies what comes.
package struct WebServiceClient: Sendable {
  package let url: BaseURL
  package let http: HTTPClient
  package let configuration: ClientConfiguration
  /// Go with every request.
  private let commonFields: [HTTPRequest.Field]
  /// The style that works: that of the configuration until the web server refuses its verbs.
  private let learned: LearnedStyle

  package init(
    url: BaseURL, http: HTTPClient, configuration: ClientConfiguration = .init(),
    commonFields: [HTTPRequest.Field] = []
  ) {
    self.url = url
    self.http = http
    self.configuration = configuration
    self.commonFields = commonFields
    learned = configuration.sharedStyle ?? LearnedStyle(configuration.style)
  }

  /// The response of a resource that answered well.
  package func send(
    _ request: ResourceRequest, cookies: CookieJar?, step: Step
  ) async throws(MFWSError) -> HTTPResponse {
    var pause = RetryPause(limit: configuration.retries)
    while true {
      do {
        return try await sendByEitherVerb(request, cookies, step)
      } catch {
        guard let seconds = pause.next(after: error, request, step) else { throw error }
        await http.loop.sleep(seconds: seconds)
        if Task.isCancelled { throw error }
      }
    }
  }

  /// The request as it would travel now.
  package func httpRequest(_ request: ResourceRequest) -> HTTPRequest {
    httpRequest(request, learned.style)
  }

  private func httpRequest(_ request: ResourceRequest, _ style: ResourceStyle) -> HTTPRequest {
    var travelling = request.httpRequest(at: url, style)
    travelling.headers += commonFields
    return travelling
  }

  /// 405 and 501 come from the web server, so nothing was done yet.
  private func sendByEitherVerb(
    _ request: ResourceRequest, _ cookies: CookieJar?, _ step: Step
  ) async throws(MFWSError) -> HTTPResponse {
    let style = learned.style
    do {
      return try await exchange(request, style, cookies, step)
    } catch {
      guard request.hasUncommonVerb, error.isRefusedVerb else { throw error }
    }
    do {
      let response = try await exchange(request, style.withOtherVerbs, cookies, step)
      learned.style = style.withOtherVerbs
      return response
    } catch {
      if !error.isRefusedVerb { learned.style = style.withOtherVerbs }
      throw error
    }
  }

  private func exchange(
    _ request: ResourceRequest, _ style: ResourceStyle, _ cookies: CookieJar?, _ step: Step
  ) async throws(MFWSError) -> HTTPResponse {
    let response: HTTPResponse
    do {
      response = try await http.send(httpRequest(request, style), cookies: cookies)
    } catch {
      // What TLS says of its failure is often too little to mend it.
      let failure = error.code == .tls ? await http.explain(error, url: url.rest) : error
      throw ErrorClassifier.error(for: failure, to: request.name, at: url)
    }
    if let error = ErrorClassifier.error(for: response, to: request, step: step) { throw error }
    return response
  }
}

extension MFWSError {
  /// Whether the web server does not let the verb through.
  var isRefusedVerb: Bool { status == 405 || status == 501 }
}

extension ResourceStyle {
  fileprivate var withOtherVerbs: ResourceStyle {
    var other = self
    other.verbs = verbs == .plain ? .override : .plain
    return other
  }
}

/// How the resources of one server are addressed, as far as its answers have told.
package final class LearnedStyle: Sendable {
  private let state: Locked<ResourceStyle>
  /// Begins with a style that may turn out not to work.
  package init(_ style: ResourceStyle) { state = Locked(style) }
  var style: ResourceStyle {
    get { state.withLock { $0 } }
    set { state.withLock { $0 = newValue } }
  }
}
