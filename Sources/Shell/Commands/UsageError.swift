import MFWS

/// The command line cannot be followed. Ends the program with `ExitStatus.usage`.
package struct UsageError: Error, Equatable, CustomStringConvertible {
  /// What is wrong, then the remedy, on one line; never a password.
  package let message: String

  package init(_ message: String) { self.message = message }

  /// The line for standard error.
  package var description: String { "mfsh: \(message)" }
}

extension UsageError {
  static func unknownOption(_ option: String, known: [String], of command: String? = nil) -> UsageError {
    let names = known.filter { $0.hasPrefix("--") }.map { String($0.dropFirst(2)) }
    let near = option.hasPrefix("--") ? nearest(to: String(option.dropFirst(2)), in: names) : nil
    return UsageError("unknown option \(option)\(remedy(near.map { "--" + $0 }, list: help(for: command)))")
  }

  /// - Parameter remedy: what does what the word means elsewhere.
  static func familiarWord(_ word: String, remedy: String) -> UsageError {
    UsageError("no command and no file is named '\(word)'; \(remedy)")
  }

  static func unknownWord(_ word: String) -> UsageError {
    familiarWord(word, remedy: "mfsh --help lists the commands, and a server is written https://\(word)")
  }

  /// The code is not quoted: it may hold a password.
  static let codeAsFile = UsageError("no such file; Lua code is given with -e: mfsh -e CODE")

  static func unknownCommand(_ word: String, near: String) -> UsageError {
    UsageError("no command and no file is named '\(word)'\(remedy(near, list: "mfsh --help"))")
  }

  static func unknownTopic(_ topic: String, known: [String]) -> UsageError {
    let function = known.first { $0.hasSuffix(".\(topic)") }
    guard let near = function ?? nearest(to: topic, in: known) else {
      let pages = Set(known.filter { !$0.contains(".") }).sorted().joined(separator: ", ")
      return UsageError("no help on '\(topic)'; there is help on \(pages)")
    }
    return UsageError("no help on '\(topic)'; did you mean \(near)?")
  }

  static func unknownShell(_ word: String?) -> UsageError {
    let shells = CompletionShell.allCases.map(\.rawValue)
    let near = word.flatMap { nearest(to: $0, in: shells) } ?? shells[0]
    let problem = word.map { "does not know '\($0)'" } ?? "needs a shell"
    return UsageError(
      "completion \(problem); it is for \(shells.joined(separator: ", ")): mfsh completion \(near)")
  }

  static func missingValue(_ option: String, placeholder: String) -> UsageError {
    UsageError("\(option) needs a value: \(option) \(placeholder)")
  }

  static func superfluousValue(_ option: String) -> UsageError {
    UsageError("\(option) takes no value; leave out what follows the =")
  }

  static func badValue(_ option: String, _ text: String, needs: String, example: String) -> UsageError {
    UsageError("\(option) needs \(needs), not '\(text)'; for example \(option) \(example)")
  }

  /// - Parameter topic: the help on the command; nil: its name.
  static func notApplicable(
    _ option: String, to command: String, helpOn topic: String? = nil
  ) -> UsageError {
    UsageError(
      "\(option) means nothing to mfsh \(command); leave it out, or see \(help(for: topic ?? command))")
  }

  static func misplaced(_ option: String, of command: String) -> UsageError {
    UsageError(
      "\(option) means something else to mfsh \(command); write it behind the command, see \(help(for: command))"
    )
  }

  static func addressWithoutScheme(_ word: String, after command: String) -> UsageError {
    UsageError("'\(word)' is no address; write https://\(word), or see \(help(for: command))")
  }

  static func hostWithoutScheme(_ word: String) -> UsageError {
    UsageError(
      "no file is named '\(word)'; check the path, or for a server write https://\(word), or --url https://\(word)"
    )
  }

  static func superfluousWord(_ word: String, after command: String) -> UsageError {
    UsageError("unexpected argument '\(word)'; \(remedy(word, after: command))see \(help(for: command))")
  }

  private static func remedy(_ word: String, after command: String) -> String {
    let isName = word.allSatisfy { $0.isLetter || $0.isNumber || "._-".contains($0) }
    if command == CommandSpec.sandbox.name, UInt16(word) != nil { return "write --port \(word), " }
    guard isName, CommandSpec.oneShots.contains(where: { $0.name == command }) else { return "" }
    return "an account is written -u \(word), a server https://\(word), "
  }

  static func methodAsPath(_ method: String, _ path: String) -> UsageError {
    UsageError(
      "unexpected argument '\(path)'; the method is an option: mfsh api -X \(method.uppercased()) \(path)")
  }

  /// Neither of the two quotes the address: it may hold a password.
  static let passwordInURL = UsageError(
    "an address must not hold a password, others can read it in the process list; "
      + "use --user with --password-stdin, --password-command or MFILES_PASS")
  static let passwordInProxyURL = UsageError(
    "--proxy must not hold a password, others can read it in the process list; "
      + "give --proxy-user, and the password in MFILES_PROXY_PASS")
  /// What follows the colon is not quoted.
  static func passwordBehindName(_ option: String) -> UsageError {
    let others =
      option == "--user"
      ? "--password-stdin, --password-command or MFILES_PASS" : "MFILES_PROXY_PASS or a profile"
    return UsageError(
      "\(option) takes a name without a colon: a password there can be read by others in the process list; "
        + "give the name alone, and the password by \(others)")
  }
  static let badURL = UsageError(
    "the server's address is not a URL; write it like https://mfiles.example.com")

  static let twoServers = UsageError("the server is named twice; give either --url or one address")
  static let sandboxAndServer = UsageError(
    "--sandbox and a server's address exclude each other; leave one out")
  static let readOnlyAndReadWrite = UsageError(
    "--read-only and --read-write exclude each other; leave one out")
  static let twoPasswords = UsageError(
    "--password-stdin and --password-command exclude each other; leave one out")
  static let standardInputTwice = UsageError(
    "--password-stdin and a script from standard input exclude each other; use --password-command")
  static let noInputForPrompt = UsageError(
    "--password-stdin leaves no input for the prompt; use --password-command, or run a script")
  static let openSandbox = UsageError(
    "the sandbox's own accounts are known to everybody; with --host other than loopback give --seed FILE")

  private static func remedy(_ near: String?, list: String) -> String {
    near.map { "; did you mean \($0)?" } ?? "; \(list) lists them"
  }

  private static func help(for command: String?) -> String {
    command.map { "mfsh help \($0)" } ?? "mfsh --help"
  }
}
