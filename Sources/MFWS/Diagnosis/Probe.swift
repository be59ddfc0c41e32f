package import HTTP

/// One harmless request of an examination; it never carries credentials.
package struct Probe: Sendable, Hashable {
  /// What it is to find out.
  package enum Purpose: Sendable, Hashable {
    /// What answers at the address that was typed, and where that leads to.
    case front
    /// Whether the address would work with another scheme or port.
    case otherFront
    /// Whether the web service is in a folder.
    case place(folder: String, style: ResourceStyle.Paths)
    /// Whether a verb gets through to the web service.
    case verb(String, ResourceStyle.Verbs)
    /// Which plug-ins log people in.
    case protocols
    /// Whether Windows' single sign-on is there.
    case singleSignOn
    /// Which node answers.
    case node
  }

  package var purpose: Purpose
  package var method = "GET"
  package var url: String
  package var wantsCertificate = false

  package init(_ purpose: Purpose, _ url: String, method: String = "GET") {
    self.purpose = purpose
    self.url = url
    self.method = method
  }

  var request: HTTPRequest {
    var request = HTTPRequest(method: method, url: url)
    request.wantsCertificate = wantsCertificate
    if purpose != .front, purpose != .otherFront { request.headers = [.init("Accept", "application/json")] }
    guard method == "PUT" || method == "POST" else { return request }
    request.headers.append(.init("Content-Type", "application/json"))
    request.body = Secret("{}")
    return request
  }
}

/// What a probe brought.
package struct Observation: Sendable {
  package enum Outcome: Sendable {
    case answer(HTTPResponse)
    case failure(HTTPError)
  }
  package var probe: Probe
  package var outcome: Outcome
  /// When it ended, in seconds since 1970 by the clock of this machine.
  package var ended: Double

  package init(_ probe: Probe, _ outcome: Outcome, ended: Double) {
    self.probe = probe
    self.outcome = outcome
    self.ended = ended
  }

  var response: HTTPResponse? { if case .answer(let response) = outcome { response } else { nil } }
  var failure: HTTPError? { if case .failure(let failure) = outcome { failure } else { nil } }
}

extension HTTPResponse {
  /// Whether the body is a page for people.
  var isPage: Bool { JSONText.firstByte(body) == UInt8(ascii: "<") }
  /// The body as JSON; nil for anything else, and for what is too large to be an answer to a probe.
  var json: JSONValue? { body.count > 1 << 20 ? nil : JSONText.value(body) }
  /// Whether the web service itself has spoken, and not something in front of it.
  var isFromService: Bool { json?.object != nil || json?.array != nil }
  /// Where it sends the client to.
  var redirection: String? { (300..<400).contains(status) ? headers["Location"] : nil }
  /// The title of a page, for a sentence.
  var titleClause: String { JSONText.title(body).map { " titled \"\($0)\"" } ?? "" }
}
