import Glibc
import HTTP
import MFWS

/// How requests to one server are made, from the connection settings.
struct NetworkSettings {
  let settings: ConnectionSettings
  let url: BaseURL
  /// Whether a file can be read.
  var isReadable: (_ path: String) -> Bool = { access($0, R_OK) == 0 }
  /// Gives a secret, asking with this question when it must be typed.
  let reveal: (LazySecret, _ question: String) throws -> Secret

  func configuration() throws -> HTTPConfiguration {
    var http = HTTPConfiguration()
    http.userAgent = "mfsh/\(Version.number)"
    http.requestTimeout = number(.maxTime) ?? http.requestTimeout
    // A server that thinks for long is not cut off before its time.
    http.stallTimeout = http.requestTimeout
    http.connectTimeout = number(.connectTimeout) ?? http.connectTimeout
    http.certificateAuthorityFile = try path(.cacert)
    http.certificateAuthorityFolder = try path(.capath)
    http.skipsCertificateVerification = flag(.insecure) ?? false
    http.minimumTLSVersion = text(.tlsMinimum).flatMap(TLSVersion.init) ?? http.minimumTLSVersion
    http.httpVersion = text(.httpVersion).flatMap(HTTPVersion.init) ?? http.httpVersion
    if case .list(let entries)? = settings.value(.resolve, for: url) { http.resolve = entries }
    try setClientCertificate(&http)
    try setProxy(&http)
    return http
  }

  private func text(_ key: SettingKey) -> String? { settings.text(key, for: url) }
  /// libcurl would not say which file it cannot read.
  private func path(_ key: SettingKey) throws(MFWSError) -> String? {
    guard let path = text(key) else { return nil }
    guard isReadable(path) else {
      throw .usage("\(key.rawValue): cannot read \(path): \(describe(errno)); check the path")
    }
    return path
  }
  private func flag(_ key: SettingKey) -> Bool? { settings.flag(key, for: url) }
  private func number(_ key: SettingKey) -> Double? { settings.number(key, for: url) }

  // MARK: the client's certificate

  private func setClientCertificate(_ http: inout HTTPConfiguration) throws {
    http.clientCertificateFile = try path(.cert)
    let certificate = settings.position(of: .cert, for: url)
    // A key of a weaker source belongs to the certificate of that source.
    if let key = settings.position(of: .key, for: url), key <= certificate ?? key {
      http.clientKeyFile = try path(.key)
    }
    guard let file = http.clientKeyFile ?? http.clientCertificateFile else { return }
    if let secret = passphrase(of: file) {
      http.clientKeyPassphrase = try reveal(secret, "Passphrase of \(file): ")
    } else if KeyFile.isEncrypted(file) {
      http.clientKeyPassphrase = try reveal(LazySecret(.question), "Passphrase of \(file): ")
    }
  }

  /// A profile's passphrase is for the profile's key.
  private func passphrase(of file: String) -> LazySecret? {
    settings.sources.lazy.compactMap { source in
      guard source.tells(.keyPassword, to: url) else { return nil }
      let own = source.values[text: .key] ?? source.values[text: .cert]
      return own == nil || own == file ? source.values[secret: .keyPassword] : nil
    }.first
  }

  // MARK: the proxy

  private func setProxy(_ http: inout HTTPConfiguration) throws {
    http.proxy = text(.proxy)
    http.noProxy = text(.noProxy)
    guard let proxy = http.proxy ?? settings.environmentProxy, !proxy.isEmpty else { return }
    let own = settings.sources.filter { belongs($0, to: proxy) }
    guard let user = own.lazy.compactMap({ $0.values[text: .proxyUser] }).first else { return }
    http.proxyUser = user
    let secret = own.lazy.compactMap { $0.values[secret: .proxyPassword] }.first
    http.proxyPassword = try reveal(secret ?? LazySecret(.question), "Password for \(user) at the proxy: ")
  }

  /// What a source says about a user at the proxy is for the proxy that it came with.
  private func belongs(_ source: ConnectionSettings.Source, to proxy: String) -> Bool {
    let own = source.values[text: .proxy] ?? (source.kind == .environment ? settings.environmentProxy : nil)
    return own == nil || own == proxy
  }
}
