/// What a trace may show. Everything that is not named here is masked.
enum RedactionRules {
  static let mask = "***"

  /// Header fields whose values are shown.
  static func showsHeader(_ name: String) -> Bool { headers.contains(name.lowercased()) }

  /// Fields of JSON objects whose strings and numbers are shown.
  static func showsField(_ name: String) -> Bool { fields.contains(name.lowercased()) }

  /// Items of a query or a form whose values are shown, when these are plain words.
  static func showsQueryItem(_ name: String) -> Bool { queryItems.contains(name.lowercased()) }

  /// Fields of JSON objects that hold a URL, whose user, query and fragment are masked.
  static func holdsURL(field: String) -> Bool { urlFields.contains(field.lowercased()) }

  /// Items of a query or a form that hold a URL.
  static func holdsURL(item: String) -> Bool { ["redirect_uri", "restpath"].contains(item.lowercased()) }

  /// Attributes of a cookie that are shown; all else in a cookie but its name is its value.
  static func showsCookieAttribute(_ name: String) -> Bool { cookieAttributes.contains(name.lowercased()) }

  /// First words of Authorization and WWW-Authenticate that are shown.
  static func showsScheme(_ word: String) -> Bool { schemes.contains(word.lowercased()) }

  private static let headers: Set<String> = [
    "accept", "accept-encoding", "accept-language", "allow", "cache-control", "connection",
    "content-encoding",
    "content-language", "content-length", "content-type", "date", "expect", "expires", "host", "keep-alive",
    "last-modified", "pragma", "retry-after", "server", "strict-transport-security", "transfer-encoding",
    "user-agent", "vary", "x-active-vault", "x-aspnet-version", "x-authconfig", "x-computername", "x-domain",
    "x-extensions", "x-powered-by", "x-username", "x-vault", "x-windowsuser",
  ]

  private static let fields: Set<String> = [
    "accountname", "aclmode", "assemblyname", "authenticationtype", "bridgeclassname", "computername",
    "deployment", "dnsnames", "domain", "errorcode", "exception", "exceptionname", "expiration", "fullname",
    "guid", "isloggedtoapplication", "isloggedtovault", "isreadonlylicense", "licenseallowsmodifications",
    "licensestring", "licensetype", "loginhint", "message", "method", "name", "protocol", "readonly",
    "serialnumber", "status", "successful", "userid", "username", "vaultguid", "windowsuser",
    // OAuth
    "client_id", "code_challenge_method", "error", "expires_in", "grant_type", "interval", "response_type",
    "scope", "token_type",
  ]

  private static let urlFields: Set<String> = [
    "authorization_endpoint", "device_authorization_endpoint", "end_session_endpoint", "issuer", "jwks_uri",
    "redirect_uri", "token_endpoint", "url", "userinfo_endpoint", "verification_uri",
  ]

  private static let queryItems: Set<String> = [
    "_method", "client_id", "code_challenge_method", "grant_type", "online", "popup", "response_type",
    "scope",
    "vault",
  ]

  private static let cookieAttributes: Set<String> = [
    "domain", "expires", "httponly", "max-age", "path", "samesite", "secure",
  ]

  private static let schemes: Set<String> = ["basic", "bearer", "digest", "negotiate", "ntlm"]
}
