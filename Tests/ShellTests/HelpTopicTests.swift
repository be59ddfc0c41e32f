import MFWS
import Sandbox
import Testing

@testable import Shell

@Suite struct HelpTopicTests {
  @Test func `no line of a topic is wider than a terminal`() {
    for name in HelpTopics.names {
      for line in (HelpTopics.text(name) ?? "").split(separator: "\n") {
        #expect(line.count <= 90, "\(name): \(line)")
      }
    }
  }

  @Test func `the start page names every topic that has no name of Lua`() {
    for topic in [
      "session", "server", "secret", "tasks", "json", "mfsh", "errors", "profiles", "lock", "commands",
    ] {
      #expect(HelpTopics.start.contains("help \"\(topic)\"\n") && HelpTopics.text(topic) != nil)
    }
  }

  @Test func `every key of a sandbox and every kind of fault is explained`() throws {
    let sandbox = try #require(HelpTopics.text("mfsh.sandbox"))
    for key in NamedArguments.names(of: "mfsh.sandbox") { #expect(sandbox.contains("\n  \(key) "), "\(key)") }
    let faults = try #require(HelpTopics.text("faults"))
    for kind in [
      "delay", "stall", "reset", "reset_midway", "truncate", "status", "html", "bad_json", "huge",
      "wrong_node",
      "expire", "lose_cookie", "retry_after", "empty", "control", "garbage", "path", "exact", "method",
      "probability", "count", "after", "body", "page", "status_code", "as_date",
    ] {
      #expect(faults.contains("\(kind)="), "\(kind)")
    }
  }
}
