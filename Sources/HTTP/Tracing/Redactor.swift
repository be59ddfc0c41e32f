#if DEBUG
  import Glibc
#endif

/// The one place that decides what a trace shows of an exchange.
///
/// An allow-list names the header fields, JSON fields and query items that are shown; everything else is `***`.
/// Known secrets are masked besides, wherever and in whatever encoding they occur.
public final class Redactor: Sendable {
  private let known = Locked(KnownSecrets())
  private static let largestBody = 1 << 20

  #if DEBUG
    private let isDisabled: Bool

    /// A redactor that knows no secrets yet.
    public convenience init() {
      self.init(isDisabledForTesting: unsafe getenv("MFSH_TEST_SHOWS_SECRETS") != nil)
    }

    /// A redactor that masks nothing, so that a test that looks for secrets can be seen to fail. No release has it.
    package init(isDisabledForTesting: Bool) { isDisabled = isDisabledForTesting }
  #else
    private let isDisabled = false

    /// A redactor that knows no secrets yet.
    public init() {}
  #endif

  /// Masks `secret` from now on wherever it occurs: as it is, URL-encoded, JSON-escaped, in base64. Secrets of less
  /// than eight bytes are left to the allow-list, since text would fall apart.
  public func add(_ secret: Secret) { known.withLock { $0.add(secret) } }

  /// This redactor, knowing besides what proved in the exchange who one is: servers may repeat it wherever text stands.
  /// It is for this exchange alone, so that long runs do not collect their tokens.
  func knowing(_ exchange: Exchange) -> Redactor {
    let all = known.withLock { known -> KnownSecrets? in
      let new = exchange.credentials.filter { !known.contains($0) }
      var all = known
      for secret in new { all.add(secret) }
      return new.isEmpty ? nil : all
    }
    guard let all else { return self }
    #if DEBUG
      let copy = Redactor(isDisabledForTesting: isDisabled)
    #else
      let copy = Redactor()
    #endif
    copy.known.withLock { $0 = all }
    return copy
  }

  /// The text with all known secrets masked.
  public func text(_ text: String) -> String { isDisabled ? text : known.withLock { $0.masked(text) } }

  /// What to show of a header field's value. Cookies keep their names.
  public func header(_ name: String, _ value: String) -> String {
    if isDisabled { return value }
    // First, since a secret may hold the marks at which a value is taken apart.
    let value = text(value)
    return switch name.lowercased() {
    case "location", "content-location": url(value)
    case "cookie": RedactedCookies.request(value)
    case "set-cookie": RedactedCookies.response(value)
    case "authorization", "www-authenticate", "proxy-authenticate", "proxy-authorization": scheme(value)
    default: RedactionRules.showsHeader(name) ? value : RedactionRules.mask
    }
  }

  /// The URL without user and password, without its fragment, and with its query masked.
  public func url(_ url: String) -> String { isDisabled ? url : RedactedURL(text(url)).masked(text) }

  /// The URL's path and query alone.
  public func target(_ url: String) -> String { isDisabled ? url : RedactedURL(text(url)).maskedTarget(text) }

  /// The items of the URL's query.
  public func queryItems(_ url: String) -> [(name: String, value: String)] {
    RedactedURL(text(url)).maskedItems(text)
  }

  /// What to show of a body: JSON is masked field by field and a form item by item, of all else only the size and the
  /// type are told.
  public func body(_ bytes: [UInt8], mediaType: String?) -> String {
    if bytes.isEmpty { return "" }
    if let text = masked(bytes, mediaType) { return text }
    return "[\(bytes.count) bytes of \(mediaType.map { shown(mediaType: $0) } ?? "unknown type")]"
  }

  /// A body with masks in the places of what is not shown, numbers too, so that it is whole again once these are filled
  /// in; nil when nothing of it is shown.
  func template(_ bytes: [UInt8], mediaType: String?) -> String? {
    masked(bytes, mediaType, quotesMaskedNumbers: false)
  }

  private func masked(_ bytes: [UInt8], _ mediaType: String?, quotesMaskedNumbers: Bool = true) -> String? {
    if isDisabled { return String(decoding: bytes, as: UTF8.self) }
    guard bytes.count <= Self.largestBody else { return nil }
    let type = mediaType.map { shown(mediaType: $0) }
    if type == "application/x-www-form-urlencoded" { return form(bytes) }
    return type?.contains("json") ?? true ? json(bytes, quotesMaskedNumbers) : nil
  }

  /// A media type without its parameters.
  func shown(mediaType: String) -> String {
    let type = mediaType.lowercased().prefix { $0 != ";" }.filter { !$0.isWhitespace }
    let isPlain =
      type.utf8.count <= 100
      && type.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/+-.".contains($0)) }
    return isPlain ? text(type) : RedactionRules.mask
  }

  private func form(_ bytes: [UInt8]) -> String {
    let items = text(String(decoding: bytes, as: UTF8.self))
    return RedactedItems.joined(RedactedItems.masked(items[...], text))
  }

  private func json(_ bytes: [UInt8], _ quotesMaskedNumbers: Bool) -> String? {
    JSONRedaction.redacted(
      bytes,
      string: { field, text in
        guard let field else { return RedactionRules.mask }
        if RedactionRules.holdsURL(field: field) { return self.url(text) }
        return RedactionRules.showsField(field) ? self.text(text) : RedactionRules.mask
      }, name: { self.text($0) }, quotesMaskedNumbers: quotesMaskedNumbers)
  }

  private func scheme(_ value: String) -> String {
    let word = String(value.prefix { $0 != " " })
    guard RedactionRules.showsScheme(word) else { return RedactionRules.mask }
    return word == value ? word : "\(word) \(RedactionRules.mask)"
  }
}

/// Cookie fields with their values masked.
private enum RedactedCookies {
  static func request(_ value: String) -> String {
    value.split(separator: ";").map { masked(pair: $0) }.joined(separator: "; ")
  }

  static func response(_ value: String) -> String {
    let parts = value.split(separator: ";")
    let attributes = parts.dropFirst().map { part in
      let attribute = trimmed(part)
      let name = attribute.prefix { $0 != "=" }
      return RedactionRules.showsCookieAttribute(String(name)) ? String(attribute) : RedactionRules.mask
    }
    return (parts.prefix(1).map { masked(pair: $0) } + attributes).joined(separator: "; ")
  }

  private static func masked(pair: Substring) -> String {
    let pair = trimmed(pair)
    guard let equals = pair.firstIndex(of: "=") else { return RedactionRules.mask }
    return pair[...equals] + RedactionRules.mask
  }

  private static func trimmed(_ text: Substring) -> Substring { text.drop { $0 == " " || $0 == "\t" } }
}
