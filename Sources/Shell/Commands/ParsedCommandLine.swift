package import Sandbox

/// What the user typed. `Invocation` is what the program needs.
package struct ParsedCommandLine: Sendable, Equatable {
  /// The command word, if it is one of `CommandSpec.all`.
  package var command: String?
  /// What is left after options and command.
  package var words: [String] = []
  /// Whether a `--` makes the first word a file, whatever it looks like.
  package var namesFile = false
  package var settings = Settings()
  package var sandboxOptions = SandboxOptions()
  package var check = CheckArguments()
  /// The names of all options, as often as they were given.
  package var given: [String] = []
  package var code: [String] = []
  package var requestMethod: String?
  package var requestBody: String?
  package var outputFormat: OutputFormat?
  package var takesPasswordFromStandardInput = false
  package var passwordCommand: String?
  package var wantsManualPage = false
  package var wantsHelp = false
  package var wantsVersion = false
}

/// How to connect and how to behave, as far as options say it.
package struct Settings: Sendable, Equatable {
  /// What the options say about the connection.
  package var connection = SettingValues()
  /// The name of the profile to use.
  package var profile: String?
  /// Start a sandbox inside the process and use it as the server.
  package var usesSandbox = false
  package var password = PasswordSource.unsaid
  /// Whatever calls and profiles say.
  package var readOnly = false

  /// The server.
  package var url: String? {
    get { connection[text: .url] }
    set { connection[text: .url] = newValue }
  }

  /// Stay at the prompt after the script.
  package var staysAtPrompt = false
  /// Leave init.lua out.
  package var skipsInit = false
  package var verbose = false
  package var harFile: String?
  package var color = Color.auto

  /// Where the password of the command line comes from.
  package enum PasswordSource: Sendable, Equatable {
    case unsaid, standardInput
    case command(String)
  }

  /// When output is coloured; `auto` is on a terminal.
  package enum Color: String, Sendable, CaseIterable {
    case auto, always, never

    /// Whether standard output gets colours.
    var isOn: Bool {
      switch self {
      case .always: true
      case .never: false
      case .auto:
        OutputStream.isTerminal && Environment.value("NO_COLOR") == nil && Environment.value("TERM") != "dumb"
      }
    }
  }

  package init() {}
}

/// The options of `mfsh sandbox`.
package struct SandboxOptions: Sendable, Equatable {
  package var host = "127.0.0.1"
  /// 0 takes any free port.
  package var port = 8080
  package var seedFile: String?
  package var nodes = 1
  package var licenses: Int?
  /// How many accounts are generated.
  package var accounts = 0
  /// Milliseconds that every answer takes longer.
  package var latency = 0
  /// Requests a second.
  package var rate: Int?

  package var mode = SandboxConfiguration.Mode.normal
  package var verbs = SandboxConfiguration.Verbs.any
  package var path: String?
  package var takesOnlyAshx = false
  package var sendsIISHeaders = false
  /// Seconds that its clock is ahead.
  package var clockSkew = 0
  package var faults: [Fault] = []

  package var usesTLS = false
  /// Where the authority's certificate is written.
  package var authorityFile: String?
  package var clientAuthorityFile: String?
  /// Holds the secret of the web server in front that does single sign-on.
  package var trustedProxyFile: String?
  /// Prints what is known about each answer, and nothing else.
  package var printsEvidence = false

  package init() {}

  var isLoopback: Bool { host.hasPrefix("127.") || ["localhost", "::1", "[::1]"].contains(host) }
}
