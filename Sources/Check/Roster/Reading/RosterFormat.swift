/// How the text of a roster is written.
package enum RosterFormat: String, Sendable, CaseIterable {
  /// Cells with a comma, a semicolon or a tab between them (RFC 4180), as the first line shows.
  case csv
  /// Cells with tabs between them.
  case tsv
  /// A list of objects.
  case json
  /// An object on each line.
  case ndjson

  /// By the end of a file's name; nil: that does not tell.
  package init?(fileName: String) {
    self.init(rawValue: Self.ending(of: fileName))
  }

  /// What stands behind the last dot of a file's name, in lower case; empty: nothing does.
  package static func ending(of fileName: String) -> String {
    let name = fileName.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return "" }
    return name[name.index(after: dot)...].lowercased()
  }
}
