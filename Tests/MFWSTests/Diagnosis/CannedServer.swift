import FoundationEssentials
import HTTP

@testable import MFWS

/// A server that a test makes up: answers without a socket.
struct CannedServer {
  typealias Answer = Observation.Outcome

  /// Seconds since 1970 by this machine's clock: Sun, 06 Nov 1994 08:49:37 GMT.
  static let now = 784_111_777.0

  /// Answers by `METHOD url`, query included; `*` stands for all others.
  var answers: [String: Answer]
  var reason: HTTPError.Reason?
  var certificate: ServerCertificate?
  var configuration = HTTPConfiguration()
  var environment: [String: String] = [:]

  init(_ answers: [String: Answer]) { self.answers = answers }

  /// A service at `base`, an IIS page elsewhere.
  static func healthy(_ base: String, extra: [String: Answer] = [:]) -> CannedServer {
    let rest = base + "/REST"
    let service: [String: Answer] = [
      "*": .page(404, "404 - File or directory not found."),
      "GET \(rest)/server/status": .json(200, #"{"Successful":true,"Message":""}"#),
      "GET \(rest)/server/publickey": .json(200, #"{"Exponent":"AQAB","Modulus":"abc"}"#),
      "GET \(rest)/server/authenticationprotocols": .json(200, "[]"),
      "PUT \(rest)/session/vault": .refusal, "DELETE \(rest)/session": .refusal,
      "POST \(rest)/session/vault?_method=PUT": .refusal, "POST \(rest)/session?_method=DELETE": .refusal,
    ]
    return CannedServer(service.merging(extra) { $1 })
  }

  func diagnosis(of url: String) throws -> Diagnosis {
    let target = try DiagnosisTarget(url)
    let proxy = ProxyChoice(scheme: target.scheme, host: target.host, configuration) { environment[$0] }
    var examination = try Examination(url, configuration: configuration, proxy: proxy)
    while true {
      switch examination.next {
      case .ask(let probes): examination.take(probes.map(observe))
      case .explain(let observation): explain(observation, &examination)
      case .finish: return examination.facts.diagnosis(now: Self.now)
      }
    }
  }

  /// The findings of checks that are not quite fine, one line each, and the base URL.
  func complaints(about url: String) throws -> [String] {
    let diagnosis = try diagnosis(of: url)
    return diagnosis.findings.filter { $0.verdict != .fine }.map(Self.line) + [diagnosis.baseURL ?? "-"]
  }

  static func line(_ finding: Finding) -> String {
    "\(finding.verdict) \(finding.check.rawValue): \(finding.text)"
      + (finding.remedy.map { " → \($0)" } ?? "")
  }

  private func observe(_ probe: Probe) -> Observation {
    let answer = answers["\(probe.method) \(probe.url)"] ?? answers["*"] ?? .failed(.connect)
    return Observation(probe, answer, ended: Self.now)
  }

  private func explain(_ observation: Observation, _ examination: inout Examination) {
    guard case .failure(var failure) = observation.outcome else { return examination.take([]) }
    failure.reason = reason
    examination.take(explained: failure, certificate: certificate)
  }
}

extension CannedServer.Answer {
  static func json(_ status: Int, _ body: String, _ fields: [(String, String)] = []) -> Self {
    answer(status, body, [("Content-Type", "application/json")] + fields)
  }

  static func page(
    _ status: Int, _ title: String, _ fields: [(String, String)] = [], body: String = "",
    daysLeft: Double = 100
  ) -> Self {
    answer(
      status, "<html><head><title>\(title)</title></head><body>\(body)</body></html>", fields,
      daysLeft: daysLeft)
  }

  static func redirect(_ location: String) -> Self { answer(302, "", [("Location", location)]) }

  static func failed(_ code: HTTPError.Code) -> Self {
    .failure(HTTPError(code, "words of the network layer"))
  }

  static let refusal = json(
    403, #"{"Status":403,"ExceptionName":"ForbiddenException","Message":"no","IsLoggedToApplication":false}"#)

  private static func answer(
    _ status: Int, _ body: String, _ fields: [(String, String)], daysLeft: Double = 100
  ) -> Self {
    let own = fields.contains { $0.0 == "Server" } ? [] : [("Server", "Microsoft-IIS/10.0")]
    let date = fields.contains { $0.0 == "Date" } ? [] : [("Date", "Sun, 06 Nov 1994 08:49:37 GMT")]
    var response = HTTPResponse(
      status: status, headers: HTTPHeaders(own + date + fields), body: Array(body.utf8), seconds: 0.01)
    response.httpVersion = "1.1"
    response.certificate = ServerCertificate(
      subject: "CN=h", issuer: "CN=ca", notBefore: CannedServer.now - 86400,
      notAfter: CannedServer.now + daysLeft * 86400)
    return .answer(response)
  }
}
