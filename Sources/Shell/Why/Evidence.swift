import MFWS

/// What an error proves, in an administrator's words: how far the request got, and who refused what.
enum Evidence {
  static func sentence(for error: MFWSError) -> String {
    switch error.code {
    case .deniedCredentials:
      "The server was reached, and did not believe who was logging in. It does not say whether name or password is "
        + "wrong, or whether the account may not log in."
    case .deniedVault: "The account exists and its login was accepted; it may not enter this vault."
    case .deniedOperation: operation(error)
    case .sessionNone: "Nothing was sent: there is no login to send it with."
    case .sessionExpired: "The login was good before; the server does not know it any more."
    case .sessionNotOwned: "The login is good; the server does not let it be ended from here."
    case .sessionWrongNode:
      "The token is good, but another server made it than the one that answered: there are several behind this address."
    case .requestInvalid: "The server was reached; it does not understand what it was asked."
    case .requestNotFound: "The server was reached and works; there is nothing at this path, or not any more."
    case .requestConflict:
      "The server understood, but what was asked for is not one thing, or not in that state."
    default: other(error.code)
    }
  }

  private static func operation(_ error: MFWSError) -> String {
    switch (error.isLoggedInApplication, error.isLoggedInVault) {
    case (true?, false?): "The login is good, but no vault was entered, and this needs one."
    case (true?, true?): "The login is good, and so is the vault; the account may not do this."
    default: "The server was reached; it does not do this for whoever asked."
    }
  }

  /// Where a request did not get to the account at all.
  private static func other(_ code: MFWSError.Code) -> String {
    switch code {
    case .serverNotMFWS:
      "Something answered at the address, but not M-Files: nothing is known about the account."
    case .serverBadResponse:
      "The answer is not what M-Files gives here; something on the way may have changed it."
    case .serverTooLarge:
      "The server answered with more than is taken here; nothing is wrong with the account."
    case .serverBusy:
      "The server, or what stands before it, is not ready now; nothing is wrong with the account."
    case .serverFailed: "The request reached M-Files, which failed over it; its own log says why."
    case .networkDNS: "No server was reached: its name could not be found."
    case .networkConnect: "No server was reached: nothing takes connections there."
    case .networkReset: "The connection broke: whether the server did what was asked is not known."
    case .networkTLS: "The server was reached, but not trusted: nothing was sent to it."
    case .networkProxy: "The proxy was reached, the server behind it was not."
    case .networkTimeout: "No answer came in time: whether the server did what was asked is not known."
    case .clientInsecure: "Nothing was sent: the password would have been readable on the way."
    case .clientSecret: "Nothing was sent: a password was missing."
    case .clientLocked: "Nothing was sent: changes are locked here, by mfsh and not by the server."
    case .clientTimeout:
      "The call took longer than tasks.timeout allows; what it had sent may have been done."
    case .clientCancelled: "The request was ended here: whether the server did what was asked is not known."
    default: "Nothing was sent: the call itself makes no sense."
    }
  }
}
