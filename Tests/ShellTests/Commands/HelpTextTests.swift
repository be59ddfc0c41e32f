import Testing

@testable import Shell

@Suite struct HelpTextTests {
  @Test func `the main help is this`() {
    #expect(
      HelpText.main == """
        Usage: mfsh [options] [URL]                  the prompt
               mfsh [options] SCRIPT [ARGUMENT...]   run a Lua script; - is standard input
               mfsh [options] -e CODE [ARGUMENT...]  run Lua code
               mfsh whoami [options] [URL]           log in, tell who that is, log out
               mfsh vaults [options] [URL]           log in, list the vaults, log out
               mfsh api [options] PATH               log in, request any resource, log out
               mfsh doctor [options] [URL]           what is reachable, and how one could log in
               mfsh check [options] ROSTER...        check in batch that accounts are as ordered
               mfsh sandbox [options]                a local M-Files Web Service to try things on
               mfsh help [TOPIC]                     explain a command or a Lua function
               mfsh completion bash|zsh|fish         print the completion of a shell

        Server:
              --url URL                     the server; an argument with :// is the same
              --profile NAME                use the settings of this name in profiles.lua
              --vault VAULT                 the vault to enter: its name or GUID
              --sandbox                     use a sandbox inside this process as the server
              --read-only                   refuse every request that could change something
              --read-write                  let a production profile change things
              --no-reconnect                do not log in again when a session has ended
              --verbs override|plain        how PUT and DELETE travel (override)
              --path-style plain|aspx|ashx  how paths are written (plain)

        Login:
          -u, --user NAME                  the account
              --domain NAME                the Windows domain of the account
              --via session|token|headers  how the account logs in (session)
              --sso                        Windows single sign-on
              --oauth                      sign in with the browser
              --auth-config NAME           the server's OAuth plugin to use

        Password:
              --password-stdin            read it from the first line of standard input
              --password-command COMMAND  read it from the first line that COMMAND prints

        Connection:
              --max-time S                 limit for a whole request (60)
              --connect-timeout S          limit for connecting (10)
              --retry N                    how often to repeat what may be repeated (2)
              --cacert FILE                trust the authorities in FILE
              --capath FOLDER              trust the authorities in FOLDER
              --cert FILE                  the client's own certificate
              --key FILE                   the private key of --cert
              --tlsv1.2                    TLS 1.2 or later (the default)
              --tlsv1.3                    TLS 1.3 or later
              --http1.1                    HTTP/1.1 only
              --http2                      offer HTTP/2
              --proxy URL                  reach the server through this proxy
              --proxy-user NAME            the user at the proxy
              --noproxy LIST               hosts to reach without the proxy
              --resolve HOST:PORT:ADDRESS  use this address; may be repeated
          -k, --insecure                   do not verify the server's certificate
              --allow-plaintext            send passwords over http:// too

        Running:
          -e CODE         run CODE; may be repeated
          -i              stay at the prompt afterwards
              --no-init   leave init.lua out
              --har FILE  record requests and answers in FILE, masked

        General:
          -v, --verbose                  tell what is sent and received
              --color auto|always|never  when to colour the output (auto)
          -h, --help                     print this
              --version                  print the version

        Exit status:
          0    fine
          1    the script failed
          64   wrong usage
          69   the network or the server failed
          75   the server is busy, try again later
          77   access denied
          78   bad configuration or secret
          129  the terminal was closed
          130  interrupted by Ctrl-C
          141  standard output was closed by its reader
          143  terminated

        To try it without a server: mfsh --sandbox

        """)
  }

  @Test func `the help of sandbox is this`() {
    #expect(
      HelpText.command("sandbox") == """
        Usage: mfsh sandbox [options]

        A local M-Files Web Service to try things on.

        Sandbox:
              --host ADDRESS        listen here (127.0.0.1)
              --port N              listen here (8080); 0 is any free port
              --seed FILE           accounts and vaults of one's own
              --accounts N          add user00001 and so on, password demo (0)
              --nodes N             servers that do not share sessions (1)
              --licenses N          concurrent licences in the pool (any number)
              --rate N              requests a second; more get 429 (any number)
              --latency MS          milliseconds that every answer takes longer (0)
              --mode MODE           normal, login-page, iis-only or stopped (normal)
              --verbs VERBS         any, post-only, post-only-501 or plain-only (any)
              --path PATH           live in this folder, as /m-files
              --only-ashx           answer MFWS.ashx?restPath=… only
              --iis-headers         send IIS's header fields
              --clock-skew N        seconds that the Date field is ahead (0)
              --fault SPEC          go wrong, as status=503,path=/session,count=2
              --tls                 speak TLS, with a CA made at the start
              --tls-ca FILE         write the CA's certificate, for --cacert
              --client-ca FILE      ask clients for certificates of these
              --trusted-proxy FILE  believe X-Remote-User beside this X-Proxy-Secret
              --evidence            print what each answer is based on, and end

        General:
          -v, --verbose                  tell what is sent and received
              --color auto|always|never  when to colour the output (auto)
          -h, --help                     print this
              --version                  print the version

        """)
  }

  @Test func `a one-shot takes the options of the main command, and says what its output looks like`() throws
  {
    let text = try #require(HelpText.command("api"))
    #expect(
      text.hasPrefix("Usage: mfsh api [options] PATH\n\nLog in, request any resource, log out.\n")
    )
    for option in OptionSpec.main where !["-e", "-i"].contains(option.name) {
      #expect(text.contains("\(option.synopsis)  "), "\(option.name)")
    }
    #expect(
      text.contains(
        """
        Request:
          -X, --request METHOD  GET, POST, PUT or DELETE (GET, with -d POST)
          -d, --data BODY       send this JSON; @FILE, or - for standard input

        Output:
          -o, --output table|json|csv  how to print the answer (json)

        """))
    #expect(
      text.hasSuffix(
        """

        table gives long lists and objects in a record by their size, and leaves them
        out of a list of records that is wider than the terminal; json has all of it.
        json is one document with the server's own values; secrets are ***.
        csv has a header row; a text that a spreadsheet would take for a formula
        (= + - @ in front) has a ' in front of it; lists and objects are JSON.

        """))
  }

  @Test func `check has groups and statuses of its own, and no option that a row says itself`() throws {
    let text = try #require(HelpText.command("check"))
    #expect(
      text.hasPrefix(
        "Usage: mfsh check [options] ROSTER...\n\nCheck in batch that accounts are as ordered.\n"))
    let headings = text.split(separator: "\n").filter { $0.hasSuffix(":") && !$0.hasPrefix(" ") }
    #expect(
      headings == [
        "Roster:", "Rules:", "Pace:", "Server:", "Login:", "Password:", "Connection:", "Running:", "Output:",
        "General:", "Exit status of check:",
      ])
    for absent in ["--user", "--vault NAME", "--read-only", "-e CODE", "--retry ", "session|token|headers"] {
      #expect(!text.contains(absent), "\(absent)")
    }
    for status in CheckStatus.allCases { #expect(text.contains("  \(status.rawValue)")) }
    #expect(text.contains("--max-time S       limit for the whole run"))
  }

  @Test func `every command has a help`() {
    for command in CommandSpec.all { #expect(HelpText.command(command.name) != nil) }
    #expect(HelpText.command("sandbx") == nil)
  }

  @Test func `no line is wider than a terminal`() {
    let texts = [HelpText.main] + CommandSpec.all.compactMap { HelpText.command($0.name) }
    for line in texts.joined().split(separator: "\n") { #expect(line.count <= 90, "\(line)") }
  }
}
