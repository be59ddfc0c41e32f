import CCurl
import Glibc

extension ServerCertificate {
  /// What libcurl tells of the certificate of a connection that was made for it.
  init?(_ easy: UnsafeMutableRawPointer) {
    var texts: [String] = []
    var next = unsafe easy_get_certificate(easy)
    while let node = unsafe next {
      if let data = unsafe node.pointee.data { texts.append(unsafe String(cString: data)) }
      unsafe next = UnsafePointer(node.pointee.next)
    }
    self.init(texts: texts)
  }

  /// Reads `Subject:CN=…` and so on, in the spellings that libcurl has with GnuTLS and with OpenSSL.
  package init?(texts: [String]) {
    var values: [String: String] = [:]
    for text in texts {
      let parts = text.split(separator: ":", maxSplits: 1)
      if parts.count == 2 { values[parts[0].lowercased()] = String(parts[1]) }
    }
    guard let subject = values["subject"], let issuer = values["issuer"],
      let start = values["start date"].flatMap(Self.seconds),
      let end = values["expire date"].flatMap(Self.seconds)
    else { return nil }
    self.init(
      subject: Self.name(subject), issuer: Self.name(issuer), notBefore: start, notAfter: end)
  }

  private static func name(_ text: String) -> String { text.replacing(" = ", with: "=").printable }

  /// `2026-11-24 00:03:48 GMT` (GnuTLS) or `Nov 24 00:03:48 2026 GMT` (OpenSSL).
  private static func seconds(_ text: String) -> Double? {
    let words = text.split(separator: " ")
    switch (words.count, words.last) {
    case (3, "GMT"): return seconds(date: words[0].split(separator: "-").map { Int($0) }, clock: words[1])
    case (5, "GMT"):
      let month = months.firstIndex(of: words[0]).map { $0 + 1 }
      return seconds(date: [Int(words[3]), month, Int(words[1])], clock: words[2])
    default: return nil
    }
  }

  private static let months: [Substring] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static func seconds(date: [Int?], clock: Substring) -> Double? {
    let parts = (date + clock.split(separator: ":").map { Int($0) }).compactMap {
      $0.flatMap(Int32.init(exactly:))
    }
    guard parts.count == 6 else { return nil }
    var time = unsafe tm()
    unsafe (time.tm_year, time.tm_mon, time.tm_mday) = (parts[0] &- 1900, parts[1] &- 1, parts[2])
    unsafe (time.tm_hour, time.tm_min, time.tm_sec) = (parts[3], parts[4], parts[5])
    return Double(unsafe timegm(&time))
  }
}
