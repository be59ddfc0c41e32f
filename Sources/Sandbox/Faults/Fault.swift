import MFWS

/// A way in which a sandbox misbehaves, and when.
///
/// As JSON, for ``list(json:)`` and `POST /sandbox/faults`, and in Lua a fault is an object with one kind and any
/// conditions:
/// ```json
/// {"status": 503, "path": "/session", "count": 2}
/// ```
/// and as text, for `mfsh sandbox --fault`, the same fields with commas between them: `status=503,path=/session,count=2`.
///
/// | kind | value | what a client sees |
/// |---|---|---|
/// | `delay` | seconds | the honest answer, late; adds to the next kind that fits |
/// | `stall` | `"nothing"` (or none) or `"head"` | silence at once, or after the head and half of the body |
/// | `reset` | none | a TCP reset before any answer |
/// | `reset_midway` | none | head and half of the body, then a TCP reset |
/// | `truncate` | none | a Content-Length that is too large, then the end of the connection |
/// | `status` | 200 to 599 | that status with a WebServiceError, or with `body` (text) or `page` (a page's title) |
/// | `html` | the title | 200 and a page |
/// | `bad_json` | none | 200 and JSON that ends in its middle |
/// | `huge` | bytes | 200 and one JSON string of that size |
/// | `wrong_node` | none | 403 as for the token of another node |
/// | `expire` | none | the session of the request is gone, then the honest answer |
/// | `lose_cookie` | none | the honest answer, with no cookie taken and none given |
/// | `retry_after` | seconds | `status_code` (503 or 429; 503 unless told) with Retry-After, a date with `as_date` |
/// | `empty` | none | 200 without a body |
/// | `control` | none | 403 whose texts hold escape sequences, NUL and workflow commands of CI systems |
/// | `garbage` | none | bytes that are no HTTP, then the end of the connection |
///
/// Conditions: `path` (a resource such as `/session`, and what is below it; with `exact` it alone), `method`
/// (after `_method` is read), `after` (so many fitting requests pass first), `count` (then so many are hit),
/// `probability` (0 to 1). A kind without a value is `true` in JSON.
public struct Fault: Sendable, Hashable {
  /// What goes wrong.
  public enum Kind: Sendable, Hashable {
    /// The answer comes after so many seconds.
    case delay(Double)
    /// Silence, at once or after the head and half of the body.
    case stall(afterHead: Bool)
    /// A TCP reset before any answer.
    case reset
    /// Head and half of the body, then a TCP reset.
    case resetMidway
    /// A Content-Length that is too large, then the end of the connection.
    case truncate
    /// A status of choice.
    case status(Int, Content)
    /// 200 and a page of this title.
    case html(title: String)
    /// 200 and JSON that ends in its middle.
    case badJSON
    /// 200 and one JSON string of so many bytes, made while it is sent.
    case huge(bytes: Int)
    /// 403 as for the token of another node.
    case wrongNode
    /// The session that the request belongs to is gone, then the honest answer.
    case expire
    /// The request's cookies are ignored and the answer sets none.
    case loseCookie
    /// A status with Retry-After, in seconds or as an HTTP date.
    case retryAfter(seconds: Int, status: Int, asDate: Bool)
    /// 200 without a body.
    case empty
    /// 403 whose texts hold escape sequences, NUL and workflow commands of CI systems.
    case control
    /// Bytes that are no HTTP.
    case garbage
  }

  /// The body that goes with a status.
  public enum Content: Sendable, Hashable {
    /// A WebServiceError.
    case error
    /// A page of this title.
    case page(title: String)
    /// This text, sent as JSON, HTML or plain text by how it begins.
    case text(String)
  }

  /// What goes wrong.
  public var kind: Kind
  /// The resource it happens to, such as `/session`; nil for any.
  public var path: String?
  /// Whether resources below `path` are spared.
  public var isExact = false
  /// The verb it happens to, after `_method` is read; nil for any.
  public var method: String?
  /// How likely it is, from 0 to 1.
  public var probability = 1.0
  /// How many requests are hit; nil for all.
  public var count: Int?
  /// How many fitting requests pass first.
  public var after = 0

  /// A fault that happens to every request.
  public init(_ kind: Kind) { self.kind = kind }

  func fits(method: String, path: String) -> Bool {
    if let wanted = self.method, wanted.uppercased() != method { return false }
    guard let wanted = self.path?.lowercased() else { return true }
    let path = path.lowercased()
    return path == wanted || !isExact && path.hasPrefix(wanted.hasSuffix("/") ? wanted : wanted + "/")
  }
}
