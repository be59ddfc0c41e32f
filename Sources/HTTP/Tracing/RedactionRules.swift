/// What a trace may show. Everything that is not named here is masked.
enum RedactionRules {
  static let mask = "***"

  /// Header fields whose values are shown.
  static func showsHeader(_ name: String) -> Bool { headers.contains(name.lowercased()) }

  /// Fields of JSON objects whose strings and numbers are shown.
  static func showsField(_ name: String) -> Bool { fields.contains(name.lowercased()) }

  /// Items of a query whose values are shown, when these are plain words.
  static func showsQueryItem(_ name: String) -> Bool { queryItems.contains(name.lowercased()) }

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
    "serialnumber", "status", "successful", "url", "userid", "username", "vaultguid", "windowsuser",
  ]

  private static let queryItems: Set<String> = ["_method", "online", "popup", "vault"]

  private static let cookieAttributes: Set<String> = [
    "domain", "expires", "httponly", "max-age", "path", "samesite", "secure",
  ]

  private static let schemes: Set<String> = ["basic", "bearer", "digest", "negotiate", "ntlm"]
}
