import Check
import MFWS
import Testing

/// What errors of requests are to a check.
@Suite struct ErrorMeaningTests {
  private func observation(
    _ code: MFWSError.Code, _ request: String = "GET /session", status: Int? = nil, isLoggedIn: Bool = false,
    exception: String? = nil
  ) -> RowObservation {
    var error = MFWSError(code, "what happened")
    (error.request, error.status, error.exception) = (request, status, exception)
    return RowObservation(error, isLoggedIn: isLoggedIn)
  }

  @Test func onlyTwoErrorsAreAnswers() {
    for code in MFWSError.Code.allCases {
      let answer = observation(code).answer
      switch code {
      case .deniedCredentials: #expect(answer == .deniedCredentials)
      case .deniedVault: #expect(answer == .deniedVault)
      default: #expect(answer == .none, "\(code)")
      }
    }
  }

  @Test func whatMayPassIsTriedAgain() {
    let passing: Set<MFWSError.Code> = [
      .networkDNS, .networkConnect, .networkReset, .networkTLS, .networkProxy, .networkTimeout, .serverBusy,
      .sessionWrongNode,
    ]
    for code in MFWSError.Code.allCases {
      #expect(observation(code).retry.mayPass == passing.contains(code), "\(code)")
    }
    // The proxy wants to know who we are.
    #expect(!observation(.networkProxy, status: 407).retry.mayPass)
  }

  @Test(
    arguments: [
      (MFWSError.Code.networkReset, "PUT /session", nil, true), (.networkTimeout, "GET /session", nil, true),
      (.serverNotMFWS, "PUT /session", 200, true), (.serverBusy, "GET /session", 504, true),
      (.serverBusy, "GET /session", 502, true), (.serverBusy, "GET /session", 503, false),
      (.serverBusy, "PUT /session", 429, false), (.networkConnect, "PUT /session", nil, false),
      (.networkTLS, "PUT /session", nil, false), (.sessionWrongNode, "GET /session", 403, false),
      (.deniedCredentials, "GET /session", 403, false),
      // A token is answered well whatever the password.
      (.networkReset, "POST /server/authenticationtokens", nil, false),
    ] as [(MFWSError.Code, String, Int?, Bool)])
  func aLoginWithoutAnAnswerMayHaveBeenRefused(
    _ code: MFWSError.Code, _ request: String, _ status: Int?, _ isLost: Bool
  ) {
    #expect(observation(code, request, status: status).retry.isLoginLost == isLost)
    #expect(!observation(code, request, status: status, isLoggedIn: true).retry.isLoginLost)
  }

  @Test func aLicenseThatIsNotFreeIsNoWrongPassword() {
    let found = observation(.deniedCredentials, status: 403, exception: "LicenseException")
    #expect(found.answer == .none)
    #expect(found.code == "server.no_license")
    let refused = observation(.deniedCredentials, status: 403, exception: "UnauthorizedAccessException")
    #expect(refused.answer == .deniedCredentials)
  }
}
