import MFWS
import TestSupport

/// What reads JUnit's XML as build services do.
enum JUnitReader: RealPart {
  static let needs = ["xmllint", "python3"]

  /// A test case as it was read.
  struct Case: Codable, Hashable {
    var suite: String
    /// What Jenkins takes for the package.
    var package: String
    var `class`: String
    var name: String
    var outcome: String
    /// What Jenkins shows.
    var message: String?
    /// What GitLab shows.
    var text: String?
  }

  /// The cases of a report that fits the schema and whose counts and times are right.
  static func read(_ report: String) throws -> [Case] {
    let folder = try TemporaryFolder()
    let file = try folder.write("report.xml", report)
    _ = try ReportReader.run([
      "xmllint", "--noout", "--nonet", "--schema", Installed.fixture("junit.xsd"), file,
    ])
    let lines = try ReportReader.run(["python3", Installed.fixture("junit_reader.py"), file])
    return try lines.split(separator: "\n").map { try JSONText.decode(Case.self, Array($0.utf8)) }
  }
}

/// What reads the page strictly.
enum PageReader: RealPart {
  static let needs = ["python3"]

  struct Section: Codable, Hashable {
    var text: String
    /// The classes of the colours of its marks.
    var tones: [String]
  }

  /// The sections by their status, of a page that is whole, loads nothing and runs nothing.
  static func read(_ report: String) throws -> [String: Section] {
    let folder = try TemporaryFolder()
    let file = try folder.write("report.html", report)
    let text = try ReportReader.run(["python3", Installed.fixture("page_reader.py"), file])
    return try JSONText.decode([String: Section].self, Array(text.utf8))
  }
}

enum ReportReader {
  /// Runs a program of the system and returns what it wrote.
  static func run(_ command: [String]) throws -> String {
    guard let program = Installed.path(of: command[0]) else { throw SupportError("no \(command[0])") }
    let result = try ChildProcess.run([program] + command.dropFirst())
    guard result.status == .exited(0) else { throw SupportError("\(command[0]): \(result.error)") }
    return result.output
  }
}
