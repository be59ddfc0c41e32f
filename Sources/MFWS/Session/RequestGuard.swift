import HTTP

/// What may be sent: resources below `/REST`, and in a read-only session GET, as it will be understood after `_method` was
/// read.
package enum RequestGuard {
  package static func check(_ request: ResourceRequest, isReadOnly: Bool) throws(MFWSError) {
    guard request.path.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
      throw .usage("the path has a blank or control character: write it percent-encoded")
    }
    guard ["GET", "HEAD", "POST", "PUT", "DELETE"].contains(request.method) else {
      throw .usage("the method is GET, HEAD, POST, PUT or DELETE, not \(request.method.prefix(20))")
    }
    // A fragment would swallow the query, and with it `_method`; dots would lead out of `/REST`.
    guard !request.path.contains("#"), !hasDotSegment(request.path) else {
      throw .usage("the path has a # or a . or .. between slashes: write the resource's own path")
    }
    guard isReadOnly else { return }
    guard request.method == "GET" || request.method == "HEAD", !overridesMethod(request) else {
      throw MFWSError(.clientLocked, "this session is read-only: only GET requests are sent (--read-only)")
    }
  }

  private static func hasDotSegment(_ path: String) -> Bool {
    path.prefix { $0 != "?" }.split { $0 == "/" || $0 == "\\" }.contains { segment in
      [".", ".."].contains(segment.lowercased().replacing("%2e", with: "."))
    }
  }

  /// Escapes in a parameter's name are not worth decoding: `query` takes names as they are.
  private static func overridesMethod(_ request: ResourceRequest) -> Bool {
    let query = request.path.drop { $0 != "?" }.dropFirst()
    let names = query.split(separator: "&").map { $0.prefix { $0 != "=" } }
    let text = request.path.lowercased() + request.query.map { "?\($0.name)=".lowercased() }.joined()
    return text.contains("_method") || text.contains("restpath") || names.contains { $0.contains("%") }
      || request.headers.contains { $0.name.lowercased().contains("method") }
  }
}
