import CCurl

/// The dates of header fields (RFC 9110, 5.6.7), such as `Sun, 06 Nov 1994 08:49:37 GMT`.
public enum HTTPDate {
  /// Seconds since 1970; nil for what is no date.
  public static func seconds(_ text: String) -> Double? {
    let seconds = unsafe curl_getdate(text, nil)
    return seconds == -1 ? nil : Double(seconds)
  }
}
