/// The names of a roster's columns, each judged once.
struct ColumnNames {
  /// Names that are kept, and how long they are: objects may bring new ones with each row.
  private static let limit = 1000
  private static let lengthLimit = 256
  private var meanings: [String: ColumnMeaning] = [:]

  /// Those that travel along, as far as they are kept.
  var meta: Set<String> {
    Set(meanings.compactMap { name, meaning in if case .meta = meaning { name } else { nil } })
  }

  /// What a column is for; nil: it is refused.
  ///
  /// - Parameter report: told once why it is refused.
  mutating func column(_ name: String, _ report: (String) -> Void) -> ColumnMeaning? {
    let known = meanings[name]
    let meaning = known ?? ColumnMeaning(name)
    if known == nil, meanings.count < Self.limit, name.utf8.count <= Self.lengthLimit {
      meanings[name] = meaning
    }
    guard case .mistake(let message) = meaning else { return meaning }
    if known == nil { report(message) }
    return nil
  }
}
