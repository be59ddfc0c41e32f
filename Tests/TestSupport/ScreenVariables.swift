/// What differs from run to run on a screen, made the same. Digits become `#`, so that columns stay where they are.
package enum ScreenVariables {
  static func masked(_ row: String) -> String {
    var row = row
    row.replace(#/(127\.0\.0\.1|localhost|\[::1\]):[0-9]+/#) {
      $0.1 + ":" + mask($0.0.dropFirst($0.1.count + 1))
    }
    row.replace(#/mfsh[ \/][0-9]+\.[0-9]+\.[0-9]+/#) { mask($0.0) }
    row.replace(#/20[0-9]{2}-[0-9]{2}-[0-9]{2}/#) { mask($0.0) }
    row.replace(#/[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} 20[0-9]{2}/#, with: "Day, ## Mon ####")
    // The reference of an error; GUIDs of vaults are in capitals, and stay.
    row.replace(#/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/#) {
      String($0.0.map { $0 == "-" ? "-" : "#" })
    }
    row.replace(#/\b[0-2][0-9]:[0-5][0-9](:[0-5][0-9](\.[0-9]+)?)?\b/#) { mask($0.0) }
    row.replace(#/\b[0-9]+(\.[0-9]+)? (ms|s|MB|kB)\b/#) { "# \($0.2)" }
    row.replace(#/\b0x[0-9a-f]{8,16}\b/#, with: "0x########")
    row.replace(#/[a-z0-9/]*/mfsh-test-[A-Za-z0-9]{6}/#, with: "/tmp/FOLDER")
    return row
  }

  /// Whether a row says how long a statement took.
  package static func isDuration(_ row: String) -> Bool { row.wholeMatch(of: #/took [0-9.]+ m?s/#) != nil }

  private static func mask(_ text: Substring) -> String { String(text.map { $0.isNumber ? "#" : $0 }) }
}
