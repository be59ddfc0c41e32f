import CCurl

/// A handle of libcurl with the text of its last error. It serves one transfer after the other, and what a client wants of
/// libcurl stays on it for that client's next plain request: to say it all again takes about a tenth of a request.
///
/// Used on the loop's thread only.
@safe final class EasyHandle {
  let easy: UnsafeMutableRawPointer
  /// libcurl's own words for what went wrong.
  let errorText: UnsafeMutablePointer<CChar>
  /// The transfer that it serves now.
  private(set) var transfer: Transfer?
  /// The client whose options it has; nil: it has none, or further ones that only `transfer` wants.
  private var client: ClientSettings?

  /// nil: memory ran out.
  init?() {
    guard let easy = unsafe curl_easy_init() else { return nil }
    unsafe self.easy = easy
    unsafe errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
  }

  deinit {
    unsafe curl_easy_cleanup(easy)
    unsafe errorText.deallocate()
  }

  /// Whether it has no client's options.
  var isBare: Bool { client == nil }

  /// Whether a transfer's client has left its options here.
  func suits(_ transfer: Transfer) -> Bool { client === transfer.client && transfer.isPlain }

  /// Takes a transfer and sets what it asks for.
  func begin(_ transfer: Transfer) -> HTTPError? {
    self.transfer = transfer
    unsafe errorText[0] = 0
    if suits(transfer) { return transfer.configureAgain(self) }
    reset()
    let fault = transfer.configure(self)
    if fault == nil, transfer.isPlain { client = transfer.client }
    return fault
  }

  /// Lets go of the transfer and of all that belongs to it alone.
  func end() {
    // A reset keeps the cookies of a handle and the share: without detaching it one session's would leak into the next.
    unsafe easy_set_pointer(easy, CURLOPT_SHARE, nil)
    // A reset would drop libcurl's list of cookie files without freeing it.
    unsafe easy_set_string(easy, CURLOPT_COOKIEFILE, nil)
    if client == nil {
      reset()
    } else {
      unsafe easy_set_string(easy, CURLOPT_URL, nil)
      unsafe easy_set_pointer(easy, CURLOPT_HTTPHEADER, nil)
    }
    transfer = nil
  }

  private func reset() {
    client = nil
    unsafe curl_easy_reset(easy)
  }

  static func transfer(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    guard let context = unsafe context else { return nil }
    return unsafe Unmanaged<EasyHandle>.fromOpaque(context)._withUnsafeGuaranteedRef { $0.transfer }
  }
}
