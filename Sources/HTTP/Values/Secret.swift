import Glibc

/// A text that must not be shown: a password, a token, a cookie.
///
/// Printing, interpolating, dumping or encoding it gives `secret(•••)`; only `withBytes` and `reveal()` give the
/// text. The bytes are overwritten when the last copy goes.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  private let storage: Storage

  /// A secret with the UTF-8 bytes of `text`.
  public init(_ text: String) {
    var text = text
    storage = text.withUTF8 { unsafe Storage(copying: UnsafeRawBufferPointer($0)) }
  }

  /// A secret of arbitrary bytes.
  public init(bytes: [UInt8]) {
    storage = unsafe bytes.withUnsafeBytes { unsafe Storage(copying: $0) }
  }

  /// The number of bytes.
  public var count: Int { unsafe storage.bytes.count }

  /// Whether there is no byte at all.
  public var isEmpty: Bool { count == 0 }

  /// The text itself. Every call is a place where it may leak.
  public func reveal() -> String { unsafe String(decoding: storage.bytes, as: UTF8.self) }

  /// The bytes themselves, valid inside `body` only.
  public func withBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    try withExtendedLifetime(storage) { try unsafe body(storage.bytes) }
  }

  /// The address of the bytes, never nil, valid as long as any copy of this secret lives.
  var address: UnsafeRawPointer { unsafe storage.address }

  /// Always `secret(•••)`.
  public var description: String { "secret(•••)" }
  /// Always `secret(•••)`.
  public var debugDescription: String { description }
  /// A mirror without children, so that `dump` shows nothing.
  public var customMirror: Mirror { Mirror(self, children: []) }

  /// Compares all bytes whatever they are, so that the time taken tells nothing.
  public static func == (a: Secret, b: Secret) -> Bool {
    guard a.count == b.count else { return false }
    return unsafe zip(a.storage.bytes, b.storage.bytes).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }

  /// Hashes the bytes with the process's random seed.
  public func hash(into hasher: inout Hasher) { unsafe hasher.combine(bytes: storage.bytes) }

  /// Memory of our own: an array's may be shared with others, and then a wipe would overwrite a copy.
  @safe private final class Storage: @unchecked Sendable {
    // Never changed between init and deinit.
    private let memory: UnsafeMutableRawBufferPointer
    private let count: Int

    init(copying source: UnsafeRawBufferPointer) {
      count = source.count
      unsafe memory = .allocate(byteCount: max(1, source.count), alignment: 1)
      unsafe memory.copyMemory(from: source)
    }

    var bytes: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(rebasing: memory[..<count]) }

    var address: UnsafeRawPointer {
      guard let start = unsafe memory.baseAddress else { preconditionFailure("an allocation has an address") }
      return UnsafeRawPointer(start)
    }

    deinit {
      if let start = unsafe memory.baseAddress { unsafe explicit_bzero(start, memory.count) }
      unsafe memory.deallocate()
    }
  }
}
