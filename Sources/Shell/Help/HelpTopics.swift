import MFWS

/// The texts of `help` at the prompt and of `mfsh help TOPIC`.
enum HelpTopics {
  /// The names that have a text.
  static var names: [String] { CommandSpec.all.map(\.name) + modules + topics.map(\.name) }

  private static var modules: [String] {
    Set((session + server + other).compactMap { $0.name.firstIndex(of: ".").map($0.name.prefix(upTo:)) }).map(
      String.init
    )
    .sorted()
  }

  /// The text of a topic, or the start page; nil when there is no such topic.
  static func text(_ name: String?) -> String? {
    guard let name else { return start }
    if let command = HelpText.command(name) { return command }
    return topics.first { $0.name == name }?.text ?? members(of: name)
  }

  /// A module's page lists its functions.
  private static func members(of module: String) -> String? {
    let members = topics.filter {
      $0.name.hasPrefix(module + ".") && MFWSError.Code(rawValue: $0.name) == nil
    }
    guard !members.isEmpty else { return nil }
    return members.map { $0.text.prefix { $0 != "\n" } + "\n" }.joined()
      + "\nhelp(\(module).\(members[0].name.dropFirst(module.count + 1))) tells more.\n"
  }

  static let start = """
    session   log in, who am I, my vaults, log out        help "session"
    server    what a server tells without a login         help "server"
    secret    passwords that do not show                  help "secret"
    tasks     many requests at a time                     help "tasks"
    json      JSON text to Lua values and back            help "json"
    mfsh      version, arguments, a sandbox               help "mfsh"
    errors    codes and fields of errors                  help "errors"
    profiles  connection settings in a file               help "profiles"
    lock      nothing is changed by mistake               help "lock"
    commands  \\use, \\vaults and others at the prompt       help "commands"

    session.login{url="https://host", user="name"} asks for the password.
    help(session.login) tells about a function. Ctrl-D leaves.

    """

  private static func topic(_ name: String, _ text: String) -> (name: String, text: String) {
    (name, text + "\n")
  }

  private static let topics =
    session + server + other + errors
    + [topic("profiles", ProfileTopic.text), topic("lock", LockTopic.text)]
    + [(name: "commands", text: PromptCommandHelp.list)]

  private static let errors = ErrorTopic.all.map { (name: $0.code.rawValue, text: $0.text) }

  private static let session = [
    topic(
      "session.login",
      """
      session.login{user="name", password="…", …} -> vaults: logs the default session in

        url           the server: host, https://host, https://host/m-files
        vault         a vault to enter: its name or GUID
        user          the account
        password      a string or a secret; asked for when missing
        domain        the Windows domain; the account is a Windows account then
        windows       true for a Windows account without a domain
        via           how user and password are used: "session" (cookies, the default),
                      "token", or "headers" (with each request)
        token         a token that was made elsewhere, instead of user and password
        bearer        an OAuth bearer; auth_config names its plugin
        oauth         true: sign in with the browser; auth_config names the plugin
        auth_config   a name of server.authentication_protocols()
        sso           true, "negotiate" or "ntlm": Windows single sign-on, as whoever is
                      logged on, or with user and password
        preshared_key a key that the server wants besides
        expires       seconds from now or an ISO 8601 moment; an hour unless told
        computer      the name of this computer for the server's records
        read_only     true: only GET requests are sent, and the server is told so;
                      false: the lock of a production profile does not hold
        reconnect     false: do not log in again when the session has ended
        verbs         "override" (PUT and DELETE as POST, the default) or "plain"
        path_style    "plain", "aspx" or "ashx", as the web server wants it

      What is missing comes from the options, the profile and the environment; the
      strongest that names a way in decides. A secret goes only to the server that
      it came with. A second login logs the first session out, once the new one is
      proved.
      Errors: denied.credentials, denied.vault, client.usage, client.secret,
      client.insecure, network.*, server.*
      """),
    topic(
      "session.current", "session.current() -> session: the session of session.login; nil when there is none"),
    topic("session.info", "session.info() -> table: who is logged in and what the account may do"),
    topic("session.vaults", "session.vaults() -> list: the vaults that the account may enter"),
    topic("session.vault", "session.vault() -> table: the vault that was entered"),
    topic(
      "session.use",
      """
      session.use(vault) -> table: enters a vault, given by name, GUID or vault table

      A name that several vaults have is request.conflict; the error lists their GUIDs.
      """),
    topic("session.user_id", "session.user_id() -> integer: the user's ID"),
    topic("session.token", "session.token() -> secret: a token for this session"),
    topic(
      "session.request",
      """
      session.request{path="/…", …} -> value, status: any other resource

        method       "GET" unless told; PUT and DELETE travel as POST with _method
        path         below /REST
        query        a table of names and values
        headers      a table of names and values
        body         a table is sent as JSON, a string as it is

      A JSON answer comes back as a Lua value, any other as a string.
      """),
    topic(
      "session.last",
      """
      session.last() -> table: the last exchange with a server, masked; nil before the first

        method url seconds          what was sent, and how long it took
        request   {headers, body}   what is secret is ***
        status response error       what came; error when nothing did
        curl      the command that repeats the request; secrets are shell variables
      """),
    topic("session.logout", "session.logout() -> boolean: logs out; false when nobody was logged in"),
    topic(
      "session.open",
      """
      session.open{…} -> session: an independent session; arguments as session.login

        local s <close> = session.open{user="name"}   logs out at the end of the block
        s:info()  s:vaults()  s:logout()  …            the functions of session as methods
        s.user  s.url  s.expires  s.way                what it is
        s.state     "open", "expired", "refused" (not logged in again) or "logged out"
      """),
  ]

