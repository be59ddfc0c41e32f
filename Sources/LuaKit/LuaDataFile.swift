import CLuaBridge

/// A file that is Lua but holds nothing except data: `return {name = {…}}`.
///
/// It runs without any globals, libraries or metatables, within limits of time and memory.
package enum LuaDataFile {
  /// Bytes that the file's data may take, and seconds that it may compute.
  private static let memoryLimit = 4 << 20, seconds = 1.0

  /// The value that the file returns: strings, numbers, booleans, lists and tables with names as keys.
  ///
  /// - Parameters:
  ///   - code: the file's bytes.
  ///   - name: how messages call the file.
  /// - Throws: `LuaError`: it is no Lua, fails, runs too long, takes too much memory, or returns what is no data.
  package static func value(of code: [UInt8], named name: String) throws(LuaError) -> LuaValue {
    guard let data = unsafe bridge_data_new(memoryLimit, seconds) else { throw memory(name) }
    defer { unsafe bridge_data_close(data) }
    // With room for a zero byte: an empty array has no address.
    let status = unsafe (code + [0]).withUnsafeBytes { bytes in
      unsafe bytes.withMemoryRebound(to: CChar.self) { text in
        guard let start = text.baseAddress else { return BRIDGE_MEMORY }
        return unsafe bridge_data_run(data, start, code.count, "=\(name)")
      }
    }
    switch status {
    case BRIDGE_OK:
      var reader = unsafe LuaDataReader(thread: bridge_data_thread(data), file: name)
      return try reader.value(1, path: "", depth: 0)
    case BRIDGE_MEMORY: throw memory(name)
    default:
      var length = 0
      let text = unsafe bridge_data_failure(data, &length)
      let message = unsafe String(decoding: UnsafeRawBufferPointer(start: text, count: length), as: UTF8.self)
      let told = withoutQuotations(
        message.hasPrefix(name) ? String(message.dropFirst(name.count)) : ": \(message)")
      throw .usage(name + told)
    }
  }

  /// Lua's messages repeat what stands at the fault, which may be a password.
  private static func withoutQuotations(_ message: String) -> String {
    let places = [" near '", " near \"", " (constant "].compactMap { message.firstRange(of: $0)?.lowerBound }
    return places.min().map { String(message[..<$0]) } ?? message
  }

  private static func memory(_ name: String) -> LuaError {
    .usage("\(name): it takes too much memory: write down the data itself")
  }
}

/// Copies the value of a data file, and refuses what is no data.
@safe private struct LuaDataReader {
  let thread: OpaquePointer
  let file: String
  /// Tables that contain themselves, or each other many times, end here.
  private var valuesLeft = 10_000
  private static let depthLimit = 8

  init(thread: OpaquePointer, file: String) {
    unsafe self.thread = thread
    self.file = file
  }

  /// - Parameter path: how messages call the value, such as `prod.password`; "" for the file's own value.
  mutating func value(_ index: Int32, path: String, depth: Int) throws(LuaError) -> LuaValue {
    valuesLeft -= 1
    guard valuesLeft > 0, depth <= Self.depthLimit else {
      throw .usage("\(file): \(name(path)) is nested too deep, or contains itself")
    }
    switch unsafe bridge_type_at(thread, index) {
    case BRIDGE_TYPE_BOOLEAN: return .bool(unsafe bridge_boolean_at(thread, index))
    case BRIDGE_TYPE_NUMBER: return number(index)
    case BRIDGE_TYPE_STRING: return text(index)
    case BRIDGE_TYPE_TABLE: return try table(index, path: path, depth: depth)
    case BRIDGE_TYPE_NIL, BRIDGE_TYPE_NONE: throw .usage("\(file): \(name(path)) is nil: begin with return {")
    default:
      throw .usage(
        "\(file): \(name(path)) is code: only strings, numbers, booleans and tables may stand there")
    }
  }

  private func name(_ path: String) -> String { path.isEmpty ? "what it returns" : path }

  private func number(_ index: Int32) -> LuaValue {
    var integer: Int64 = 0
    if unsafe bridge_is_integer_at(thread, index), unsafe bridge_integer_at(thread, index, &integer) {
      return .integer(integer)
    }
    return .number(unsafe bridge_number_at(thread, index))
  }

  private func text(_ index: Int32) -> LuaValue {
    var length = 0
    guard let start = unsafe bridge_string_at(thread, index, &length) else { return .string("") }
    let bytes = unsafe Array(UnsafeRawBufferPointer(start: start, count: length))
    return String(validating: bytes, as: UTF8.self).map(LuaValue.string) ?? .bytes(bytes)
  }

  /// A list, or a table with names as keys; never both.
  private mutating func table(_ index: Int32, path: String, depth: Int) throws(LuaError) -> LuaValue {
    var fields: [(key: String, value: LuaValue)] = []
    var elements: [Int64: LuaValue] = [:]
    let top = unsafe bridge_top(thread)
    defer { unsafe bridge_set_top(thread, top) }
    guard unsafe bridge_push_nil(thread) else { throw .usage("\(file): \(name(path)) is nested too deep") }
    while unsafe bridge_next(thread, index) {
      let key = key(top + 1)
      let valuePath = path.isEmpty ? key.name : "\(path).\(key.name)"
      let value = try value(top + 2, path: valuePath, depth: depth + 1)
      if let position = key.position { elements[position] = value } else { fields.append((key.name, value)) }
      unsafe bridge_pop(thread, 1)
    }
    if elements.isEmpty { return .table(fields.sorted { $0.key < $1.key }) }
    let list = (1...Int64(elements.count)).compactMap { elements[$0] }
    guard fields.isEmpty, list.count == elements.count else {
      throw .usage("\(file): \(name(path)) must be either a list or a table with names")
    }
    return .array(list)
  }

  private func key(_ index: Int32) -> (name: String, position: Int64?) {
    if unsafe bridge_type_at(thread, index) == BRIDGE_TYPE_STRING {
      var length = 0
      guard let start = unsafe bridge_string_at(thread, index, &length) else { return ("", nil) }
      return (
        unsafe String(decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self), nil
      )
    }
    var integer: Int64 = 0
    if unsafe bridge_integer_at(thread, index, &integer) { return ("\(integer)", integer) }
    return ("a key that is no name", nil)
  }
}
