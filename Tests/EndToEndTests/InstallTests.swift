import TestSupport
import Testing

/// `scripts/install` puts everything where the system looks for it.
@Suite(.needs(InteractiveShell.self), .timeLimit(.minutes(30))) struct InstallTests {
  private static let script =
    "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/scripts/install"

  /// Installs the built program below `~/.local`.
  private func installed() throws -> Shell {
    let shell = try Shell()
    let result = try ChildProcess.run(
      [Self.script, "--prefix", ".local", "--program", BuiltBinary.mfsh], folder: shell.home.path,
      within: Shell.patience)
    #expect(result == (.exited(0), "install: \(shell.home.path)/.local/bin/mfsh\n", ""))
    return shell
  }

  @Test func eachFileIsInItsPlace() throws {
    let shell = try installed()
    let found = try ChildProcess.run(
      ["find", ".local", "-type", "f", "-not", "-path", "*/examples/*", "-printf", "%m %P\n"],
      folder: shell.home.path)
    #expect(
      found.output.split(separator: "\n").sorted() == [
        "644 share/bash-completion/completions/mfsh", "644 share/doc/mfsh/CHANGELOG.md",
        "644 share/doc/mfsh/CONTRIBUTING.md",
        "644 share/doc/mfsh/LICENSE", "644 share/doc/mfsh/README.md", "644 share/doc/mfsh/RECIPES.md",
        "644 share/doc/mfsh/Sources/Sandbox/EVIDENCE.md",
        "644 share/doc/mfsh/TROUBLESHOOTING.md", "644 share/fish/vendor_completions.d/mfsh.fish",
        "644 share/man/man1/mfsh.1", "644 share/zsh/site-functions/_mfsh", "755 bin/mfsh",
      ])
    for (file, arguments) in [
      ("man/man1/mfsh.1", ["help", "--man"]), ("bash-completion/completions/mfsh", ["completion", "bash"]),
      ("zsh/site-functions/_mfsh", ["completion", "zsh"]),
      ("fish/vendor_completions.d/mfsh.fish", ["completion", "fish"]),
    ] {
      #expect(try shell.home.read(".local/share/\(file)") == shell.run(arguments).output)
    }
  }

  @Test(arguments: ["bash", "zsh", "fish"]) func theShellsFindTheCompletion(name: String) async throws {
    try await aside {
      let interactive = try InteractiveShell(installed: name, home: installed().home)
      #expect(try interactive.completed("wh") == "<whoami>")
      #expect(try interactive.completed("whoami --vi") == "<whoami><--via>")
    }
  }

  @Test func wrongArgumentsAreToldHow() throws {
    for arguments in [[], ["--prefix"], ["--prefix", ""], ["now"]] {
      let result = try ChildProcess.run([Self.script] + arguments)
      #expect(result.status == .exited(64) && result.output == "")
      #expect(result.error.hasPrefix("Usage: scripts/install --prefix DIR [--program FILE]\n"))
    }
  }
}
