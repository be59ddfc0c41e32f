import MFWS

/// Reads a record as what it orders.
struct RowReading {
  private let settings: RosterSettings
  private let meta: [String: String]
  private var values: CellValues

  /// The rows of a record, one for each of its vaults, or all that is wrong with it.
  ///
  /// - Parameter place: file, row and line of the record.
  static func rows(
    _ values: CellValues, _ meta: [String: String], _ settings: RosterSettings,
    place: (file: String, row: Int, line: Int)
  ) -> (rows: [RosterRow], faults: [RecordFault]) {
    var reading = RowReading(settings: settings, meta: meta, values: values)
    let rows = reading.rows(place)
    return reading.values.faults.isEmpty ? (rows, []) : ([], reading.values.faults)
  }

  private mutating func rows(_ place: (file: String, row: Int, line: Int)) -> [RosterRow] {
    var row = RosterRow(
      id: "", file: place.file, row: place.row, line: place.line, server: server() ?? "",
      account: values.text(.account) ?? "")
    readAccount(&row)
    row.expect = values.word(.expect, RosterRow.Expectation.self) ?? .allow
    row.license = values.word(.license, RosterRow.License.self)
    row.isInternal = values.flag(.internal)
    row.userID = values.number(.userID)
    row.tags = unique(values.list(.tags, isEnd: \.properties.isWhitespace) ?? [], .tags).sorted()
    row.secret = secret()
    row.meta = meta
    readVaults(&row)
    let targets = targets()
    row.rights = rights(hasVault: targets != [.account])
    return identified(row, targets)
  }

  private mutating func identified(_ row: RosterRow, _ targets: [RosterRow.Target]) -> [RosterRow] {
    let id = values.text(.id, takesIntegers: true)
    return targets.map { target in
      var row = row
      row.target = target
      row.id = id.map { targets.count == 1 ? $0 : "\($0)/\(target.spelling)" } ?? row.derivedID
      return row
    }
  }

  // MARK: - Who and where

  private mutating func server() -> String? {
    guard let text = values.text(.server) else { return settings.server }
    do {
      let server = try BaseURL(text).description
      if server == settings.server || settings.allowedServers.contains(server) { return server }
      values.note(
        .server, "the server \(Quoted(server)) is not allowed: add --allow-server \(server) if it should be")
    } catch {
      values.note(.server, "server: \(error.message)")
    }
    return nil
  }

  /// Windows accounts may be written `DOMAIN\account`.
  private mutating func readAccount(_ row: inout RosterRow) {
    row.auth = values.word(.auth, RosterRow.Authentication.self) ?? settings.auth
    row.domain = values.text(.domain)
    guard row.auth == .windows else {
      if row.domain != nil { values.note(.domain, "domain is of Windows accounts: write windows under auth") }
      return
    }
    let parts = row.account.split(separator: "\\", omittingEmptySubsequences: false)
    if parts.count == 1 {
      row.domain = row.domain ?? settings.domain
    } else if parts.count > 2 || parts.contains("") {
      values.note(.account, "a Windows account is written account or DOMAIN\\account")
    } else if let domain = row.domain, domain.lowercased() != parts[0].lowercased() {
      values.note(.domain, "account names the domain \(Quoted(parts[0])): leave one of them out")
    } else {
      row.domain = row.domain ?? String(parts[0])
      row.account = String(parts[1])
    }
  }

  private mutating func secret() -> String? {
    guard let name = values.text(.secret) else { return nil }
    if settings.aliases.contains(name) { return name }
    let known = settings.aliases.sorted()
    let others = known.isEmpty ? "" : ", or name one of \(known.joined(separator: ", "))"
    let remedy =
      nearest(to: name, in: known).map { "did you mean \($0)?" }
      ?? "add --secret NAME=prompt with that name" + others
    // It is not repeated: somebody may have written a password there.
    values.note(.secret, "no --secret has the name that stands here under secret: \(remedy)", once: name)
    return nil
  }

