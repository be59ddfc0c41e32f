import Glibc
import MFWS

/// The accounts that got in during an earlier run, each with the alias of its secret: `--baseline`. 8 bytes each.
package struct ProvedAccounts: Sendable {
  private struct Head: Decodable {
    var type: String
    var auth: RosterRow.Authentication?
    var domain: String?
    var account: String?
    var secret: String?
    var code: String?
  }

  private let hashes: [UInt64]

  /// Reads the journal at `path`.
  package init(_ path: String) throws(JournalError) {
    let file = try JournalFile(path, O_RDONLY)
    var lines = JournalLines(file)
    var hashes: [UInt64] = []
    while let (_, line) = try lines.next() {
      guard let head: Head = JournalRecord.value(Array(line)) else { throw .damaged(path, line: lines.count) }
      // A vault that refuses an account lets it in first.
      guard head.type == "result", head.code == "allowed" || head.code == "denied.vault" else { continue }
      guard let auth = head.auth, let account = head.account else { throw .damaged(path, line: lines.count) }
      hashes.append(Self.hash(AccountKey(auth, domain: head.domain, account: account), head.secret))
    }
    hashes.sort()
    self.hashes = hashes
  }

  /// Whether the account got in, with the secret of that alias.
  package func contains(_ account: AccountKey, secret: String?) -> Bool {
    let hash = Self.hash(account, secret)
    var range = 0..<hashes.count
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound) / 2
      if hashes[middle] == hash { return true }
      range = hashes[middle] > hash ? range.lowerBound..<middle : middle + 1..<range.upperBound
    }
    return false
  }

  private static func hash(_ account: AccountKey, _ secret: String?) -> UInt64 {
    var key = JSONLine()
    key.array(nil, [account.auth.rawValue, account.domain, account.account, secret]) { line, part in
      line.value(nil, part.map { .string($0) } ?? .null)
    }
    return ShortHash.of(key.bytes)
  }
}
