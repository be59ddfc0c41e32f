import MFWS
import Sandbox

/// One option: everything that parsing, help texts, completions and the manual page say about it.
package struct OptionSpec: Sendable {
  typealias Effect = @Sendable (inout ParsedCommandLine, String) throws(UsageError) -> Void

  /// The long name with its dashes, or the only one: `--user`, `-e`.
  package let name: String
  /// The letter of the short form.
  package let letter: Character?
  /// The value's placeholder; nil for a flag.
  package let value: String?
  package let help: String
  package let group: OptionGroup
  /// What it says about the connection.
  var setting: SettingKey?
  /// The words that its value can be; empty when it can be anything.
  var choices: [String] = []
  /// Whether a second one adds to the first.
  var isRepeatable = false
  let effect: Effect

  /// The option as one that says something about a connection setting, in a way of its own.
  func about(_ key: SettingKey) -> OptionSpec {
    var spec = self
    spec.setting = key
    return spec
  }

  /// The option with a list of what its value is mostly; it takes others too.
  func mostly(_ words: [String]) -> OptionSpec {
    var spec = self
    spec.choices = words
    return spec
  }
}

/// The headings of the help text, in its order.
package enum OptionGroup: String, Sendable, CaseIterable {
  case roster = "Roster"
  case rules = "Rules"
  case pace = "Pace"
  case server = "Server"
  case login = "Login"
  case password = "Password"
  case connection = "Connection"
  case running = "Running"
  case request = "Request"
  case output = "Output"
  case sandbox = "Sandbox"
  case general = "General"
}

extension OptionGroup {
  typealias Target<Value> = WritableKeyPath<ParsedCommandLine, Value> & Sendable

  func flag(
    _ name: String, letter: Character? = nil, _ target: any Target<Bool>, _ help: String
  ) -> OptionSpec {
    option(name, letter, nil, help) { parsed, _ in parsed[keyPath: target] = true }
  }

  func text(
    _ name: String, letter: Character? = nil, _ value: String, _ target: any Target<String?>, _ help: String
  ) -> OptionSpec {
    option(name, letter, value, help) { parsed, text in parsed[keyPath: target] = text }
  }

  /// What a connection setting is; its key tells what values look like.
  func setting(
    _ name: String, letter: Character? = nil, _ key: SettingKey, _ help: String
  ) -> OptionSpec {
    var spec = option(name, letter, key.placeholder, help) { parsed, text throws(UsageError) in
      if key.holdsName, text.contains(":") { throw .passwordBehindName(name) }
      do throws(SettingProblem) {
        try parsed.settings.connection.add(key.read(option: text), to: key)
      } catch {
        throw .badValue(name, text, needs: error.message, example: key.example(for: text))
      }
    }
    spec.setting = key
    if case .choice(let words) = key.kind { spec.choices = words }
    spec.isRepeatable = key.kind == .addresses
    return spec
  }

  /// A flag that gives a connection setting one of its values.
  func flag(_ name: String, _ key: SettingKey, _ value: SettingValue, _ help: String) -> OptionSpec {
    var spec = option(name, nil, nil, help) { parsed, _ in parsed.settings.connection[key] = value }
    spec.setting = key
    return spec
  }

  func word(_ name: String, _ value: String, _ target: any Target<String>, _ help: String) -> OptionSpec {
    option(name, nil, value, help) { parsed, text in parsed[keyPath: target] = text }
  }

  func url(_ name: String, _ key: SettingKey, refusal: UsageError, _ help: String) -> OptionSpec {
    var spec = option(name, nil, "URL", help) { parsed, text throws(UsageError) in
      guard !AddressCheck.holdsPassword(text) else { throw refusal }
      parsed.settings.connection[text: key] = text
    }
    spec.setting = key
    return spec
  }

  func list(
    _ name: String, letter: Character? = nil, _ value: String, _ target: any Target<[String]>, _ help: String
  ) -> OptionSpec {
    var spec = option(name, letter, value, help) { parsed, text in parsed[keyPath: target].append(text) }
    spec.isRepeatable = true
    return spec
  }

  func number(
    _ name: String, value: String = "N", in range: ClosedRange<Int>, example: String,
    _ target: any Target<Int>, _ help: String
  ) -> OptionSpec {
    option(name, nil, value, help) { parsed, text throws(UsageError) in
      parsed[keyPath: target] = try Self.whole(text, of: name, in: range, example: example)
    }
  }

  private static func whole(
    _ text: String, of name: String, in range: ClosedRange<Int>, example: String
  ) throws(UsageError) -> Int {
    if let number = Int(text), range.contains(number) { return number }
    let needs = "a whole number from \(range.lowerBound) to \(range.upperBound)"
    throw .badValue(name, text, needs: needs, example: example)
  }

