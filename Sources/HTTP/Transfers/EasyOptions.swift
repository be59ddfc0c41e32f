import CCurl
import Glibc

/// Sets options on a handle and keeps the first refusal: an option that is ignored may be one that protects.
@safe struct EasyOptions {
  private let easy: UnsafeMutableRawPointer
  private var refusal = CURLE_OK

  init(_ handle: EasyHandle) { unsafe easy = handle.easy }

  mutating func set(_ option: CURLoption, _ value: String) {
    // A C string would silently end at the zero byte.
    note(value.hasZeroByte ? CURLE_BAD_FUNCTION_ARGUMENT : unsafe easy_set_string(easy, option, value))
  }

  /// libcurl copies the text; our own copy with the zero byte at its end is overwritten at once.
  mutating func set(_ option: CURLoption, secret: Secret) {
    var text: [UInt8] = []
    text.reserveCapacity(secret.count + 1)
    unsafe secret.withBytes { unsafe text.append(contentsOf: $0) }
    guard !text.contains(0) else { return note(CURLE_BAD_FUNCTION_ARGUMENT) }
    text.append(0)
    unsafe text.withUnsafeMutableBytes { bytes in
      guard let start = bytes.baseAddress else { return }
      note(unsafe easy_set_string(easy, option, start.assumingMemoryBound(to: CChar.self)))
      unsafe explicit_bzero(start, bytes.count)
    }
  }

  mutating func set(_ option: CURLoption, _ value: Int) { note(unsafe easy_set_long(easy, option, value)) }

  mutating func set(_ option: CURLoption, size: Int) {
    note(unsafe easy_set_offset(easy, option, curl_off_t(size)))
  }

  mutating func set(_ option: CURLoption, seconds: Double) { set(option, milliseconds(seconds)) }

  /// libcurl keeps the pointer until the handle is reset or another takes its place.
  mutating func set(_ option: CURLoption, pointer: UnsafeRawPointer?) {
    note(unsafe easy_set_pointer(easy, option, pointer))
  }

  mutating func set(_ option: CURLoption, callback: easy_data_callback) {
    note(unsafe easy_set_callback(easy, option, callback))
  }

  /// What an option was refused with, if any was.
  func fault(_ code: HTTPError.Code, _ what: String) -> HTTPError? {
    guard refusal != CURLE_OK else { return nil }
    return HTTPError(code, "\(what): \(unsafe String(cString: curl_easy_strerror(refusal)))")
  }

  private mutating func note(_ code: CURLcode) { if refusal == CURLE_OK { refusal = code } }
}

/// Between a millisecond and eleven days; no number is no limit.
private func milliseconds(_ seconds: Double) -> Int {
  seconds.isNaN ? 1_000_000_000 : Int(min(max(seconds, 0.001), 1e6) * 1000)
}

/// Whole seconds, at least one: zero would mean no limit at all.
func wholeSeconds(_ seconds: Double) -> Int {
  seconds.isNaN ? 1_000_000 : Int(min(max(seconds, 1), 1e6).rounded(.up))
}
