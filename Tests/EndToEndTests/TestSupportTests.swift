import Glibc
import TestSupport
import Testing

/// What the other tests stand on.
struct TestSupportTests {
  @Test func theShellIsBuilt() {
    #expect(access(BuiltBinary.mfsh, X_OK) == 0)
  }

  @Test func programsRunWithTheirStreamsApart() throws {
    let script = "read line; echo \"$line $NAME\"; echo problem >&2; pwd; exit 3"
    let result = try ChildProcess.run(
      ["sh", "-c", script], environment: ["NAME": "n"], folder: "/", input: "in\n")
    #expect(result == (.exited(3), "in n\n/\n", "problem\n"))
  }

  @Test func outputIsFollowedAndSignalsArrive() throws {
    let process = try ChildProcess(["sh", "-c", "echo one; echo two; exec sleep 60"])
    #expect(try process.expect("on") == "on")
    #expect(try process.expect("two") == "e\ntwo")
    process.signal(SIGTERM)
    #expect(try process.waitForExit() == .signalled(SIGTERM))
  }

  @Test func muchInputAndOutputDoNotBlock() throws {
    let text = String(repeating: "0123456789\n", count: 100_000)
    let result = try ChildProcess.run(["cat"], input: text)
    #expect(result.status == .exited(0) && result.output == text)
  }

  @Test func waitingEnds() throws {
    let process = try ChildProcess(["sleep", "60"])
    #expect(throws: SupportError.self) { try process.expect("never", within: 0.05) }
    #expect(throws: SupportError.self) { try process.waitForExit(within: 0.05) }
    #expect(throws: SupportError.self) { try ChildProcess(["/nonexistent/program"]) }
  }

  @Test func foldersGoWithTheirContents() throws {
    let path = try { () -> String in
      let folder = try TemporaryFolder()
      mkdir(folder.path("sub"), 0o700)
      try folder.write("sub/file", "text")
      #expect(try folder.read("sub/file") == "text")
      return folder.path
    }()
    #expect(access(path, F_OK) != 0)
  }
}
