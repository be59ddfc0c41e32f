import HTTP
import MFWS
import Testing

/// A refusal means what was to be proved: never what its text says.
@Suite struct ErrorClassifierTests {
  private func code(_ status: Int, _ body: String, _ step: Step = .proved) -> MFWSError.Code {
    let response = HTTPResponse(status: status, body: Array(body.utf8))
    return ErrorClassifier.error(for: response, to: "GET /session", step: step).code
  }

  private static let bothFalse =
    #"{"IsLoggedToVault": false, "IsLoggedToApplication": false, "Message": "Login to vault failed"}"#

  @Test func theSameAnswerMeansWhatWasToBeProved() {
    #expect(code(403, Self.bothFalse, .credentials(user: "u")) == .deniedCredentials)
    #expect(code(401, "{\"Message\": \"x\"}", .credentials(user: "u")) == .deniedCredentials)
    #expect(code(401, "", .credentials(user: "u")) == .serverNotMFWS)
    #expect(code(403, Self.bothFalse, .vault(user: "u", vault: "v")) == .deniedVault)
    #expect(code(403, Self.bothFalse) == .sessionExpired)
    #expect(code(401, "<html>") == .serverNotMFWS)
    #expect(code(403, "<html>", .credentials(user: "u")) == .serverNotMFWS)
  }

  @Test(arguments: [
    (
      403, #"{"IsLoggedToVault": true, "IsLoggedToApplication": true, "Message": "x"}"#,
      MFWSError.Code.deniedOperation
    ),
    (403, #"{"IsLoggedToVault": false, "IsLoggedToApplication": true, "Message": "x"}"#, .deniedOperation),
    (
      403, #"{"Message":"x","Exception":{"InnerException":{"Name":"CryptographicException"}}}"#,
      .sessionWrongNode
    ),
    (404, #"{"Status": "404", "ExceptionName": "NotFoundException"}"#, .requestNotFound),
    (404, "<html><title>Not found</title>", .serverNotMFWS), (404, "", .serverNotMFWS),
    (405, #"{"Message": "x"}"#, .requestInvalid), (409, #"{"Message": "x"}"#, .requestConflict),
    (400, #"{"Message": "x"}"#, .requestInvalid), (500, #"{"Message": "x"}"#, .serverFailed),
    (500, "<html>", .serverNotMFWS), (302, "", .serverNotMFWS), (503, "<html>", .serverBusy),
    (429, "", .serverBusy),
    (504, "null", .serverBusy), (500, "17", .serverNotMFWS),
  ])
  func classifiesByStatusAndFlags(_ status: Int, _ body: String, _ expected: MFWSError.Code) {
    #expect(code(status, body) == expected)
  }

  @Test func keepsWhatTheServerSaid() {
    let body =
      #"{"Message": "Nein", "ExceptionName": "E", "Stack": "Fehlerreferenz-ID: 4711", "IsLoggedToVault": true}"#
    let error = ErrorClassifier.error(
      for: HTTPResponse(status: 403, body: Array(body.utf8)), to: "GET /session", step: .proved)
    #expect(error.cause == "Nein")
    #expect(error.exception == "E")
    #expect(error.reference == "4711")
    #expect(error.isLoggedInVault == true)
    #expect(error.isLoggedInApplication == nil)
    #expect(error.status == 403)
    #expect(error.request == "GET /session")
  }

  @Test func namesThePageThatAnswersInstead() {
    let page = "<!DOCTYPE html><html><head><TITLE lang=en>\n  Sign in\tto  Proxy </TITLE>"
    let error = ErrorClassifier.notMFWS(HTTPResponse(status: 200, body: Array(page.utf8)))
    #expect(error.message.contains("a page titled \"Sign in to Proxy\""))
  }

  @Test func aDeepTextIsNoJSON() {
    let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
    #expect(JSONText.value(Array(deep.utf8)) == nil)
    #expect(JSONText.value(Array(#"{"s": "[[[\"[["}"#.utf8)) == ["s": "[[[\"[["])
  }
}
