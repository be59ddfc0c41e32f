import MFWS

/// What to know about an error code: `help "denied.vault"`, and the page TROUBLESHOOTING.md.
struct ErrorTopic: Sendable {
  let code: MFWSError.Code
  /// What has happened, in a sentence.
  let meaning: String
  /// What it often comes from, and what to do then.
  let causes: [String]

  init(_ code: MFWSError.Code, _ meaning: String, _ causes: String...) {
    self.code = code
    self.meaning = meaning
    self.causes = causes
  }

  /// The text of `help`.
  var text: String {
    "\(code.rawValue): \(meaning)\n\n"
      + causes.map { TextWrap.item($0, width: 76) }.joined() + "\nExit status of a script: \(status).\n"
  }

  /// The entry of the page.
  var markdown: String {
    "## \(code.rawValue)\n\n"
      + TextWrap.paragraph("\(meaning.prefix(1).uppercased())\(meaning.dropFirst()).", width: 120) + "\n"
      + causes.map { TextWrap.item($0, width: 120) }.joined() + "\nExit status: \(status).\n"
  }

  private var status: Int32 { ExitStatus(uncaught: code.rawValue).rawValue }
}

extension ErrorTopic {
  /// The whole page.
  static var page: String {
    let start = """
      # When it does not work

      Every error has a code, `e.code` in a script. `help "denied.vault"` at the prompt, or `mfsh help denied.vault`, shows
      the entry below. `mfsh doctor URL` looks for the cause by itself, and needs no account. `-v` shows what is sent,
      `--har FILE` keeps it, `session.last()` gives the last exchange with a curl command that repeats it.

      """
    return start + "\n" + all.map(\.markdown).joined(separator: "\n") + "\n" + checks
  }

  /// What is no error, but reads like one: why rows of a check have no answer.
  private static let checks = """
    ## Rows of mfsh check

    The codes above stand in reports too. These are of checks alone:

    - unverifiable: the server lets people in by a sign-in provider only, so that a refused password tells nothing. Check
      the account there, or give the row auth bearer and a bearer as its secret.
    - account.refused: the account was refused before in this run, and another try might lock it. Its first row tells why.
    - account.unsure: no answer came to logins of the account, which may have been refused. Run these rows again later.
    - server.given_up: --abort-after ended the rows of a server that gave no answers.
    - run.aborted, time.up: --abort-refused, --fail-fast or --max-time ended the run.
    - Status unproved: refused, as ordered, but a wrong password looks the same. Add a row in which the account gets in with
      this secret, name a run in which it did with --baseline, or take it as it is with --accept-unproved.
    - Five refusals in a row end the run: the secret is likely wrong, or the account names are. Correct them before anybody
      is locked out.
    - A row is missing from a resumed run: its id or what it orders has changed, or the run was begun with other options.

    """

  static let all = denied + session + request + server + network + client

  private static let denied = [
    ErrorTopic(
      .deniedCredentials, "the server does not accept who you say you are",
      "The user name or the password is wrong. mfsh sends a refused login once: accounts lock out.",
      "The account is disabled, locked, or has no login in M-Files: look in M-Files Admin under Login Accounts.",
      "It is a Windows account: add domain=\"NAME\". Or it is none, and a domain was given.",
      "A given token has ended, or was revoked by a new password: make a new one.",
      "A bearer has ended, or auth_config is not the name of the plug-in; server.authentication_protocols() lists them.",
      "Single sign-on: klist shows whether you have a ticket, kinit gets one.",
      "The server wants a pre-shared key, and it is missing or wrong: preshared_key, MFILES_PRESHARED_KEY."),
    ErrorTopic(
      .deniedVault, "the account exists, but may not enter this vault",
      "The account has no user in the vault, or a disabled one: add it in M-Files Admin under the vault's Users.",
      "The vault's name or GUID is wrong, or the vault is offline: session.vaults() lists those that can be entered.",
      "All concurrent licences may be taken; real servers have not been seen to say so."),
    ErrorTopic(
      .deniedOperation, "logged in, but this is not allowed",
      "The resource needs a vault: session.use(\"name\") enters one.",
      "The account lacks the permission in this vault, or its licence is read-only: session.info() tells."),
  ]

  private static let session = [
    ErrorTopic(
      .sessionNone, "there is no login", "Log in first: session.login{user=\"name\"}.",
      "The session was logged out before."),
    ErrorTopic(
      .sessionExpired, "the login was good, and has ended on the server",
      "Its time was over: expires=SECONDS in session.login asks for more, one hour is the default.",
      "Somebody restarted the web server, or changed the password.",
      "mfsh logs in once more by itself where it can; a given token, a given bearer, and reconnect=false prevent that."
    ),
    ErrorTopic(
      .sessionNotOwned, "this session cannot be logged out from here",
      "The token was made elsewhere without a SessionID. It ends by itself."),
    ErrorTopic(
      .sessionWrongNode, "another node of the server made the token",
      "The load balancer does not keep a client at its node: ask for affinity by cookie.",
      "The node is gone: log in again. mfsh does so by itself unless reconnect=false."),
  ]

