import FoundationEssentials
import Glibc
import Sandbox
import TestSupport
import Testing

/// What the README shows is what happens.
struct ReadmeTests {
  private let folder: TemporaryFolder

  /// A folder with what the README's commands find: its seed, its script, the examples.
  init() throws {
    folder = try TemporaryFolder()
    let seeds = try Documentation.blocks("json", in: "README.md")
    for (name, seed) in zip(["sales.json", "plugins.json"], seeds) { try folder.write(name, seed) }
    try folder.write("tour.lua", Documentation.blocks("lua", in: "README.md").first ?? "")
  }

  @Test func itsLuaRuns() throws {
    let blocks = try Documentation.blocks("lua", in: "README.md")
    #expect(blocks.count >= 5)
    for block in blocks {
      try folder.write("block.lua", block)
      let result = try ChildProcess.run(
        [BuiltBinary.mfsh, "--sandbox", "-u", "editor", "--password-stdin", "block.lua"],
        folder: folder.path, input: "demo\n")
      #expect(result.status == .exited(0) && result.error.isEmpty, "\(block)\n\(result.error)")
    }
  }

  @Test func itsCommandsRun() throws {
    let blocks = try Documentation.blocks("bash", in: "README.md")
    #expect(blocks.count >= 2)
    for block in blocks {
      let result = try ChildProcess.run(
        ["bash", "-euo", "pipefail", "-c", block], environment: Documentation.environment,
        folder: folder.path)
      // -v writes there.
      let errors = result.error.split(separator: "\n").filter {
        !$0.hasPrefix("mfsh: POST ") && !$0.hasPrefix("mfsh: GET ")
      }
      #expect(result.status == .exited(0) && errors.isEmpty, "\(block)\n\(result.error)")
    }
  }

  @Test func itsStatusesAreThoseOfTheHelp() throws {
    let help = try ChildProcess.run([BuiltBinary.mfsh, "--help"]).output.split(separator: "\n")
    let statuses = help.drop { $0 != "Exit status:" }.dropFirst().prefix { $0.hasPrefix("  ") }
    let shown = statuses.map { $0.dropFirst(2) + "\n" }.joined()
    #expect(try Documentation.blocks("text", in: "README.md").last == shown)
  }

  @Test func itsStatusesOfChecksAreThoseOfTheHelp() throws {
    let help = try ChildProcess.run([BuiltBinary.mfsh, "help", "check"]).output.split(separator: "\n")
    let statuses = help.drop { $0 != "Exit status of check:" }.dropFirst().prefix { $0.hasPrefix("  ") }
    let shown = statuses.map { $0.dropFirst(2) + "\n" }.joined()
    #expect(try Documentation.blocks("text", in: "README.md").contains(shown))
  }

  /// The sample is of a sandbox with an address, times and a port that the README does not show.
  @Test func itsDiagnosisIsReal() throws {
    let blocks = try Documentation.blocks("text", in: "README.md")
    let sample = try #require(blocks.first { $0.hasPrefix("$ mfsh doctor ") })
    var configuration = SandboxConfiguration()
    (configuration.path, configuration.verbs, configuration.nodes) = ("/m-files", .postOnly, 2)
    (configuration.clockSkew, configuration.sendsIISHeaders) = (620, true)
    let sandbox = try SandboxServer(configuration)
    let port = try #require(sandbox.url.split(separator: ":").last?.prefix { $0.isNumber })
    let output = try ChildProcess.run([BuiltBinary.mfsh, "doctor", "http://127.0.0.1:\(port)"]).output
      .replacing("127.0.0.1, port \(port)", with: "mfiles.example.com, port 80")
      .replacing("127.0.0.1:\(port)", with: "mfiles.example.com")
    let lines = { (text: String) in
      text.split(separator: "\n").filter { !$0.hasPrefix("fine      connection") }
    }
    #expect(Array(lines(sample).dropFirst()) == lines(output))
  }

  /// `MFSH_WRITE_DOCS=1` writes it anew.
  @Test func itsSessionIsReal() throws {
    let session = try ReadmeSession.record()
    let shown = try #require(try Documentation.blocks("text", in: "README.md").first)
    if getenv("MFSH_WRITE_DOCS") != nil, shown != session {
      let text = try Documentation.read("README.md").replacing(shown, with: session, maxReplacements: 1)
      try Data(text.utf8).write(to: URL(filePath: "\(Documentation.root)/README.md"))
    } else {
      #expect(session == shown, "\(ScreenPicture.difference(wanted: shown, found: session))")
    }
  }

  /// Builds a package that depends on this one, which takes long.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["MFSH_LONG_TESTS"] != nil))
  func itsSwiftPackageBuildsAndRuns() throws {
    let blocks = try Documentation.blocks("swift", in: "README.md")
    try #require(blocks.count == 2)
    for name in ["hello", "hello/Sources", "hello/Sources/hello"] { mkdir(folder.path(name), 0o700) }
    symlink(Documentation.root, folder.path("mfsh"))
    try folder.write("hello/Package.swift", blocks[0])
    try folder.write("hello/Sources/hello/main.swift", blocks[1])
    let result = try ChildProcess.run(
      ["swift", "run", "--quiet"], environment: ["HOME": folder.path], folder: folder.path("hello"),
      within: 600)
    let expected = """
      editor
      {C840BE1A-5B47-4AC0-8EF7-835C166C8E24} Sample Vault
      {6D1A7C52-0B7E-4F7B-9E2D-3C5A81F0B4D1} Finance
      0 sessions are open

      """
    #expect(result.status == .exited(0) && result.output == expected, "\(result.error)")
  }
}