  private static let server = [
    topic(
      "server.status",
      """
      server.status{url=…} -> table: whether the M-Files server is up

      With https, certificate_days_left is the days until the certificate ends.
      """),
    topic("server.vaults", "server.vaults{url=…} -> list: the vaults that are online"),
    topic("server.capabilities", "server.capabilities{url=…} -> table: what the server supports"),
    topic("server.public_key", "server.public_key{url=…} -> table: the server's RSA key"),
    topic(
      "server.authentication_protocols",
      "server.authentication_protocols{url=…, vault=…} -> list: the ways in that are offered"
    ),
    topic(
      "server.diagnose",
      """
      server.diagnose{url=…} -> table: what is reachable, and how one could log in

      Takes the arguments of session.login, and needs none of the account. With a
      user, and if nothing is wrong so far, it goes on with one login and logout.
      d.base_url is the address to use, d.findings a list of
      {check=, verdict="fine"|"doubtful"|"wrong", text=, remedy=, data=}.
      """),
  ]

  private static let other = [
    topic("secret.ask", "secret.ask(prompt) -> secret: asks on the terminal, without echo"),
    topic("secret.env", "secret.env(name) -> secret: a variable of the environment"),
    topic("secret.file", "secret.file(path) -> secret: the first line of a file that only you can read"),
    topic(
      "secret.command",
      "secret.command{\"program\", \"argument\"} -> secret: the first line that a program prints"),
    topic("secret.of", "secret.of(string) -> secret: hides a string"),
    topic("secret.reveal", "secret.reveal(secret) -> string: the text of a secret"),
    topic(
      "tasks.map",
      """
      tasks.map(list, function, {jobs=8}) -> list: calls it for each element, many at a time

      The results are in the order of the list. The first error stops the others and is raised.
      """),
    topic(
      "tasks.settle",
      """
      tasks.settle(list, function, {jobs=8}) -> list: like tasks.map, but every element runs

      Each result is {ok=true, value=…} or {ok=false, error=…}.
      """),
    topic(
      "tasks.each",
      """
      tasks.each(iterator, function, {jobs=8}): calls it with what the iterator gives

      Many at a time. The iterator is a list or a function such as io.lines(file), and may
      wait for the server itself. No more elements are taken than there are jobs, so the list
      may be endless. The first error stops the others and is raised.
      """),
    topic(
      "tasks.timeout",
      """
      tasks.timeout(seconds, function, …) -> results: calls it with the arguments behind it

      When it takes longer, what it waits for is cancelled, its <close> variables run, and the
      error client.timeout is raised. A loop that never waits is not ended.
      """),
    topic("tasks.sleep", "tasks.sleep(seconds): waits, while other tasks go on"),
    topic(
      "json.encode",
      "json.encode(value, {indent=2, secrets=\"mask\"}) -> string: JSON text; a secret is an error"),
    topic("json.decode", "json.decode(text) -> value: strict RFC 8259; integers of 64 bits are exact"),
    topic("json.null", "json.null: the null of JSON, which is not nil; also in what a server sends"),
    topic("json.array", "json.array{…} -> table: marks a table as an array, so that an empty one is []"),
    topic("mfsh.sandbox", SandboxTopic.text), topic("faults", SandboxTopic.faults),
    topic("mfsh.lock", "mfsh.lock(): sends only what reads from now on: help \"lock\""),
    topic(
      "mfsh.unlock",
      """
      mfsh.unlock(profile): lets requests that change something through again

      A production profile wants its name: mfsh.unlock("prod"). What --read-only locked
      is unlocked by \\unlock at the prompt only. help "lock" has all of it.
      """),
    topic(
      "mfsh.why",
      """
      mfsh.why() -> string: the last error of mfsh in full, masked, and what to do about it

      What it proves, what was sent and what came, the words of the server, the command of
      curl that repeats the request; without an error, the last exchange. \\why shows it.
      """),
    topic(
      "mfsh.save",
      """
      mfsh.save(file, {replace=true}) -> string: saves what ran at the prompt as a script

      The statements that ran without an error, commands as the Lua that does the same;
      secrets become secret.ask(). What was shown is printed, tables as JSON. Only you can
      read the file; without replace=true none that is there is touched. \\save FILE does it.
      """),
    topic("mfsh.version", "mfsh.version: the version of this program, a string"),
    topic("mfsh.args", "mfsh.args: the arguments of the script, a list; arg has the script's name too"),
    topic("mfsh.profile", "mfsh.profile: the name of the profile in use; nil when there is none"),
    topic("help", "help(), help \"name\", help(function): this help"),
    topic(
      "print",
      """
      print(…): like Lua's; on a terminal control characters are shown, not obeyed

      io.write sends them as they are.
      """
    ),
    topic("os.exit", "os.exit(status): logs all sessions out and ends the program"),
    topic(
      "errors",
      """
      Errors are tables: e.code, e.message, e.status, e.exception, e.request,
      e.reference, e.logged_in_vault, e.logged_in_application, e.retryable,
      e.retry_after (seconds), e.candidates (the vaults that have an ambiguous name),
      e.cause.

      \(ErrorTopic.list)

      help "denied.vault" tells what a code means and what to do.
      """),
  ]
}
