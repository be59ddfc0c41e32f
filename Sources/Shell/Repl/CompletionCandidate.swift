import LineEditing

/// Something that can stand at the cursor.
struct CompletionCandidate: Equatable {
  /// What is inserted. Unless `typedAs` does, the bytes that it begins with decide whether it fits.
  let name: [UInt8]
  /// What it is typed as when that is something else: the name of a vault that goes in by its GUID.
  var typedAs: [UInt8]?
  /// What is inserted behind it when it is the only one.
  var ending = ""
  /// What lists show, if that is not its name.
  var shown: [UInt8]?
  /// What it means, in one line.
  var detail: String?
}

extension CompletionCandidate {
  init(_ name: String, ending: String = "", detail: String? = nil) {
    self.init(name: Array(name.utf8), ending: ending, detail: detail)
  }
}

/// How names are written where they go.
enum CompletionSpelling: Equatable {
  /// As they are.
  case plain
  /// In a string with these quotes; nil: with long brackets.
  case string(quote: Unicode.Scalar?)

  /// The name as it is written; nil when it cannot be.
  func text(_ name: [UInt8]) -> String? {
    if case .string(let quote?) = self { return LuaLiteral.escaped(name[...], quote: quote) }
    guard let text = String(validating: name, as: UTF8.self), TerminalText.line(text) == text else {
      return nil
    }
    return self == .plain || !text.contains("]") ? text : nil
  }

  /// What is meant by what was typed.
  func name(_ text: String) -> [UInt8] {
    if case .string(_?) = self { return LuaLiteral.bytes(ofQuoted: text) }
    return Array(text.utf8)
  }
}

extension CompletionCandidate {
  /// What Tab does with candidates in their order. `typed` is what stands before the cursor of the word, written as
  /// `spelling` says.
  static func completion(
    of candidates: [CompletionCandidate], typed: String, cursor: Int, spelling: CompletionSpelling
  ) -> Completion? {
    let name = spelling.name(typed)
    let fits = { (start: [UInt8], name: ([UInt8]) -> [UInt8]) in
      candidates.filter { name($0.typedAs ?? $0.name).starts(with: start) && spelling.text($0.name) != nil }
    }
    var fitting = fits(name) { $0 }
    if fitting.isEmpty { fitting = fits(lowercased(name), lowercased) }
    guard let first = fitting.first else { return nil }
    let start = cursor - typed.unicodeScalars.count
    if fitting.count == 1 {
      return Completion(start: start, insertion: (spelling.text(first.name) ?? typed) + first.ending)
    }
    let common = commonPrefix(fitting.map { $0.typedAs ?? $0.name })
    let insertion = common.count < name.count ? typed : spelling.text(common) ?? typed
    return Completion(start: start, insertion: insertion) { CompletionList.lines(fitting, width: $0) }
  }

  private static func lowercased(_ name: [UInt8]) -> [UInt8] {
    Array(String(decoding: name, as: UTF8.self).lowercased().utf8)
  }

  /// What all begin with; no character is cut.
  private static func commonPrefix(_ names: [[UInt8]]) -> [UInt8] {
    guard var prefix = names.first?[...] else { return [] }
    for name in names.dropFirst() {
      prefix = prefix.prefix(zip(prefix, name).prefix { $0 == $1 }.count)
    }
    while let next = names.lazy.compactMap({ $0.dropFirst(prefix.count).first }).first(where: isContinuation),
      isContinuation(next), !prefix.isEmpty
    {
      prefix = prefix.dropLast()
    }
    return Array(prefix)
  }

  private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
}

/// Candidates as lines of text.
enum CompletionList {
  private static let gap = 2

  /// In columns; or one on each line where any has a meaning, cut to the width.
  static func lines(_ candidates: [CompletionCandidate], width: Int) -> [String] {
    let names = candidates.map { TerminalText.line($0.shown ?? $0.name) }
    let widest = min(names.map(TerminalText.width).max() ?? 0, width)
    if candidates.contains(where: { $0.detail != nil }) {
      let column = min(widest, max(width / 2, 1))
      return zip(names, candidates).map { name, candidate in
        let start = TerminalText.padded(TerminalText.fitted(name, to: column), to: column)
        guard let detail = candidate.detail else { return TerminalText.fitted(name, to: width) }
        return TerminalText.fitted("\(start)  \(TerminalText.line(detail))", to: width)
      }
    }
    return columns(names, of: widest, width: width)
  }

  /// Filled from top to bottom, as `ls` does.
  private static func columns(_ names: [String], of widest: Int, width: Int) -> [String] {
    let count = max(1, (width + gap) / (widest + gap))
    let rows = (names.count + count - 1) / count
    return (0..<rows).map { row in
      let cells = stride(from: row, to: names.count, by: rows).map {
        TerminalText.fitted(names[$0], to: width)
      }
      let padded = cells.dropLast().map { TerminalText.padded($0, to: widest + gap) }
      return padded.joined() + (cells.last ?? "")
    }
  }
}
