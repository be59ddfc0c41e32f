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

    session.login{url="https://host", user="name"} asks for the password.
    help(session.login) tells about a function. Ctrl-D leaves.

    """

  private static func topic(_ name: String, _ text: String) -> (name: String, text: String) {
    (name, text + "\n")
  }

  private static let topics = session + server + other + errors

  private static let errors = ErrorTopic.all.map { (name: $0.code.rawValue, text: $0.text) }

  private static let session = [
    topic(
      "session.login",
      """
      session.login{user="name", password="…", …} -> vaults: logs the default session in

        url          the server: host, https://host, https://host/m-files
        user         the account
        password     a string or a secret; asked for when missing
        vault        a vault to enter: its name or GUID
        domain       the Windows domain; the account is a Windows account then
        windows      true for a Windows account without a domain
        via          "session" (cookies, the default) or "token"
        expires      seconds from now or an ISO 8601 moment; an hour unless told
        computer     the name of this computer for the server's records
        read_only    true: only GET requests are sent

      What is missing comes from the options and the environment. A second login
      logs the first session out, once the new one is proved.
      Errors: denied.credentials, denied.vault, client.insecure, network.*, server.*
      """),
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
    topic("session.logout", "session.logout() -> boolean: logs out; false when nobody was logged in"),
    topic(
      "session.open",
      """
      session.open{…} -> session: an independent session; arguments as session.login

        local s <close> = session.open{user="name"}   logs out at the end of the block
        s:info()  s:vaults()  s:logout()  …            the functions of session as methods
        s.user  s.url  s.state                         what it is
      """),
  ]

  private static let server = [
    topic("server.status", "server.status{url=…} -> table: whether the M-Files server is up"),
    topic("server.vaults", "server.vaults{url=…} -> list: the vaults that are online"),
    topic("server.capabilities", "server.capabilities{url=…} -> table: what the server supports"),
    topic("server.public_key", "server.public_key{url=…} -> table: the server's RSA key"),
    topic(
      "server.authentication_protocols",
      "server.authentication_protocols{url=…} -> list: the ways in that the server offers"),
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
      tasks.map(list, function, {jobs=8}) -> list: calls the function for each element, many at a time

      The results are in the order of the list. The first error stops the others and is raised.
      """),
    topic(
      "tasks.settle",
      """
      tasks.settle(list, function, {jobs=8}) -> list: like tasks.map, but every element runs

      Each result is {ok=true, value=…} or {ok=false, error=…}.
      """),
    topic("tasks.sleep", "tasks.sleep(seconds): waits, while other tasks go on"),
    topic(
      "json.encode",
      "json.encode(value, {indent=2, secrets=\"mask\"}) -> string: JSON text; a secret is an error"),
    topic("json.decode", "json.decode(text) -> value: strict RFC 8259; integers of 64 bits are exact"),
    topic("json.array", "json.array{…} -> table: marks a table as an array, so that an empty one is []"),
    topic(
      "mfsh.sandbox",
      "mfsh.sandbox{nodes=1, seed=file, port=0} -> sandbox: a local web service; s.url, s:stats(), s:stop()"),
    topic("help", "help(), help \"name\", help(function): this help"),
    topic(
      "print",
      "print(…): like Lua's; on a terminal control characters are shown, not obeyed; io.write sends them as they are"
    ),
    topic("os.exit", "os.exit(status): logs all sessions out and ends the program"),
    topic(
      "errors",
      """
      Errors are tables: e.code, e.message, e.status, e.exception, e.request,
      e.reference, e.logged_in_vault, e.logged_in_application, e.retryable,
      e.retry_after, e.candidates, e.cause.

      \(ErrorTopic.list)

      help "denied.vault" tells what a code means and what to do.
      """),
  ]
}
