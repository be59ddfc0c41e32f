import HTTP
import MFWS

/// What one source says about a key.
enum SettingValue: Sendable, Equatable {
  case text(String)
  case flag(Bool)
  case number(Double)
  case list([String])
  case secret(LazySecret)
  case aliases([SecretAlias])
}

/// What one source says.
package struct SettingValues: Sendable, Equatable {
  private var values: [SettingKey: SettingValue] = [:]

  package init() {}

  subscript(key: SettingKey) -> SettingValue? {
    get { values[key] }
    set { values[key] = newValue }
  }

  /// What an option says: the last one wins, but lists grow.
  mutating func add(_ value: SettingValue, to key: SettingKey) {
    if case .list(let old)? = values[key], case .list(let new) = value {
      values[key] = .list(old + new)
    } else {
      values[key] = value
    }
  }

  var keys: Set<SettingKey> { Set(values.keys) }

  /// The text of a key that has one.
  package subscript(text key: SettingKey) -> String? {
    get { if case .text(let text)? = values[key] { text } else { nil } }
    set { values[key] = newValue.map(SettingValue.text) }
  }

  subscript(flag key: SettingKey) -> Bool? {
    get { if case .flag(let value)? = values[key] { value } else { nil } }
    set { values[key] = newValue.map(SettingValue.flag) }
  }

  /// The aliases of `secrets`.
  var aliases: [SecretAlias] {
    if case .aliases(let aliases)? = values[.secrets] { aliases } else { [] }
  }

  subscript(secret key: SettingKey) -> LazySecret? {
    if case .secret(let secret)? = values[key] { secret } else { nil }
  }
}

/// Where a secret is. It is had when it is needed; a program for it runs once.
final class LazySecret: Sendable, Equatable {
  enum Place: Sendable {
    case value(Secret)
    case variable(String)
    case file(String)
    /// A program and its arguments.
    case command([String])
    /// A question on the terminal.
    case question
  }
  let place: Place
  private let kept = Locked<Secret?>(nil)

  init(_ place: Place) { self.place = place }

  convenience init(_ secret: Secret) { self.init(.value(secret)) }

  /// - Parameter ask: asks on the terminal.
  /// - Throws: `client.secret`, and what `ask` throws.
  func get(ask: () throws -> Secret) throws -> Secret {
    switch place {
    case .value(let secret): return secret
    case .variable(let name): return try TakenEnvironment.shared.secret(name)
    case .file(let path): return try SecretSource.file(path)
    case .question: return try ask()
    case .command(let words):
      if let secret = kept.withLock({ $0 }) { return secret }
      let secret = try SecretSource.command(words)
      kept.withLock { $0 = secret }
      return secret
    }
  }

  static func == (one: LazySecret, other: LazySecret) -> Bool { one === other }
}