  // MARK: - Vaults

  private mutating func targets() -> [RosterRow.Target] {
    guard let names = values.list(.vault), !names.isEmpty else { return [.account] }
    let targets = unique(vaults(names, .vault), .vault).map { name -> RosterRow.Target in
      if name == "*" { return .everyVault }
      return GUID(name) == nil ? .vaultNamed(name) : .vault(guid: name)
    }
    if targets.count > 1, targets.contains(.everyVault) {
      values.note(.vault, "vault has * beside other vaults: * alone means each one")
    }
    return targets
  }

  private mutating func readVaults(_ row: inout RosterRow) {
    row.vaults = values.list(.vaults).map { vaultSet($0, .vaults) }
    row.vaultsMin = vaultSet(values.list(.vaultsMin) ?? [], .vaultsMin)
    row.vaultsNot = vaultSet(values.list(.vaultsNot) ?? [], .vaultsNot)
    let wanted = (row.vaults ?? []) + row.vaultsMin
    if let vault = row.vaultsNot.first(where: wanted.contains) {
      values.note(.vaultsNot, "\(Quoted(vault)) is ordered and forbidden at once: leave one out")
    }
  }

  private mutating func vaultSet(_ names: [String], _ column: RosterColumn) -> [String] {
    let vaults = vaults(names, column)
    if vaults.contains("*") { values.note(column, "\(column.rawValue) takes GUIDs and names, not *") }
    // Several vaults may have one name.
    _ = unique(vaults.filter { GUID($0) != nil || column != .vaults }, column)
    return vaults.sorted()
  }

  /// GUIDs in the spelling of the web service.
  private mutating func vaults(_ names: [String], _ column: RosterColumn) -> [String] {
    names.map { name in
      if let guid = GUID(name) { return guid.description }
      if name.hasPrefix("{"), name.hasSuffix("}") {
        values.note(column, "\(Quoted(name)) is no GUID: it has 32 digits, 0 to 9 and A to F")
      }
      return name
    }
  }

  private mutating func unique(
    _ texts: [String], _ column: RosterColumn, by key: (String) -> String = { $0 }
  ) -> [String] {
    var seen: Set<String> = []
    if let twice = texts.first(where: { !seen.insert(key($0)).inserted }) {
      values.note(column, "\(column.rawValue) has \(Quoted(twice)) twice: take one out")
    }
    return texts
  }

  // MARK: - Rights

  private mutating func rights(hasVault: Bool) -> [RosterRow.Right] {
    let words = values.list(.rights, isEnd: \.properties.isWhitespace) ?? []
    guard !words.isEmpty else { return [] }
    guard hasVault else {
      values.note(.rights, "rights are those in a vault: name one under vault, or * for each")
      return []
    }
    let rights = words.compactMap { right($0) }
    _ = unique(rights.map(\.name), .rights) { $0.lowercased() }
    return rights.sorted { $0.name < $1.name }
  }

  private mutating func right(_ word: String) -> RosterRow.Right? {
    let name = word.dropFirst()
    guard let sign = word.first, sign == "+" || sign == "-", let first = name.utf8.first,
      Self.isLetter(first), name.utf8.allSatisfy({ Self.isLetter($0) || (0x30...0x39).contains($0) })
    else {
      values.note(
        .rights, "the right \(Quoted(word)) must be written like +CanSeeAllObjects or -CanDestroyObjects")
      return nil
    }
    if let known = RightNames.spelling(of: String(name)) {
      return RosterRow.Right(known, isGranted: sign == "+")
    }
    if let meant = RightNames.meant(by: String(name)) {
      values.note(.rights, "the right \(Quoted(name)) is unknown: did you mean \(sign)\(meant)?")
      return nil
    }
    return RosterRow.Right(String(name), isGranted: sign == "+")
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
}
