import Glibc
import MFWS

/// The accounts that got in during an earlier run, each with its server and the alias of its secret: `--baseline`.
/// 16 bytes each.
///
/// The secrets themselves are not kept: whoever gives an alias another secret has to make another run.
package struct ProvedAccounts: Sendable {
  private struct Head: Decodable {
    var type: String
    var server: String?
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
      guard let auth = head.auth, let account = head.account, let server = head.server else {
        throw .damaged(path, line: lines.count)
      }
      let key = AccountKey(auth, domain: head.domain, account: account)
      hashes += [Self.hash(key, head.secret, server), Self.hash(key, head.secret, nil)]
    }
    hashes.sort()
    self.hashes = hashes
  }

  /// Whether the account got in, with the secret of that alias.
  ///
  /// - Parameter server: the only one where the alias stands for the secret; nil: it does so everywhere.
  package func contains(_ account: AccountKey, secret: String?, server: String?) -> Bool {
    let hash = Self.hash(account, secret, server)
    var range = 0..<hashes.count
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound) / 2
      if hashes[middle] == hash { return true }
      range = hashes[middle] > hash ? range.lowerBound..<middle : middle + 1..<range.upperBound
    }
    return false
  }

  private static func hash(_ account: AccountKey, _ secret: String?, _ server: String?) -> UInt64 {
    var key = JSONLine()
    key.array(nil, [account.auth.rawValue, account.domain, account.account, secret, server]) { line, part in
      line.value(nil, part.map { .string($0) } ?? .null)
    }
    return ShortHash.of(key.bytes)
  }
}
