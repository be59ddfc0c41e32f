internal import FoundationEssentials
import MFWS

/// Credentials as a client sent them.
struct Login: Sendable {
  var name: String
  var password: Password
  var domain: String?
  var isWindows = false
}

/// The web service's Authentication structure, as far as the sandbox looks at it.
struct AuthenticationBody {
  let login: Login
  /// The vault to enter at once. `.some(nil)`: one was given that is no GUID, and so no vault.
  let vault: GUID??
  let expires: Double?
  let sessionID: String?
  let isReadOnly: Bool

  init(_ body: RequestFields) throws(Refusal) {
    login = Login(
      name: try body.text("Username") ?? "", password: Password(try body.text("Password") ?? ""),
      domain: try body.text("Domain"), isWindows: try body.flag("WindowsUser"))
    vault = try body.text("VaultGuid").flatMap { $0.isEmpty ? nil : .some(GUID($0)) }
    expires = try Self.expiration(body)
    sessionID = try body.text("SessionID").flatMap { $0.isEmpty ? nil : $0 }
    isReadOnly = try body.flag("ReadOnly")
  }

  private static func expiration(_ body: RequestFields) throws(Refusal) -> Double? {
    guard let text = try body.text("Expiration") else { return nil }
    guard let moment = Timestamp.parse(text) else {
      throw Refusal.invalid("Expiration is not an ISO 8601 date and time.")
    }
    return moment
  }
}

/// A JSON object from a client, whose keys bind without regard to case.
struct RequestFields {
  private let fields: [String: JSONValue]

  init(_ body: [UInt8]) throws(Refusal) {
    guard let object = try? JSONDecoder().decode(JSONValue.self, from: Data(body)).object else {
      throw Refusal.invalid("The request body is not a JSON object.")
    }
    fields = Dictionary(object.map { ($0.key.lowercased(), $0.value) }) { _, last in last }
  }

  /// A string; nil when missing or null.
  func text(_ key: String) throws(Refusal) -> String? {
    switch fields[key.lowercased()] {
    case nil, .null: return nil
    case .string(let text): return text
    default: throw Refusal.invalid("\(key) must be a string.")
    }
  }

  /// A bool; false when missing or null.
  func flag(_ key: String) throws(Refusal) -> Bool {
    switch fields[key.lowercased()] {
    case nil, .null: return false
    case .bool(let flag): return flag
    default: throw Refusal.invalid("\(key) must be true or false.")
    }
  }
}
