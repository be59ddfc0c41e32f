import HTTP
import LuaKit
import MFWS

/// A named set of connection settings, from the file of profiles.
package struct Profile: Sendable {
  package let name: String
  let values: SettingValues
}

/// The file of profiles, or what was asked of it, cannot be used. Ends the program with `ExitStatus.configuration`.
package struct ProfileError: Error, CustomStringConvertible {
  /// What is wrong and what to do about it; never a secret.
  package let description: String

  init(_ message: String) { description = message }
}

/// Makes profiles of the tables of the file.
struct ProfileReading {
  /// For messages.
  let path: String
  /// Where relative paths begin.
  let folder: String
  /// Whether the file may hold secrets themselves: nobody else can read it.
  let isPrivate: Bool

  func profiles(_ value: LuaValue) throws(ProfileError) -> [Profile] {
    guard case .table(let fields) = value else {
      throw ProfileError(
        "\(path): it must return profiles by their names: return { prod = { url = \"https://host\" } }")
    }
    var profiles: [Profile] = []
    for field in fields { profiles.append(try profile(field.key, field.value)) }
    return profiles
  }

  private func profile(_ name: String, _ value: LuaValue) throws(ProfileError) -> Profile {
    guard case .table(let fields) = value else {
      throw ProfileError("\(path): the profile \(name) must be a table: \(name) = { url = \"https://host\" }")
    }
    var values = SettingValues()
    for field in fields {
      guard let key = SettingKey(rawValue: field.key) else { throw unknown(field.key, in: name) }
      values[key] = try setting(key, field.value, in: name)
    }
    try checkAddresses(values, of: name)
    return Profile(name: name, values: values)
  }

  private func unknown(_ key: String, in name: String) -> ProfileError {
    let near = nearest(to: key, in: SettingKey.allCases.map(\.rawValue))
    let remedy = near.map { "did you mean \($0)?" } ?? "mfsh help profiles lists the keys"
    return ProfileError("\(path): the profile \(name) has an unknown key \(key); \(remedy)")
  }

  private func setting(
    _ key: SettingKey, _ value: LuaValue, in name: String
  ) throws(ProfileError) -> SettingValue {
    if key.kind == .secret { return .secret(try secret(key.rawValue, value, in: name)) }
    if key.kind == .aliases { return .aliases(try aliases(key, value, in: name)) }
    do {
      let setting = try key.read(value)
      if key.kind == .file, case .text(let path) = setting { return .text(absolute(path)) }
      return setting
    } catch {
      throw ProfileError("\(path): the profile \(name): \(error.message)")
    }
  }

  /// Without an address a secret would go anywhere.
  private func checkAddresses(_ values: SettingValues, of name: String) throws(ProfileError) {
    if values[.url] == nil, !values.aliases.isEmpty {
      throw ProfileError(
        "\(path): the profile \(name) has secrets but no url that they belong to; add url")
    }
    if values[.url] == nil,
      let key = SettingKey.allCases.first(where: { $0.isCredential && values[$0] != nil })
    {
      throw ProfileError(
        "\(path): the profile \(name) has a \(key.rawValue) but no url that it belongs to; add url")
    }
    if values[.proxy] == nil, values[.proxyPassword] != nil {
      throw ProfileError(
        "\(path): the profile \(name) has a proxy_password but no proxy that it belongs to; add proxy")
    }
  }

  // MARK: secrets

  private static let forms =
    #"{ command = {"pass", "name"} }, { file = "…" }, { env = "NAME" } or { ask = true }"#

  /// The secrets that rosters name. A command among them is asked for one account after the other.
  private func aliases(
    _ key: SettingKey, _ value: LuaValue, in name: String
  ) throws(ProfileError) -> [SecretAlias] {
    guard case .table(let fields) = value else {
      throw ProfileError("\(path): the profile \(name): \(key.rawValue) must be \(key.expected)")
    }
    var aliases: [SecretAlias] = []
    for field in fields {
      guard SecretAlias.isName(field.key) else {
        throw ProfileError(
          "\(path): the profile \(name): the name of a secret is made of letters, digits, _ - and .")
      }
      let secret = try secret("\(key.rawValue).\(field.key)", field.value, in: name)
      aliases.append(SecretAlias(name: field.key, source: .init(secret)))
    }
    return aliases
  }

  private func secret(
    _ key: String, _ value: LuaValue, in name: String
  ) throws(ProfileError) -> LazySecret {
    switch value {
    case .string(let text): return LazySecret(try literal(Secret(text), key, name))
    case .bytes(let bytes): return LazySecret(try literal(Secret(bytes: bytes), key, name))
    case .table(let fields) where fields.count == 1:
      if let place = place(fields[0].key, fields[0].value) { return LazySecret(place) }
    default: break
    }
    throw ProfileError("\(path): the profile \(name): \(key) must be \(Self.forms)")
  }

  private func literal(_ secret: Secret, _ key: String, _ name: String) throws(ProfileError) -> Secret {
    guard isPrivate else {
      throw ProfileError(
        "\(path): others can read the \(key) of the profile \(name): chmod 600 \(path), or write \(Self.forms)"
      )
    }
    return secret
  }

  private func place(_ form: String, _ value: LuaValue) -> LazySecret.Place? {
    switch (form, value) {
    case ("command", .array(let values)):
      let words = values.compactMap { if case .string(let word) = $0 { word } else { nil } }
      return words.count == values.count ? .command(words) : nil
    case ("file", .string(let path)): return .file(absolute(path))
    case ("env", .string(let name)): return .variable(name)
    case ("ask", .bool(true)): return .question
    default: return nil
    }
  }

  private func absolute(_ path: String) -> String {
    if path.hasPrefix("/") { return path }
    if path.hasPrefix("~/"), let home = Environment.value("HOME") { return home + path.dropFirst() }
    return "\(folder)/\(path)"
  }
}
