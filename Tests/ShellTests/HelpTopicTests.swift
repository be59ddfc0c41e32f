import FoundationEssentials
import LineEditing
import LuaKit
import MFWS
import Sandbox
import Testing

@testable import Shell

@Suite struct HelpTopicTests {
  @Test func `no line of a topic is wider than a terminal`() {
    for name in HelpTopics.names where CommandSpec.named(name) == nil {
      for line in (HelpTopics.text(name) ?? "").split(separator: "\n") {
        #expect(line.count <= 80, "\(name): \(line)")
      }
    }
  }

  @Test func `every topic begins with its name, says what it is in a line, and ends in a line feed`() {
    for topic in HelpTopics.modules + HelpTopics.functions + HelpTopics.guides {
      #expect(
        topic.name == topic.call.prefix { $0.isLetter || $0.isNumber || "._".contains($0) }, "\(topic.name)")
      #expect(!topic.summary.isEmpty && !topic.summary.hasSuffix("."), "\(topic.name)")
      #expect(topic.text.hasSuffix("\n") && !topic.text.hasSuffix("\n\n"), "\(topic.name)")
      #expect(!topic.text.contains("{modules}") && !topic.text.contains("{codes}"))
    }
  }

  @Test func `every file is a topic`() throws {
    let folder =
      "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/Sources/Shell/Help/"
    for (name, topics) in [
      ("Modules", HelpTopics.modules), ("Functions", HelpTopics.functions), ("Guides", HelpTopics.guides),
    ] {
      let files = try FileManager.default.contentsOfDirectory(atPath: folder + name)
      #expect(files.sorted() == topics.map { "\($0.name).txt" }.sorted())
    }
  }

  @Test func `the start page names every module and every guide`() {
    for module in HelpTopics.modules { #expect(HelpTopics.start.contains("\n  \(module.name) ")) }
    for guide in HelpTopics.guides { #expect(HelpTopics.start.contains("\n  help \"\(guide.name)\" ")) }
  }

  @Test func `a module lists its names with what they do`() throws {
    #expect(
      HelpTopics.text("json") == """
        json: JSON text to Lua values and back

          json.encode(value, {…})  JSON text of a value
          json.decode(text)        the value of JSON text
          json.null                the null of JSON, which is not nil
          json.array{…}            marks a table as an array

        help(json.encode) tells more.

        """)
    let session = try #require(HelpTopics.text("session"))
    for topic in HelpTopics.members(of: "session") { #expect(session.contains("\n  \(topic.call) ")) }
    #expect(session.hasSuffix("methods: s:info().\n\nhelp(session.login) tells more.\n"))
  }

  @Test func `what follows from tables is in its place`() throws {
    let settings = try #require(HelpTopics.text("settings"))
    for key in SettingKey.allCases { #expect(settings.contains("\n  \(key.rawValue)"), "\(key.rawValue)") }
    let commands = try #require(HelpTopics.text("commands"))
    for command in PromptCommand.all {
      #expect(commands.contains("\n\\\(command.name) "), "\(command.name)")
    }
    let keys = try #require(HelpTopics.text("keys"))
    for key in KeyMeaning.all {
      #expect(keys.contains("\n\(key.keys) ") && keys.contains("  \(key.meaning)\n"), "\(key.meaning)")
      #expect(ManualPage.text.contains("\n\(key.meaning)\n"), "\(key.meaning)")
    }
    let errors = try #require(HelpTopics.text("errors"))
    for code in MFWSError.Code.allCases {
      #expect(errors.contains("\n  \(code.rawValue) "), "\(code.rawValue)")
    }
  }

  @Test func `every field of an error is explained`() throws {
    let errors = try #require(HelpTopics.text("errors"))
    for field in [
      "code", "message", "status", "exception", "request", "reference", "retryable", "retry_after",
      "candidates", "cause", "logged_in_application", "logged_in_vault",
    ] {
      #expect(errors.contains("e.\(field)"), "\(field)")
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
