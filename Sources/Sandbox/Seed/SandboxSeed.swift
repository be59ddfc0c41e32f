internal import FoundationEssentials
import MFWS

/// The vaults and accounts of a sandbox.
///
/// As JSON, all keys in lower_snake_case:
/// ```json
/// {
///   "vaults": [ {"name": "Sales", "guid": "{0A1B2C3D-0000-4000-8000-000000000001}"} ],
///   "accounts": [
///     {"name": "jo", "password": "…", "full_name": "Jo Doe", "user_id": 7, "license": "named",
///      "vaults": ["Sales"]},
///     {"name": "ann", "password": "…", "windows": true, "domain": "CORP", "admin": true, "vaults": "*"}
///   ]
/// }
/// ```
/// Of an account `name`, `password` and `vaults` are needed. `vaults` is `"*"` or a list of names and GUIDs; a name
/// that several vaults bear must be given as a GUID. The others with their defaults: `full_name` (the name),
/// `user_id` (the position, from 1), `license` (`"named"`; or `"concurrent"`, `"readonly"`, `"none"`), `admin`
/// (false), `internal` (true), `enabled` (true), `windows` (false; true needs `domain`), `domain` (none), `extra` (an
/// object whose fields its SessionInfo has besides, or instead of its own).
///
/// `plugins` are the ways to log in that the server offers besides its own, each with a `name` and, for a bearer token
/// to be worth anything, `userinfo` (the address where the provider tells who a token belongs to; the field
/// `account_claim`, `preferred_username` unless told, names the account) or `bearers` (an object from tokens to account
/// names, for tests without a provider). What clients are told: `is_default` (false), `assembly_name`
/// (`"MFiles.AuthenticationProviders.OAuth"`), `bridge_class_name`, `protocol` (both empty), `is_scope_independent`
/// (true; with false `vaults` says which vaults offer it), `configuration` and `configuration_source` (any objects,
/// passed on unchanged). `preshared_key` is the pre-shared key that every request must then bear.
public struct SandboxSeed: Sendable {
  let vaults: [VaultSeed]
  let accounts: [Account]
  let plugins: [Plugin]
  let presharedKey: Password?
  let isStandard: Bool

  /// Five vaults and eight accounts, password `demo` throughout: `admin`, `editor`, `reader`, `concurrent`,
  /// `external`, `winuser` (domain `SANDBOX`), `novault` and `leaver` (disabled).
  public static let standard: SandboxSeed = {
    guard let read = try? SandboxSeed(json: Array(standardJSON.utf8)) else {
      // Not reached: a test reads the text.
      return SandboxSeed(vaults: [], accounts: [], isStandard: true)
    }
    return SandboxSeed(vaults: read.vaults, accounts: read.accounts, isStandard: true)
  }()

  /// Reads a seed.
  ///
  /// Throws: an error that names the place, such as `accounts[2].license`, when the text is no JSON or not as
  /// documented above. Unknown keys are errors that name the nearest known key.
  public init(json: [UInt8]) throws(SandboxError) {
    let root = try NamedFields(
      Self.parse(json), at: "", known: ["vaults", "accounts", "plugins", "preshared_key"])
    vaults = try Self.readVaults(root)
    accounts = try Self.readAccounts(root, vaults: vaults)
    plugins = try Self.readPlugins(root, vaults: vaults)
    presharedKey = root.has("preshared_key") ? Password(try root.name("preshared_key")) : nil
    isStandard = false
  }

  private init(vaults: [VaultSeed], accounts: [Account], isStandard: Bool) {
    self.vaults = vaults
    self.accounts = accounts
    plugins = []
    presharedKey = nil
    self.isStandard = isStandard
  }

  /// The decoder's own words are left out: they may quote the file, and so a password.
  private static func parse(_ json: [UInt8]) throws(SandboxError) -> JSONValue {
    do {
      return try JSONDecoder().decode(JSONValue.self, from: Data(json))
    } catch {
      throw SandboxError(
        .seed, "the seed is not valid JSON; look for a missing or needless comma, quote or bracket")
    }
  }
}
