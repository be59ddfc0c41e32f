import FoundationEssentials
import LuaKit
import MFWS

/// A session as Lua holds it.
final class SessionObject: LuaObject {
  static let luaClass = "session"
  let session: Session
  /// How it was logged in: "session", "token", "headers", "given token", "bearer", "oauth", "sso".
  let way: String
  /// Where the vaults go that the server tells of.
  let seen: SeenVaults

  init(_ session: Session, way: String, seen: SeenVaults) {
    self.session = session
    self.way = way
    self.seen = seen
  }

  var description: String {
    "session(\(session.user) at \(session.url), \(session.state.rawValue))"
  }

  /// A collected session cannot wait for its logout.
  deinit { session.close() }
}

extension SecretPaths {
  /// A list of vaults.
  static let vaults = SecretPaths(["*/Authentication"])
  /// One vault.
  static let vault = SecretPaths(["Authentication"])
  /// A list of ways to authenticate: OAuth plug-ins may bring the secret of the client.
  static func plugins(in list: [UInt8]) -> SecretPaths {
    let plugins = try? JSONText.decode([AuthenticationPlugin].self, list)
    let keys = Set((plugins ?? []).flatMap(\.secrets.keys)).union(["ClientSecret"]).sorted()
    return SecretPaths(keys.flatMap { ["*/Configuration/\($0)", "*/ConfigurationSource/\($0)"] })
  }
  /// A token.
  static let token = SecretPaths(["Value"])
  /// What a path in other words may lead to.
  private static let all = SecretPaths(["*/Authentication", "Authentication", "Value"])

  /// Where the answer of a resource has secrets: by resource, never by key alone, since `Value` is a user ID too.
  static func answer(of path: String, _ text: [UInt8]) -> SecretPaths {
    let resource = path.lowercased().prefix { $0 != "?" }.split(separator: "/").map { name in
      name.hasSuffix(".aspx") || name.hasSuffix(".ashx") ? name.dropLast(5) : name
    }.joined(separator: "/")
    if resource.contains("%") || resource == "mfws" { return all }
    switch resource {
    case "session", "session/vaults", "server/vaults": return vaults
    case "session/vault": return vault
    case "server/authenticationprotocols": return plugins(in: text)
    case "session/authenticationtoken", "server/authenticationtokens": return token
    default: return none
    }
  }
}
