import MFWS

/// Equal results that are not as ordered, taken together: one list of things to do instead of many.
struct ResultGroup {
  /// The places of the first ones, in the order of the ids.
  var examples: [Int]
  var count: Int
}

extension Journal {
  static let exampleLimit = 5
  /// Rows that equal none of the first groups stay alone, so that memory has a bound.
  static let groupLimit = 16_384

  /// Finds the groups and notes in each entry to which it belongs; does so once.
  func groups() throws(JournalError) -> [ResultGroup] {
    if let foundGroups { return foundGroups }
    var groups: [ResultGroup] = []
    var numbers: [UInt64: Int] = [:]
    for index in entries.indices where status(at: index) != .pass {
      let signature = try result(at: index).groupSignature
      if let number = numbers[signature] {
        if groups[number].count < Self.exampleLimit { groups[number].examples.append(index) }
        groups[number].count += 1
        entries[index].group = UInt32(number + 1)
      } else if groups.count < Self.groupLimit {
        numbers[signature] = groups.count
        groups.append(ResultGroup(examples: [index], count: 1))
        entries[index].group = UInt32(groups.count)
      }
    }
    foundGroups = groups
    return groups
  }

  /// The number of a row's group in `groups()`; nil: it stands alone.
  func group(at index: Int) -> Int? {
    entries[index].group == 0 ? nil : Int(entries[index].group) - 1
  }
}

extension RowResult {
  /// Equal for rows that differ in the same way, or that have the same cause for having no answer.
  fileprivate var groupSignature: UInt64 {
    var line = JSONLine()
    line.array(nil, [status.rawValue, code, server, waiver?.reason ?? ""]) { $0.text(nil, $1) }
    let isAnswer = status == .diff || waiver?.was == .diff
    if isAnswer { line.text(nil, vault?.label ?? "") }
    line.array(nil, findings) { line, finding in
      var finding = finding
      // What was ordered besides does not matter where single things are missing.
      if !finding.missing.isEmpty || !finding.extra.isEmpty {
        (finding.expected, finding.actual) = (.null, .null)
      }
      finding.write(to: &line)
    }
    return ShortHash.of(line.bytes)
  }
}
