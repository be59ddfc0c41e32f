/// A file with a private key (PEM).
enum KeyFile {
  /// Whether the key cannot be used without a passphrase. A file that cannot be read is left to whoever needs it.
  static func isEncrypted(_ path: String) -> Bool {
    guard let bytes = try? FileContent.read(path) else { return false }
    let text = String(decoding: bytes.prefix(1 << 20), as: UTF8.self)
    return text.contains("BEGIN ENCRYPTED PRIVATE KEY") || text.contains("Proc-Type: 4,ENCRYPTED")
  }
}
