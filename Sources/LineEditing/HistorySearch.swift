/// The search for an earlier statement while one is typed (Ctrl-R): keys in, state out.
///
/// A statement is found by any part of it. Capital letters count only where the part that is sought has some.
struct HistorySearch {
  /// What becomes of the search with a key.
  enum Outcome: Equatable {
    /// It goes on. `isUseless`: the key has changed nothing.
    case goesOn(isUseless: Bool)
    /// The shown statement is edited, and the key acts there; nil: the key has done its work.
    case edits(KeyDecoder.Input?)
    /// The shown statement is entered.
    case enters
    /// What was typed before comes back.
    case goesBack
  }

  /// A statement that has what is sought.
  struct Found: Equatable {
    /// Its place among the candidates.
    let index: Int
    let text: [UInt32]
    /// Where in the text what is sought begins first, in characters.
    let match: Range<Int>
  }

  /// Why the shown statement is not the one that was asked for.
  enum Trouble {
    case unknown, noneOlder, noneNewer
  }

  /// What was typed before the search.
  let typed: EditBuffer
  private(set) var query = ""
  private(set) var found: Found?
  private(set) var trouble: Trouble?
  private let candidates: [String]
  private let recalled: (String) -> String
  private let formerQuery: String
  /// Whether Enter leaves the statement to be edited, as vi does.
  let enterEdits: Bool
  /// The states before each piece of the query.
  private var trail: [(query: String, found: Found?, trouble: Trouble?)] = []
  /// The first candidate that a shown text came from: others that are shown alike are repeats.
  private var firsts: [String: Int] = [:]

  /// - Parameters:
  ///   - typed: what stands at the prompt.
  ///   - statements: oldest first, without repeats.
  ///   - formerQuery: what was sought last.
  ///   - recalled: what of a statement may be shown.
  ///   - enterEdits: whether Enter leaves the statement to be edited.
  init(
    _ typed: EditBuffer, in statements: [String], formerQuery: String,
    recalled: @escaping (String) -> String, enterEdits: Bool = false
  ) {
    self.enterEdits = enterEdits
    self.typed = typed
    self.formerQuery = formerQuery
    self.recalled = recalled
    candidates = statements.reversed()
  }

  /// What is shown: the statement that was found, or what was typed.
  var shown: EditBuffer {
    found.map { EditBuffer(text: $0.text, cursor: $0.match.lowerBound) } ?? typed
  }

  /// The place of what was found among the statements; nil: what was typed is shown.
  var position: Int? { found.map { candidates.count - 1 - $0.index } }

  mutating func take(_ input: KeyDecoder.Input) -> Outcome {
    switch input {
    case .character(Self.controlR), .key(.search): step(to: older)
    case .character(Self.controlS): step(to: newer)
    case .character(Self.backspace), .character(Self.controlH): shorten()
    case .character(Self.escape): .edits(nil)
    case .character(Self.controlG), .key(.interrupt), .character(Self.controlC): .goesBack
    case .key(.enter), .character(0x0A): enterEdits ? takeOver() : .enters
    case .key(.complete), .character(0x09): .edits(nil)
    case .key(.ignored): .goesOn(isUseless: true)
    case .character(let character) where character < 0x20: .edits(input)
    case .character(let character): extend(by: EditBuffer.string([character]))
    case .paste(let bytes): extend(by: EditBuffer.string(PastedText.cleaned(bytes)))
    case .key: .edits(input)
    }
  }

  private static let controlC: UInt32 = 0x03, controlG: UInt32 = 0x07, controlH: UInt32 = 0x08
  private static let controlR: UInt32 = 0x12, controlS: UInt32 = 0x13
  private static let escape: UInt32 = 0x1B, backspace: UInt32 = 0x7F

  /// Enter alone seeks the former query again. What is not found leaves what was typed.
  private mutating func takeOver() -> Outcome {
    if query.isEmpty { _ = step(to: older) }
    return trouble == .unknown ? .goesBack : .edits(nil)
  }

  // MARK: the query

  private mutating func extend(by text: String) -> Outcome {
    trail.append((query, found, trouble))
    query += text
    guard trouble != .unknown else { return .goesOn(isUseless: true) }
    let next = first(in: (found?.index ?? 0)..<candidates.count)
    trouble = next == nil ? .unknown : nil
    found = next ?? found
    return .goesOn(isUseless: next == nil)
  }

  private mutating func shorten() -> Outcome {
    guard let last = trail.popLast() else { return .goesOn(isUseless: true) }
    (query, found, trouble) = last
    return .goesOn(isUseless: false)
  }

  // MARK: steps

  private typealias Step = (candidates: any Sequence<Int>, trouble: Trouble)

  private var older: Step { (((found?.index ?? -1) + 1)..<candidates.count, .noneOlder) }
  private var newer: Step { ((0..<(found?.index ?? 0)).reversed(), .noneNewer) }

  private mutating func step(to step: Step) -> Outcome {
    if query.isEmpty { return formerQuery.isEmpty ? .goesOn(isUseless: true) : extend(by: formerQuery) }
    guard trouble != .unknown else { return .goesOn(isUseless: true) }
    let next = first(in: step.candidates)
    trouble = next == nil ? step.trouble : nil
    found = next ?? found
    return .goesOn(isUseless: next == nil)
  }

  private mutating func first(in indices: some Sequence<Int>) -> Found? {
    let pattern = SearchPattern(query)
    for index in indices where pattern.range(in: candidates[index]) != nil {
      let text = recalled(candidates[index])
      // What was taken out of it is not found.
      guard let match = pattern.range(in: text) else { continue }
      let first = firsts[text] ?? index
      firsts[text] = min(first, index)
      if first >= index {
        return Found(index: index, text: text.unicodeScalars.map(\.value), match: match)
      }
    }
    return nil
  }
}

/// A piece of text to be found in others.
private struct SearchPattern {
  private let bytes: [UInt8]
  private let distinguishesCase: Bool

  init(_ text: String) {
    distinguishesCase = text.utf8.contains { Self.capitals.contains($0) }
    bytes = Array(text.utf8)
  }

  private static let capitals = UInt8(ascii: "A")...UInt8(ascii: "Z")

  /// Where a text has it first, in Unicode scalars.
  func range(in text: String) -> Range<Int>? {
    guard let first = bytes.first else { return nil }
    let text = text.utf8.map { distinguishesCase || !Self.capitals.contains($0) ? $0 : $0 + 32 }
    for start in text.indices.dropLast(bytes.count - 1) where text[start] == first {
      if text[start...].starts(with: bytes) {
        let before = scalars(text[..<start])
        return before..<before + scalars(bytes[...])
      }
    }
    return nil
  }

  private func scalars(_ bytes: ArraySlice<UInt8>) -> Int { bytes.count { $0 & 0xC0 != 0x80 } }
}
