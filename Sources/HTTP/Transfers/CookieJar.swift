import CCurl

/// The cookies of one session. Sessions that share a jar mix identities, so each has its own.
///
/// Used by one `EventLoop`'s transfers at a time.
@safe public final class CookieJar: @unchecked Sendable {
  // libcurl touches the share on the loop's thread only; `snapshot` is locked.
  let share: OpaquePointer
  private let snapshot = Locked<(lines: [Secret], names: [String])>(([], []))
  private let initial = Locked<[Secret]>([])

  /// A jar with cookies of another one (`lines`).
  package convenience init(lines: [Secret]) {
    self.init()
    remember(lines)
    initial.withLock { $0 = lines }
  }

  /// What the first transfer has to hand to libcurl.
  func takeInitial() -> [Secret] {
    initial.withLock { lines in
      defer { lines = [] }
      return lines
    }
  }

  /// An empty jar.
  public init() {
    guard let share = unsafe curl_share_init() else { preconditionFailure("out of memory") }
    unsafe self.share = OpaquePointer(share)
    unsafe share_cookies(share)
  }

  deinit { unsafe curl_share_cleanup(UnsafeMutableRawPointer(share)) }

  /// The cookies as they stood after the last response that set one, each a line in the
  /// format of Netscape's cookie file.
  package var lines: [Secret] { snapshot.withLock { $0.lines } }

  /// The names of the cookies.
  var names: [String] { snapshot.withLock { $0.names } }

  func remember(_ lines: [Secret]) {
    let names = lines.compactMap { line in
      let columns = line.reveal().split(separator: "\t", omittingEmptySubsequences: false)
      return columns.count == 7 ? String(columns[5]) : nil
    }
    snapshot.withLock { $0 = (lines, names) }
  }
}
