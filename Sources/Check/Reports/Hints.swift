/// What to do about rows that are not as ordered.
enum Hints {
  /// One sentence for all rows of a group; nil: there is nothing to do.
  ///
  /// - Parameter acceptsUnproved: whether refusals without proof were taken as they are.
  static func hint(_ result: RowResult, acceptsUnproved: Bool) -> String? {
    switch result.status {
    case .pass, .waived: nil
    case .unproved where acceptsUnproved: nil
    case .diff: difference(result)
    case .inconclusive: inconclusive(result)
    case .unproved:
      "a wrong password looks the same: add a row in which the account gets in with this secret, or name "
        + "a run in which it did with --baseline; --accept-unproved takes the refusal as it is"
    case .notRun: notRun(result.code)
    }
  }

  private static func difference(_ result: RowResult) -> String {
    let checks = result.findings.filter { $0.severity == .difference }.map(\.check)
    switch checks.first {
    case "expect": return login(result)
    case "vaults", "vaults_min", "vaults_not":
      return "change who may enter these vaults (M-Files Admin: vault, Users), or correct the roster"
    case "license": return "change the licence of the login account, or correct the roster"
    case "rights": return "change the user's rights in the vault, or correct the roster"
    default: return "change the account on the server, or correct the roster"
    }
  }

  private static func login(_ result: RowResult) -> String {
    switch result.code {
    case "denied.credentials": "check that the account exists and is enabled, and that its secret is right"
    case "denied.vault": "the account gets in: give its user access to the vault"
    default: "the account still gets in: disable it, or take it out of the vault"
    }
  }

  private static func inconclusive(_ result: RowResult) -> String {
    if result.findings.contains(where: { $0.check == LogoutFinding.check }) {
      return "the session expires by itself: look at why the server does not end it, and run the row again"
    }
    if result.findings.contains(where: { $0.severity == .unknown }) {
      return
        "the server does not send what this is about: leave the column empty, or look at the server itself"
    }
    let area = result.code.prefix { $0 != "." }
    switch result.code {
    case "network.dns": return "check the server's name"
    case "network.tls": return "check the server's certificate; mfsh doctor \(result.server) tells more"
    case "network.timeout": return "the server is slow or cannot be reached: try fewer --jobs, or later"
    case "server.busy": return "the server wants fewer requests: try --rate or fewer --jobs, or later"
    case "session.wrong_node": return "sessions wander between servers: check the load balancer's affinity"
    case "client.secret":
      return "look at what gives the secret; mfsh help roster tells what its program is asked and answers"
    case "unverifiable": return "the account logs in at another place: check it there"
    default: break
    }
    return area == "network" ? "mfsh doctor \(result.server) tells what is reachable" : "run these rows again"
  }

  private static func notRun(_ code: String) -> String {
    switch code {
    case "account.refused": "the account was refused before and is not tried again, so as not to lock it"
    case "server.given_up": "the server gave no answers: when it is well again, run these rows again"
    default: "run these rows again"
    }
  }
}
