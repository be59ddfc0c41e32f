import Sandbox
import TestSupport
import Testing

/// A server that answers everything wrongly, and the commands that ask one thing.
@Suite(.serialized) struct FaultsAndOneShotsTests {
  /// What `whoami` and `vaults` make of a fault that strikes every request: the exit status.
  // swift-format-ignore
  static let statuses: [(fault: String, status: Int32)] = [
    ("delay=30", 69), ("stall=nothing", 69), ("stall=head", 69),
    ("reset", 69), ("reset_midway", 69), ("truncate", 69), ("garbage", 69),
    // Invalid, not found, ambiguous: the script's fault.
    ("status=400", 1), ("status=404", 1), ("status=409", 1), ("status=500", 69),
    ("status=502", 75), ("status=503", 75), ("status=503,page=Down", 75), ("retry_after=30", 75),
    ("status=400,page=Down", 69), ("status=404,page=Down", 69), ("status=500,page=Down", 69),
    ("html=Sign in", 69), ("bad_json", 69), ("huge=80000000", 69), ("empty", 69), ("lose_cookie", 69),
    ("wrong_node", 75), ("expire", 77), ("control", 77),
  ]

  @Test(arguments: statuses) func everyFault(_ fault: String, status: Int32) async throws {
    try await aside { try Self.check(fault, status) }
  }

  private static func check(_ fault: String, _ status: Int32) throws {
    let sandbox = try SandboxServer()
    sandbox.setFaults([try Fault(fault)])
    // A server that answers gets the time that a busy machine needs.
    let limit = ["delay", "stall"].contains { fault.hasPrefix($0) } ? "1" : "30"
    let login = [
      "--max-time", limit, "--url", sandbox.url, "-u", "editor", "--password-command", "echo demo",
    ]
    let shell = try Shell()
    let commands = ["whoami", "vaults", "doctor"]
    let programs = try commands.map { try shell.start([$0] + login) }
    for (command, program) in zip(commands, programs) {
      let place = Comment(rawValue: "\(command), \(fault)")
      let ended = try program.waitPatiently()
      if command == "doctor" {
        #expect(ended == .exited(69) && program.errorText == "", place)
        #expect(program.outputText.contains("\nwrong "), place)
        #expect(!program.outputText.contains("nothing stays behind") || fault == "expire", place)
      } else {
        #expect(ended == .exited(status), place)
        #expect(program.outputText == "" && program.errorText.count { $0 == "\n" } == 1, place)
        #expect(program.errorText.hasPrefix("mfsh: "), place)
      }
      let written = program.outputBytes + program.errorBytes
      #expect(!written.contains { $0 < 0x20 && $0 != 0x0A || $0 == 0x7F }, place)
    }
  }
}
