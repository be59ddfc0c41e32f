import CLuaBridge

extension LuaState {
  /// Puts a value into the outbox, to be replayed on the Lua stack when no Swift frame is left.
  func send(_ value: LuaValue) {
    switch value {
    case .nil, .other: unsafe bridge_out_nil(bridge)
    case .null: unsafe bridge_out_null(bridge)
    case .bool(let value): unsafe bridge_out_boolean(bridge, value)
    case .integer(let value): unsafe bridge_out_integer(bridge, value)
    case .number(let value): unsafe bridge_out_number(bridge, value)
    case .string(let text): send(text)
    case .bytes(let bytes): unsafe bytes.withUnsafeBytes { unsafe send($0) }
    case .array(let values): send(array: values)
    case .table(let fields): send(table: fields)
    case .json(let text, let secrets, let source): send(json: text, secrets, source)
    case .object(let object): send(object)
    }
  }

  private func send(_ text: String) {
    var text = text
    text.withUTF8 { unsafe send(UnsafeRawBufferPointer($0)) }
  }

  private func send(_ bytes: UnsafeRawBufferPointer) {
    unsafe bridge_out_string(bridge, bytes.assumingMemoryBound(to: CChar.self).baseAddress, bytes.count)
  }

  private func send(array values: [LuaValue]) {
    unsafe bridge_out_array(bridge, Int32(clamping: values.count))
    for value in values { send(value) }
    unsafe bridge_out_end(bridge)
  }

  func send(table fields: [(key: String, value: LuaValue)]) {
    unsafe bridge_out_table(bridge, 0, Int32(clamping: fields.count))
    for (key, value) in fields {
      unsafe bridge_out_key(bridge, key, key.utf8.count)
      send(value)
    }
    unsafe bridge_out_end(bridge)
  }

  private func send(json text: [UInt8], _ secrets: SecretPaths, _ source: String) {
    unsafe text.withUnsafeBytes { bytes in
      let start = unsafe bytes.assumingMemoryBound(to: CChar.self).baseAddress
      unsafe bridge_out_json(bridge, start, bytes.count, secrets.pointer, source, source.utf8.count)
    }
  }

  private func send(_ object: any LuaObject) {
    guard let number = classNumber(of: type(of: object)) else { return unsafe bridge_out_nil(bridge) }
    unsafe bridge_out_object(bridge, number, handles.insert(object))
  }
}
