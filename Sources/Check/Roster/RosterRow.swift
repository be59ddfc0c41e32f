/// What was ordered for one account: a row of the roster with everything spelled out.
///
/// A row of the file with several vaults becomes several of these. How a cell is spelled in a roster is the reader's concern.
package struct RosterRow: Sendable, Hashable {
  /// How the account is logged in.
  package enum Authentication: String, Sendable, Decodable, CaseIterable {
    case mfiles, windows, bearer
  }

  /// What was ordered.
  package enum Expectation: String, Sendable, CaseIterable {
    case allow, deny, any
  }

  /// The kind of licence that was ordered.
  package enum License: String, Sendable, CaseIterable {
    case none, named, concurrent, readonly
  }

  /// What the row is about at the server.
  package enum Target: Sendable, Hashable {
    /// The login alone.
    case account
    /// A vault by its GUID, `{UPPER-CASE}`.
    case vault(guid: String)
    /// A vault by its name.
    case vaultNamed(String)
    /// `*`: each vault that the server lists for the account.
    case everyVault
  }

  /// A field of SessionInfo and the value that was ordered.
  package struct Right: Sendable, Hashable {
    package var name: String
    package var isGranted: Bool

    package init(_ name: String, isGranted: Bool) {
      self.name = name
      self.isGranted = isGranted
    }
  }

  /// Unique in the roster: the `id` cell, else a hash of server, vault, account, auth and expect; never the position.
  package var id: String
  /// The file as it was named on the command line; `-` for standard input.
  package var file: String
  /// Counts the file's data rows from 1.
  package var row: Int
  /// The line in which the row begins, from 1.
  package var line: Int
  /// The address in front of `/REST`, as `BaseURL` writes it.
  package var server: String
  package var account: String
  package var auth = Authentication.mfiles
  package var domain: String?
  package var target = Target.account
  package var expect = Expectation.allow
  /// The vaults that the account may enter, no more and no fewer: GUIDs or names.
  package var vaults: [String]?
  /// Vaults that must be among those it may enter.
  package var vaultsMin: [String] = []
  /// Vaults that must not be among them.
  package var vaultsNot: [String] = []
  package var license: License?
  package var rights: [Right] = []
  package var isInternal: Bool?
  package var userID: Int64?
  package var tags: [String] = []
  /// The alias of its secret; nil: the connection settings have it.
  package var secret: String?
  /// The columns that mean nothing to us.
  package var meta: [String: String] = [:]

  package init(id: String, file: String, row: Int, line: Int, server: String, account: String) {
    self.id = id
    self.file = file
    self.row = row
    self.line = line
    self.server = server
    self.account = account
  }
}

/// Who is logged in, whatever the server: the unit of lock-out care, of proof and of shards.
package struct AccountKey: Sendable, Hashable {
  package var auth: RosterRow.Authentication
  /// In lower case: Windows does not tell them apart.
  package var domain: String?
  /// In lower case, for the same reason.
  package var account: String

  package init(_ row: RosterRow) { self.init(row.auth, domain: row.domain, account: row.account) }

  package init(_ auth: RosterRow.Authentication, domain: String?, account: String) {
    self.auth = auth
    self.domain = domain?.lowercased()
    self.account = account.lowercased()
  }
}
