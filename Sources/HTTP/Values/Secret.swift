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
  public init(_ text: String) { storage = Storage(Array(text.utf8)) }

  /// A secret of arbitrary bytes.
  public init(bytes: [UInt8]) { storage = Storage(bytes) }

  /// The number of bytes.
  public var count: Int { storage.bytes.count }

  /// Whether there is no byte at all.
  public var isEmpty: Bool { storage.bytes.isEmpty }

  /// The text itself. Every call is a place where it may leak.
  public func reveal() -> String { String(decoding: storage.bytes, as: UTF8.self) }

  /// The bytes themselves, valid inside `body` only.
  public func withBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    try unsafe storage.bytes.withUnsafeBytes(body)
  }

  /// Always `secret(•••)`.
  public var description: String { "secret(•••)" }
  /// Always `secret(•••)`.
  public var debugDescription: String { description }
  /// A mirror without children, so that `dump` shows nothing.
  public var customMirror: Mirror { Mirror(self, children: []) }

  /// Compares all bytes whatever they are, so that the time taken tells nothing.
  public static func == (a: Secret, b: Secret) -> Bool {
    guard a.count == b.count else { return false }
    return zip(a.storage.bytes, b.storage.bytes).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }

  /// Hashes the bytes with the process's random seed.
  public func hash(into hasher: inout Hasher) { hasher.combine(storage.bytes) }

  /// Immutable after init; the wipe in deinit happens when nobody else holds it.
  private final class Storage: @unchecked Sendable {
    var bytes: [UInt8]
    init(_ bytes: [UInt8]) { self.bytes = bytes }
    deinit {
      unsafe bytes.withUnsafeMutableBytes { buffer in
        if let base = buffer.baseAddress { unsafe explicit_bzero(base, buffer.count) }
      }
    }
  }
}
