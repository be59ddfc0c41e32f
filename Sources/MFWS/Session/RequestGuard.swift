/// What a read-only session lets through: GET, as it will be understood after `_method` was read.
package enum RequestGuard {
  package static func check(_ request: ResourceRequest, isReadOnly: Bool) throws(MFWSError) {
    guard request.path.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
      throw .usage("the path has a blank or control character: write it percent-encoded")
    }
    guard ["GET", "HEAD", "POST", "PUT", "DELETE"].contains(request.method) else {
      throw .usage("the method is GET, HEAD, POST, PUT or DELETE, not \(request.method.prefix(20))")
    }
    guard isReadOnly else { return }
    let query = request.path.lowercased() + request.query.map { "?\($0.name)=".lowercased() }.joined()
    let overrides = query.contains("_method") || query.contains("%5fmethod") || query.contains("restpath")
    guard request.method == "GET" || request.method == "HEAD", !overrides else {
      throw MFWSError(.clientLocked, "this session is read-only: only GET requests are sent (--read-only)")
    }
  }
}