  private static let request = [
    ErrorTopic(
      .requestInvalid, "the server does not understand the request",
      "A value has a form that the server does not take: e.cause has its words.",
      "The server does not offer this way to log in: try via=\"token\" instead of \"session\", or the other way round."
    ),
    ErrorTopic(
      .requestNotFound, "the server has no such resource",
      "The path is misspelt, or the server is older than the resource.",
      "There is no Windows single sign-on at this server: log in by user name."),
    ErrorTopic(
      .requestConflict, "several things have the name, or the state does not fit",
      "Several vaults have the name: e.candidates lists them; use the GUID."),
  ]

  private static let server = [
    ErrorTopic(
      .serverNotMFWS, "something else than the M-Files Web Service answers",
      "The address is that of another site, or of a login page in front: mfsh doctor URL finds the right one.",
      "M-Files Web lies in a subfolder: https://host/m-files.",
      "A proxy answers in the server's place: --noproxy HOST, or --proxy URL.",
      "The web server blocks the verb or the path: --verbs, --path-style."),
    ErrorTopic(
      .serverBadResponse, "the answer is not what the resource gives",
      "Something between here and the server changes or cuts answers: --har FILE shows what came.",
      "The cookies of the login do not arrive: look for what removes them, or try via=\"token\"."),
    ErrorTopic(
      .serverTooLarge, "the answer is larger than mfsh takes",
      "The limit is 64 MiB: ask for less, for example with a query."),
    ErrorTopic(
      .serverBusy, "the server or what stands before it is not available now",
      "M-Files Server is stopped or starting: server.status() tells.",
      "Too many requests: e.retry_after says how many seconds to wait. mfsh waits up to 5 s by itself, for what may be repeated."
    ),
    ErrorTopic(
      .serverFailed, "the server failed",
      "Its event log has more: look for e.reference, and give it to M-Files' support."),
  ]

  private static let network = [
    ErrorTopic(
      .networkDNS, "the server's name has no address",
      "The name is misspelt, or known inside a VPN only.",
      "--resolve HOST:PORT:ADDRESS names an address by hand."),
    ErrorTopic(
      .networkConnect, "nothing answers at address and port",
      "The port is wrong, the web server is stopped, or a firewall is in between.",
      "A proxy is needed to get there: --proxy URL, https_proxy."),
    ErrorTopic(
      .networkReset, "the connection broke before the answer was there",
      "The server or a firewall closed it: try again. What only reads is repeated by itself.",
      "The port speaks something else: mfsh doctor URL."),
    ErrorTopic(
      .networkTLS, "no trusted connection",
      "The certificate has ended, or is for another name: mfsh doctor URL tells which.",
      "Your own authority issued it: --cacert FILE or --capath FOLDER.",
      "The server wants a certificate of yours: --cert FILE, --key FILE.",
      "The server speaks an old TLS only, or the port speaks plain HTTP."),
    ErrorTopic(
      .networkProxy, "the proxy failed",
      "It refuses the destination, or wants a user: --proxy-user NAME.",
      "The server can be reached directly: --noproxy HOST."),
    ErrorTopic(
      .networkTimeout, "a time limit passed",
      "--connect-timeout and --max-time change the limits; 10 and 60 s unless told.",
      "A firewall swallows packets: mfsh doctor URL tells how far it gets."),
  ]

  private static let client = [
    ErrorTopic(
      .clientUsage, "the call or the setting makes no sense",
      "The message names the argument, and the nearest one that exists."),
    ErrorTopic(
      .clientInsecure, "a password would travel unencrypted",
      "Use https://. --allow-plaintext sends it all the same."),
    ErrorTopic(
      .clientSecret, "a password cannot be had",
      "There is no terminal to ask on: --password-stdin, --password-command, MFILES_PASS, or a profile.",
      "A file with a secret can be read by others: chmod 600 FILE."),
    ErrorTopic(
      .clientLocked, "changes are locked; the request was not sent",
      "--read-only, \\lock and a production profile let only GET, logins, session.use and logouts through: help \"lock\".",
      "The session was logged in with read_only=true: log in again without it."),
    ErrorTopic(
      .clientTimeout, "a function took longer than tasks.timeout allowed it",
      "Allow it more seconds, or try it again later."),
    ErrorTopic(.clientCancelled, "you ended the request", "Ctrl-C, or another task's error."),
  ]
}
