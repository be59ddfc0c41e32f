/// The command line of the program curl that repeats a request, with shell variables in the places of secrets.
///
/// `MFILES_TOKEN`, `MFILES_PASS`, `MFILES_COOKIE` (the whole field), `MFILES_BEARER`, `MFILES_PRESHARED_KEY`,
/// `MFILES_PROXY_PASS`, `MFILES_KEY_PASS` and `MFILES_BODY` say what they stand for; all else that is masked is
/// `MFILES_SECRET_1` and so on, in the order of the line. Their values have to be written as at their place: encoded in a
/// URL or a form, escaped in JSON.
public struct CurlCommand: Sendable {
  /// The line, quoted for a POSIX shell.
  public var line: String { words.joined(separator: " ") }
  /// The variables that the line needs, each once, in the order of the line.
  public private(set) var variables: [String] = []

  private var words = ["curl"]
  private var secretCount = 0

  /// The command of a request.
  init(_ exchange: Exchange, configuration: HTTPConfiguration, redactor: Redactor) {
    let request = exchange.request
    // Braces and brackets are no patterns here.
    add("--globoff")
    addMethod(request, redactor)
    if request.url.hasPrefixIgnoringCase("https:") { addTLS(configuration) }
    addProxy(configuration, redactor)
    addConnection(request, configuration)
    addHeaders(exchange, redactor)
    addBody(request, redactor)
    addMasked(redactor.url(request.url))
  }

  // MARK: parts

  private mutating func addMethod(_ request: HTTPRequest, _ redactor: Redactor) {
    let implied = request.hasBody ? "POST" : "GET"
    if request.method == "HEAD" {
      add("--head")
    } else if request.method != implied {
      add("--request", redactor.text(request.method))
    }
  }

  private mutating func addTLS(_ configuration: HTTPConfiguration) {
    add("--cacert", configuration.certificateAuthorityFile)
    add("--capath", configuration.certificateAuthorityFolder)
    add("--cert", configuration.clientCertificateFile)
    add("--key", configuration.clientKeyFile)
    if configuration.clientKeyPassphrase != nil { add("--pass", "", variable: "MFILES_KEY_PASS") }
    if configuration.minimumTLSVersion != .tls12 { add("--tlsv\(configuration.minimumTLSVersion.rawValue)") }
    if configuration.skipsCertificateVerification { add("--insecure") }
  }

  private mutating func addProxy(_ configuration: HTTPConfiguration, _ redactor: Redactor) {
    if let proxy = configuration.proxy, !proxy.isEmpty {
      add("--proxy")
      addMasked(redactor.url(proxy))
    }
    add("--noproxy", configuration.proxy == "" ? "*" : configuration.noProxy)
    guard let user = configuration.proxyUser else { return }
    add("--proxy-anyauth")
    add("--proxy-user", "\(user):", variable: "MFILES_PROXY_PASS")
  }

  private mutating func addConnection(_ request: HTTPRequest, _ configuration: HTTPConfiguration) {
    for entry in configuration.resolve { add("--resolve", entry) }
    if configuration.httpVersion == .http11 || request.authentication != nil { add("--http1.1") }
    add("--compressed")
    add("--user-agent", configuration.userAgent)
    if configuration.requestTimeout.isFinite {
      add("--max-time", Self.shown(seconds: configuration.requestTimeout))
    }
    guard let authentication = request.authentication else { return }
    if let user = authentication.user {
      add("--ntlm")
      add("--user", "\(user):", variable: "MFILES_PASS")
    } else {
      add("--negotiate")
      add("--user", ":")
    }
  }

  private mutating func addHeaders(_ exchange: Exchange, _ redactor: Redactor) {
    var sendsCookies = !exchange.cookieNames.isEmpty
    for field in exchange.request.headers {
      if field.name.equalsIgnoringCase("Cookie") {
        sendsCookies = true
        continue
      }
      let name = redactor.text(field.name)
      add("--header")
      addMasked("\(name): \(redactor.header(field.name, field.value.reveal()))", named: field.name)
    }
    if sendsCookies { add("--header", "Cookie: ", variable: "MFILES_COOKIE") }
  }

  private mutating func addBody(_ request: HTTPRequest, _ redactor: Redactor) {
    guard request.hasBody else { return }
    if request.mediaType == nil { add("--header", "Content-Type:") }
    let bytes = request.bodyBytes
    add("--data-raw")
    if bytes.isEmpty {
      words.append("''")
    } else if let template = redactor.template(bytes, mediaType: request.mediaType) {
      addMasked(template)
    } else {
      var word = ShellWord("")
      word.append(variable: use("MFILES_BODY"))
      words.append(word.text)
    }
  }

  // MARK: words

  private mutating func add(_ word: String) { words.append(ShellWord(word).text) }

  private mutating func add(_ option: String, _ value: String?) {
    guard let value else { return }
    add(option)
    words.append(value.isEmpty ? "''" : ShellWord(value).text)
  }

  private mutating func add(_ option: String, _ value: String, variable: String) {
    add(option)
    var word = ShellWord(value)
    word.append(variable: use(variable))
    words.append(word.text)
  }

  /// A word with a variable for each mask.
  ///
  /// - Parameter named: what all masks are values of; nil: whatever name stands before each.
  private mutating func addMasked(_ masked: String, named: String? = nil) {
    var (word, rest) = (ShellWord(""), masked[...])
    while let mask = rest.firstRange(of: RedactionRules.mask) {
      let before = rest[..<mask.lowerBound]
      word.append(String(before))
      let name = named.map { before.hasSuffix("Bearer ") ? "bearer" : $0 } ?? Self.name(before: before)
      word.append(variable: use(variable(for: name)))
      rest = rest[mask.upperBound...]
    }
    word.append(String(rest))
    words.append(word.text)
  }

  /// The name of the item or the field whose value follows.
  private static func name(before value: Substring) -> String {
    let word = value.reversed().drop { "=:\" ".contains($0) }.prefix { !"?&\",{".contains($0) }
    return String(word.reversed())
  }

  private mutating func variable(for name: String) -> String {
    switch name.lowercased() {
    case "password", "x-password": return "MFILES_PASS"
    case "auth", "authentication", "x-authentication": return "MFILES_TOKEN"
    case "bearer": return "MFILES_BEARER"
    case "x-presharedkey": return "MFILES_PRESHARED_KEY"
    default:
      secretCount += 1
      return "MFILES_SECRET_\(secretCount)"
    }
  }

  private mutating func use(_ variable: String) -> String {
    if !variables.contains(variable) { variables.append(variable) }
    return variable
  }

  private static func shown(seconds: Double) -> String {
    seconds == seconds.rounded() && abs(seconds) < 1e9 ? String(Int(seconds)) : String(seconds)
  }
}
