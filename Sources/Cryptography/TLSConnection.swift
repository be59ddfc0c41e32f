import CGnuTLS

/// A connection that GnuTLS encrypts and somebody else owns.
@safe package struct TLSConnection {
  private let session: gnutls_session_t

  /// Takes the handle that a web server gives out. It must stay valid as long as this value is used.
  @unsafe package init(_ handle: UnsafeMutableRawPointer) { unsafe session = OpaquePointer(handle) }

  /// Whether the other side showed a certificate that the connection's own authorities vouch for.
  package var isPeerTrusted: Bool {
    var faults: UInt32 = 0
    return unsafe gnutls_certificate_verify_peers2(session, &faults) == 0 && faults == 0
  }

  /// Sends as much of `bytes` as goes at once.
  package func send(_ bytes: [UInt8]) { unsafe _ = gnutls_record_send(session, bytes, bytes.count) }
}
