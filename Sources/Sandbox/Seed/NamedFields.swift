import MFWS

/// One object of a seed or of a list of faults, read field by field with errors that name the place.
struct NamedFields {
  private let subject: Subject
  private let path: String
  private let fields: [String: JSONValue]

  /// What is read, as errors call it.
  enum Subject: String {
    case seed, fault

    var code: SandboxError.Code { self == .seed ? .seed : .fault }
  }

  /// Takes `value` as an object all of whose keys are `known`.
  init(
    _ value: JSONValue, at path: String, known: [String], of subject: Subject = .seed
  ) throws(SandboxError) {
    guard let fields = value.object else {
      let whole = subject == .seed ? "the file" : "it"
      throw SandboxError(subject.code, "\(subject): \(path.isEmpty ? whole : path) must be an object")
    }
    self.subject = subject
    self.path = path
    self.fields = fields
    for key in fields.keys.sorted() where !known.contains(key) {
      let meant = nearest(to: key, in: known).map { "did you mean \"\($0)\"?" }
      throw fail(key, "is unknown; \(meant ?? "known are \(known.joined(separator: ", "))")")
    }
  }

  func place(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  func fail(_ key: String, _ rule: String) -> SandboxError {
    SandboxError(subject.code, "\(subject): \(place(key)) \(rule)")
  }

  func has(_ key: String) -> Bool { fields[key] != nil }

  func value(_ key: String) throws(SandboxError) -> JSONValue {
    guard let value = fields[key] else { throw fail(key, "is missing; add it") }
    return value
  }

  func list(_ key: String) throws(SandboxError) -> [JSONValue] {
    guard let values = try value(key).array else { throw fail(key, "must be a list") }
    return values
  }

  func text(_ key: String) throws(SandboxError) -> String {
    guard let text = try value(key).string else { throw fail(key, "must be a string") }
    return text
  }

  /// A string that is neither empty nor holds control characters.
  func name(_ key: String) throws(SandboxError) -> String {
    let text = try text(key)
    guard !text.isEmpty, text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
      throw fail(key, "must not be empty or hold control characters")
    }
    return text
  }

  func flag(_ key: String, default standard: Bool) throws(SandboxError) -> Bool {
    guard let value = fields[key] else { return standard }
    guard let flag = value.bool else { throw fail(key, "must be true or false") }
    return flag
  }

  /// A whole number, from 1 to 2^31-1 unless told.
  func integer(
    _ key: String, in range: ClosedRange<Int64> = 1...Int64(Int32.max), default standard: Int64? = nil
  ) throws(SandboxError) -> Int64 {
    if let standard, fields[key] == nil { return standard }
    guard let number = try value(key).integer, range.contains(number) else {
      throw fail(key, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// A number, whole or not.
  func number(
    _ key: String, in range: ClosedRange<Double>, default standard: Double? = nil
  ) throws(SandboxError) -> Double {
    if let standard, fields[key] == nil { return standard }
    let number: Double? =
      switch try value(key) {
      case .integer(let whole): Double(whole)
      case .number(let number): number
      default: nil
      }
    guard let number, range.contains(number) else {
      throw fail(key, "must be a number from \(shown(range.lowerBound)) to \(shown(range.upperBound))")
    }
    return number
  }

  private func shown(_ number: Double) -> String {
    number == number.rounded() ? "\(Int64(number))" : "\(number)"
  }

  /// An object whose fields are nobody's business; empty when missing.
  func free(_ key: String) throws(SandboxError) -> [String: JSONValue] {
    guard let value = fields[key] else { return [:] }
    guard let object = value.object else { throw fail(key, "must be an object") }
    return object
  }

  func choice(_ key: String, of known: [String], default standard: String) throws(SandboxError) -> String {
    guard has(key) else { return standard }
    let text = try text(key)
    guard known.contains(text) else {
      throw fail(key, "must be one of \(known.joined(separator: ", "))")
    }
    return text
  }
}
