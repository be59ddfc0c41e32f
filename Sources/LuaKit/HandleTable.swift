/// The Swift objects that userdata refer to by number. Lua never holds a Swift pointer: a lost or repeated `__gc` can
/// neither leak past the state nor free twice.
struct HandleTable {
  // Handle 0 is "none".
  private var objects: [(any LuaObject)?] = [nil]
  private var free: [Int] = []

  mutating func insert(_ object: any LuaObject) -> UInt64 {
    if let index = free.popLast() {
      objects[index] = object
      return UInt64(index)
    }
    objects.append(object)
    return UInt64(objects.count - 1)
  }

  mutating func remove(_ handle: UInt64) {
    guard let index = index(handle), objects[index] != nil else { return }
    objects[index] = nil
    free.append(index)
  }

  subscript(handle: UInt64) -> (any LuaObject)? { index(handle).flatMap { objects[$0] } }

  private func index(_ handle: UInt64) -> Int? {
    handle != 0 && handle < UInt64(objects.count) ? Int(handle) : nil
  }
}
