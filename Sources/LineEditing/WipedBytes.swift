import Glibc

/// Bytes read one at a time into memory that never moves and is overwritten at the end. The pointer stays inside.
@safe struct WipedBytes {
  /// More than a terminal's line can hold.
  private static let capacity = 8192

  enum Step {
    case more, lineEnd, end
  }

  private let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: Self.capacity)
  private(set) var count = 0

  init() { unsafe buffer.initialize(repeating: 0, count: Self.capacity) }

  /// A copy of what was read.
  var bytes: [UInt8] { unsafe Array(UnsafeBufferPointer(start: buffer, count: count)) }

  /// Reads one byte; what exceeds the capacity is dropped.
  mutating func readByte(from descriptor: Int32) -> Step {
    let slot = unsafe buffer + min(count, Self.capacity - 1)
    let length = unsafe read(descriptor, slot, 1)
    if length < 0, errno == EINTR || errno == EAGAIN { return .more }
    guard length == 1 else { return .end }
    if unsafe slot.pointee == UInt8(ascii: "\n") { return .lineEnd }
    if count < Self.capacity - 1 { count += 1 }
    return .more
  }

  /// Overwrites and frees the memory; nothing may be read afterwards.
  func wipe() {
    unsafe explicit_bzero(buffer, Self.capacity)
    unsafe buffer.deallocate()
  }
}
