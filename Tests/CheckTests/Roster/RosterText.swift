import Check
import TestSupport

/// Rosters that are written in a test.
struct RosterText {
  static let server = "https://a.example.com"
  static let guid = "{C840BE1A-5B47-4AC0-8EF7-835C166C8E24}"

  static var settings: RosterSettings {
    var settings = RosterSettings(server: server)
    settings.allowedServers = ["https://b.example.com"]
    settings.aliases = ["staff", "leavers"]
    return settings
  }

  let folder: TemporaryFolder
  var settings = RosterText.settings
  var selection = RosterSelection()

  init() throws { folder = try TemporaryFolder() }

  /// A roster of texts, by the names of their files.
  func build(_ files: [(name: String, text: [UInt8])], format: RosterFormat? = nil) throws -> Roster {
    var builder = try RosterBuilder(settings, folder: folder.path)
    for file in files {
      let format = format ?? RosterFormat(fileName: file.name)
      try builder.add(RosterInput(file.text), file: file.name, format: format)
    }
    return try builder.finish(selection)
  }

  func build(_ text: String, _ name: String = "roster.csv") throws -> Roster {
    try build([(name, Array(text.utf8))])
  }

  /// The rows in the order of the source.
  func rows(_ text: String, _ name: String = "roster.csv") throws -> [RosterRow] {
    try build(text, name).rows()
  }

  /// What is said of each mistake.
  func mistakes(_ text: [UInt8], _ name: String = "roster.csv") throws -> [String] {
    do {
      _ = try build([(name, text)])
      return []
    } catch let mistakes as RosterMistakes {
      return mistakes.mistakes.map(\.description)
    }
  }

  func mistakes(_ text: String, _ name: String = "roster.csv") throws -> [String] {
    try mistakes(Array(text.utf8), name)
  }
}

extension Roster {
  /// The selected rows, account by account.
  func rows() throws -> [RosterRow] {
    try (0..<source.groupCount).flatMap { try source.group($0).map { try source.row(at: $0) } }
  }
}
