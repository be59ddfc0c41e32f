import MFWS

/// A password that no description shows.
struct Password: Sendable, CustomStringConvertible, CustomReflectable {
  private let text: String

  init(_ text: String) {
    self.text = text
    UsedSecrets.note(text, as: "password")
  }

  var description: String { "•••" }
  var customMirror: Mirror { Mirror(self, children: []) }

  func matches(_ other: Password) -> Bool { text == other.text }
}

/// A document vault of the sandbox.
struct VaultSeed: Sendable, Hashable {
  let name: String
  let guid: GUID
}

/// What an account may do by its licence.
enum License: String, Sendable, CaseIterable {
  case none, named, concurrent, readonly

  /// `licenseType` of SessionInfo.
  var number: Int64 {
    switch self {
    case .none: 0
    case .named: 1
    case .concurrent: 2
    case .readonly: 3
    }
  }
  /// `licenseString` of SessionInfo.
  var label: String {
    switch self {
    case .none: "None"
    case .named: "Named"
    case .concurrent: "Concurrent"
    case .readonly: "ReadOnly"
    }
  }
  var allowsModifications: Bool { self == .named || self == .concurrent }
}

/// A login account of the sandbox.
struct Account: Sendable {
  var name: String
  var password: Password
  var domain: String?
  var isWindows = false
  var fullName = ""
  var userID: Int64 = 0
  var license = License.named
  var isAdmin = false
  var isInternal = true
  var isEnabled = true
  /// The vaults it may enter, in the seed's order.
  var vaults: [VaultSeed] = []
  /// What its SessionInfo says besides, or instead.
  var extra: [String: JSONValue] = [:]

  func vault(_ guid: GUID) -> VaultSeed? { vaults.first { $0.guid == guid } }

  /// Whether these credentials log this account in. Names and domains are compared without case.
  func accepts(_ login: Login) -> Bool {
    isEnabled && login.isWindows == isWindows && login.name.lowercased() == name.lowercased()
      && (!isWindows || login.domain?.lowercased() == domain?.lowercased())
      && password.matches(login.password)
  }
}