  func number(
    _ name: String, in range: ClosedRange<Int>, example: String, _ target: any Target<Int?>, _ help: String
  ) -> OptionSpec {
    option(name, nil, "N", help) { parsed, text throws(UsageError) in
      parsed[keyPath: target] = try Self.whole(text, of: name, in: range, example: example)
    }
  }

  /// `--fault`: a wrong one is told at once, with its place.
  func faults(_ name: String, _ target: any Target<[Fault]>, _ help: String) -> OptionSpec {
    var spec = option(name, nil, "SPEC", help) { parsed, text throws(UsageError) in
      do throws(SandboxError) {
        parsed[keyPath: target].append(try Fault(text))
      } catch {
        throw UsageError("--\(error)")
      }
    }
    spec.isRepeatable = true
    return spec
  }

  func choice<Value: RawRepresentable<String> & CaseIterable & SendableMetatype>(
    _ name: String, letter: Character? = nil, value: String? = nil, _ target: any Target<Value>,
    _ help: String
  ) -> OptionSpec {
    let words = Value.allCases.map(\.rawValue)
    var spec = option(name, letter, value ?? words.joined(separator: "|"), help) {
      parsed, text throws(UsageError) in
      parsed[keyPath: target] = try Self.choice(text, of: name)
    }
    spec.choices = words
    return spec
  }

  func choice<Value: RawRepresentable<String> & CaseIterable & SendableMetatype>(
    _ name: String, letter: Character? = nil, _ target: any Target<Value?>, _ help: String
  ) -> OptionSpec {
    let words = Value.allCases.map(\.rawValue)
    var spec = option(name, letter, words.joined(separator: "|"), help) {
      parsed, text throws(UsageError) in
      parsed[keyPath: target] = try Self.choice(text, of: name)
    }
    spec.choices = words
    return spec
  }

  private static func choice<Value: RawRepresentable<String> & CaseIterable>(
    _ text: String, of name: String
  ) throws(UsageError) -> Value {
    if let value = Value(rawValue: text) { return value }
    let words = Value.allCases.map(\.rawValue)
    throw .badValue(
      name, text, needs: "one of \(words.joined(separator: ", "))",
      example: nearest(to: text, in: words) ?? words[0])
  }

  /// A value that `read` makes of the text; nil: it cannot be one.
  func value<Value>(
    _ name: String, _ placeholder: String, _ target: any Target<Value?>, _ help: String, needs: String,
    example: String, _ read: @escaping @Sendable (String) -> Value?
  ) -> OptionSpec {
    option(name, nil, placeholder, help) { parsed, text throws(UsageError) in
      guard let value = read(text) else { throw .badValue(name, text, needs: needs, example: example) }
      parsed[keyPath: target] = value
    }
  }

  /// A list of what `read` makes of each text.
  func parsed<Value>(
    _ name: String, letter: Character? = nil, _ placeholder: String, _ target: any Target<[Value]>,
    _ help: String, _ read: @escaping @Sendable (String) throws(UsageError) -> Value
  ) -> OptionSpec {
    var spec = option(name, letter, placeholder, help) { parsed, text throws(UsageError) in
      parsed[keyPath: target].append(try read(text))
    }
    spec.isRepeatable = true
    return spec
  }

  private func option(
    _ name: String, _ letter: Character?, _ value: String?, _ help: String,
    effect: @escaping OptionSpec.Effect
  ) -> OptionSpec {
    OptionSpec(name: name, letter: letter, value: value, help: help, group: self, effect: effect)
  }
}

extension SettingKey {
  /// What stands for the value in help texts; nil for a flag.
  fileprivate var placeholder: String? {
    switch kind {
    case .flag, .scheme: nil
    case .seconds: "S"
    case .number: "N"
    case .file: self == .capath ? "FOLDER" : "FILE"
    case .hosts: "LIST"
    case .addresses: "HOST:PORT:ADDRESS"
    case .choice(let words): words.joined(separator: "|")
    default: self == .vault ? "VAULT" : "NAME"
    }
  }

  /// A name behind which people write a password, as curl takes it.
  fileprivate var holdsName: Bool { self == .user || self == .proxyUser }

  fileprivate func example(for text: String) -> String {
    switch kind {
    case .choice(let words): nearest(to: text, in: words) ?? words[0]
    case .seconds: "30"
    case .addresses: "mfiles.example.com:443:127.0.0.1"
    default: "2"
    }
  }
}
