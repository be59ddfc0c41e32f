extension HistorySearch {
  /// What is shown: the statement, and below it what is sought, with the cursor behind that.
  func picture(prompt: [UInt32], screen: BlockPicture.Screen) -> BlockPicture {
    var picture = BlockPicture(
      prompt: prompt, buffer: shown, match: found?.match ?? 0..<0, screen: screen, others: 1)
    let sought = VisibleText.text(query.unicodeScalars.map(\.value), from: 0).text
    // In a narrow window what is sought has the room.
    let label = label.count < screen.columns - 1 ? label : ""
    let line = label + Self.ending(of: sought, columns: screen.columns - 1 - label.count)
    let width = VisibleText.text(line.unicodeScalars.map(\.value), from: 0).column
    let help = query.isEmpty ? BlockPicture.cut(help, to: screen.columns - width).text : ""
    picture.cursor = (picture.rows.count, width)
    picture.rows.append(BlockPicture.Row(text: line + help, width: width + help.count))
    return picture
  }

  private var label: String {
    switch trouble {
    case nil: "search: "
    case .unknown: "search, not found: "
    case .noneOlder: "search, none older: "
    case .noneNewer: "search, none newer: "
    }
  }

  private var help: String {
    "  Ctrl-R older, Ctrl-S newer, " + (enterEdits ? "Enter edits" : "Enter runs, Esc edits")
      + ", Ctrl-G back"
  }

  /// As much of the end of a text as has room.
  private static func ending(of text: String, columns: Int) -> String {
    var rest = text[...]
    while VisibleText.text(rest.unicodeScalars.map(\.value), from: 0).column > max(columns, 1) {
      rest = rest.dropFirst()
    }
    return String(rest)
  }
}
