import MFWS

/// One object of a seed file, read field by field with errors that name the place.
struct SeedFields {
  private let path: String
  private let fields: [String: JSONValue]

  /// Takes `value` as an object all of whose keys are `known`.
  init(_ value: JSONValue, at path: String, known: [String]) throws(SandboxError) {
    guard let fields = value.object else {
      throw SandboxError(.seed, "seed: \(path.isEmpty ? "the file" : path) must be an object")
    }
    self.path = path
    self.fields = fields
    for key in fields.keys.sorted() where !known.contains(key) {
      let nearest = key.nearest(of: known).map { "did you mean \"\($0)\"?" }
      throw SandboxError(
        .seed, "seed: \(place(key)) is unknown; \(nearest ?? "known are \(known.joined(separator: ", "))")")
    }
  }

  func place(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  func fail(_ key: String, _ rule: String) -> SandboxError {
    SandboxError(.seed, "seed: \(place(key)) \(rule)")
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

  /// A whole number from 1 to 2^31-1.
  func integer(_ key: String, default standard: Int64) throws(SandboxError) -> Int64 {
    guard let value = fields[key] else { return standard }
    guard let number = value.integer, (1...Int64(Int32.max)).contains(number) else {
      throw fail(key, "must be a whole number from 1 to \(Int32.max)")
    }
    return number
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
