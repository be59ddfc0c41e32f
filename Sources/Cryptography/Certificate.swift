import CGnuTLS
import Glibc

func check(_ status: Int32) throws(CertificateError) {
  guard status >= 0 else { throw CertificateError(status) }
}

/// A private key of GnuTLS, freed with the last reference.
@safe final class PrivateKey {
  let handle: gnutls_x509_privkey_t

  /// A new key on the curve P-256.
  init() throws(CertificateError) {
    unsafe handle = try Self.allocate()
    try check(unsafe gnutls_x509_privkey_generate(handle, GNUTLS_PK_ECDSA, p256_bits(), 0))
  }

  init(pem: String) throws(CertificateError) {
    unsafe handle = try Self.allocate()
    let handle = unsafe handle
    try check(unsafe withDatum(pem) { unsafe gnutls_x509_privkey_import(handle, $0, GNUTLS_X509_FMT_PEM) })
  }

  deinit { unsafe gnutls_x509_privkey_deinit(handle) }

  func pem() throws(CertificateError) -> String {
    let handle = unsafe handle
    return unsafe try text { unsafe gnutls_x509_privkey_export2(handle, GNUTLS_X509_FMT_PEM, $0) }
  }

  private static func allocate() throws(CertificateError) -> gnutls_x509_privkey_t {
    var made: gnutls_x509_privkey_t?
    let status = unsafe gnutls_x509_privkey_init(&made)
    guard let made = unsafe made, status >= 0 else { throw CertificateError(status) }
    return unsafe made
  }
}

/// A certificate of GnuTLS, freed with the last reference.
@safe final class Certificate {
  private let handle: gnutls_x509_crt_t

  init() throws(CertificateError) { unsafe handle = try Self.allocate() }

  init(pem: String) throws(CertificateError) {
    unsafe handle = try Self.allocate()
    let handle = unsafe handle
    try check(unsafe withDatum(pem) { unsafe gnutls_x509_crt_import(handle, $0, GNUTLS_X509_FMT_PEM) })
  }

  deinit { unsafe gnutls_x509_crt_deinit(handle) }

  /// Name, key, serial number and time. `start` and `end` are seconds since 1970.
  func describe(name: String, key: PrivateKey, from start: Int, to end: Int) throws(CertificateError) {
    try check(unsafe gnutls_x509_crt_set_version(handle, 3))
    try check(unsafe gnutls_x509_crt_set_key(handle, key.handle))
    var serial = [UInt8](repeating: 0, count: 16)
    unsafe arc4random_buf(&serial, serial.count)
    serial[0] = serial[0] & 0x7F | 0x40
    try check(unsafe gnutls_x509_crt_set_serial(handle, serial, serial.count))
    try check(unsafe gnutls_x509_crt_set_activation_time(handle, start))
    try check(unsafe gnutls_x509_crt_set_expiration_time(handle, end))
    let commonName = "2.5.4.3"
    try check(
      unsafe gnutls_x509_crt_set_dn_by_oid(handle, commonName, 0, name, UInt32(name.utf8.count)))
    let id = try keyID()
    try check(unsafe gnutls_x509_crt_set_subject_key_id(handle, id, id.count))
  }

  func makeAuthority() throws(CertificateError) {
    try check(unsafe gnutls_x509_crt_set_basic_constraints(handle, 1, -1))
    try check(
      unsafe gnutls_x509_crt_set_key_usage(handle, UInt32(GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN)))
  }

  func makeLeaf(for purpose: CertificateAuthority.Purpose) throws(CertificateError) {
    try check(unsafe gnutls_x509_crt_set_basic_constraints(handle, 0, -1))
    try check(unsafe gnutls_x509_crt_set_key_usage(handle, UInt32(GNUTLS_KEY_DIGITAL_SIGNATURE)))
    switch purpose {
    case .client: try check(unsafe gnutls_x509_crt_set_key_purpose_oid(handle, "1.3.6.1.5.5.7.3.2", 0))
    case .server(let names):
      try check(unsafe gnutls_x509_crt_set_key_purpose_oid(handle, "1.3.6.1.5.5.7.3.1", 0))
      for name in names { try add(name) }
    }
  }

  func sign(by issuer: Certificate, _ key: PrivateKey) throws(CertificateError) {
    let id = try issuer.keyID()
    try check(unsafe gnutls_x509_crt_set_authority_key_id(handle, id, id.count))
    try check(unsafe gnutls_x509_crt_sign2(handle, issuer.handle, key.handle, GNUTLS_DIG_SHA256, 0))
  }

  func pem() throws(CertificateError) -> String {
    let handle = unsafe handle
    return unsafe try text { unsafe gnutls_x509_crt_export2(handle, GNUTLS_X509_FMT_PEM, $0) }
  }

  private func keyID() throws(CertificateError) -> [UInt8] {
    var id = [UInt8](repeating: 0, count: 64)
    var count = id.count
    try check(unsafe gnutls_x509_crt_get_key_id(handle, 0, &id, &count))
    return Array(id.prefix(count))
  }

  /// A numeric address stands in a certificate as its bytes.
  private func add(_ name: String) throws(CertificateError) {
    var (v4, v6) = (in_addr(), in6_addr())
    let append = UInt32(GNUTLS_FSAN_APPEND)
    if unsafe inet_pton(AF_INET, name, &v4) == 1 {
      try check(unsafe gnutls_x509_crt_set_subject_alt_name(handle, GNUTLS_SAN_IPADDRESS, &v4, 4, append))
    } else if unsafe inet_pton(AF_INET6, name, &v6) == 1 {
      try check(unsafe gnutls_x509_crt_set_subject_alt_name(handle, GNUTLS_SAN_IPADDRESS, &v6, 16, append))
    } else {
      let size = UInt32(name.utf8.count)
      try check(unsafe gnutls_x509_crt_set_subject_alt_name(handle, GNUTLS_SAN_DNSNAME, name, size, append))
    }
  }

  private static func allocate() throws(CertificateError) -> gnutls_x509_crt_t {
    var made: gnutls_x509_crt_t?
    let status = unsafe gnutls_x509_crt_init(&made)
    guard let made = unsafe made, status >= 0 else { throw CertificateError(status) }
    return unsafe made
  }
}

private func withDatum(_ text: String, _ body: (UnsafePointer<gnutls_datum_t>) -> Int32) -> Int32 {
  var bytes = Array(text.utf8)
  return unsafe bytes.withUnsafeMutableBufferPointer { buffer in
    var datum = unsafe gnutls_datum_t(data: buffer.baseAddress, size: UInt32(buffer.count))
    return unsafe body(&datum)
  }
}

/// The text that GnuTLS hands out in memory of its own.
private func text(
  _ export: (UnsafeMutablePointer<gnutls_datum_t>) -> Int32
) throws(CertificateError) -> String {
  var datum = unsafe gnutls_datum_t(data: nil, size: 0)
  try check(unsafe export(&datum))
  defer { unsafe free(datum.data) }
  return unsafe String(
    decoding: UnsafeBufferPointer(start: datum.data, count: Int(datum.size)), as: UTF8.self)
}
