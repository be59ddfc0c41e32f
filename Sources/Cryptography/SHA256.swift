import CGnuTLS

/// The hash function SHA-256 (FIPS 180-4), by GnuTLS.
package enum SHA256 {
  /// The 32 bytes of the digest.
  package static func digest(_ bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    let status = unsafe gnutls_hash_fast(GNUTLS_DIG_SHA256, bytes, bytes.count, &digest)
    precondition(status == 0, "GnuTLS has no SHA-256")
    return digest
  }
}

extension SHA256 {
  /// The digest of what comes piece by piece.
  @safe package struct Stream: ~Copyable {
    private let handle: gnutls_hash_hd_t

    package init() {
      var handle: gnutls_hash_hd_t?
      unsafe gnutls_hash_init(&handle, GNUTLS_DIG_SHA256)
      guard let made = unsafe handle else { preconditionFailure("GnuTLS has no SHA-256") }
      unsafe self.handle = made
    }

    package mutating func update(_ bytes: [UInt8]) {
      let status = unsafe gnutls_hash(handle, bytes, bytes.count)
      precondition(status == 0, "GnuTLS cannot go on with a digest")
    }

    /// The 32 bytes of all that came.
    package consuming func digest() -> [UInt8] {
      var digest = [UInt8](repeating: 0, count: 32)
      unsafe gnutls_hash_output(handle, &digest)
      return digest
    }

    deinit { unsafe gnutls_hash_deinit(handle, nil) }
  }
}
