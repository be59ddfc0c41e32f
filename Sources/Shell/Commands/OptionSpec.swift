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
  let effect: Effect
}

/// The headings of the help text, in its order.
package enum OptionGroup: String, Sendable, CaseIterable {
  case server = "Server"
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

  func word(_ name: String, _ value: String, _ target: any Target<String>, _ help: String) -> OptionSpec {
    option(name, nil, value, help) { parsed, text in parsed[keyPath: target] = text }
  }

  func url(
    _ name: String, _ target: any Target<String?>, refusal: UsageError, _ help: String
  ) -> OptionSpec {
    option(name, nil, "URL", help) { parsed, text throws(UsageError) in
      guard !AddressCheck.holdsPassword(text) else { throw refusal }
      parsed[keyPath: target] = text
    }
  }

  func list(
    _ name: String, letter: Character? = nil, _ value: String, _ target: any Target<[String]>, _ help: String
  ) -> OptionSpec {
    option(name, letter, value, help) { parsed, text in parsed[keyPath: target].append(text) }
  }

  func seconds(_ name: String, _ target: any Target<Double?>, _ help: String) -> OptionSpec {
    option(name, nil, "S", help) { parsed, text throws(UsageError) in
      guard let seconds = Double(text), seconds.isFinite, seconds > 0 else {
        throw .badValue(name, text, needs: "a number of seconds above 0", example: "30")
      }
      parsed[keyPath: target] = seconds
    }
  }

  func number(
    _ name: String, in range: ClosedRange<Int>, example: String, _ target: any Target<Int>, _ help: String
  ) -> OptionSpec {
    option(name, nil, "N", help) { parsed, text throws(UsageError) in
      guard let number = Int(text), range.contains(number) else {
        let needs = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        throw .badValue(name, text, needs: needs, example: example)
      }
      parsed[keyPath: target] = number
    }
  }

  func choice<Value: RawRepresentable<String> & CaseIterable & SendableMetatype>(
    _ name: String, letter: Character? = nil, _ target: any Target<Value>, _ help: String
  ) -> OptionSpec {
    let words = Value.allCases.map(\.rawValue)
    return option(name, letter, words.joined(separator: "|"), help) { parsed, text throws(UsageError) in
      guard let value = Value(rawValue: text) else {
        let needs = words.joined(separator: ", ")
        throw .badValue(
          name, text, needs: "one of \(needs)", example: nearest(to: text, in: words) ?? words[0])
      }
      parsed[keyPath: target] = value
    }
  }

  private func option(
    _ name: String, _ letter: Character?, _ value: String?, _ help: String,
    effect: @escaping OptionSpec.Effect
  ) -> OptionSpec {
    OptionSpec(name: name, letter: letter, value: value, help: help, group: self, effect: effect)
  }
}
