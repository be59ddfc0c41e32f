import CCurl
import Glibc

/// A list of texts as libcurl takes it. libcurl keeps no copy, so it has to live as long as the transfer; its bytes are
/// overwritten at its end.
@safe struct StringList: ~Copyable {
  private(set) var head: UnsafeMutablePointer<curl_slist>?

  deinit {
    var next = unsafe head
    while let node = unsafe next {
      if let text = unsafe node.pointee.data { unsafe explicit_bzero(text, strlen(text)) }
      unsafe next = node.pointee.next
    }
    unsafe curl_slist_free_all(head)
  }

  /// Adds a text without a zero byte in it; `size` is its length in bytes.
  mutating func append(size: Int, _ write: (inout [UInt8]) -> Void) {
    var line: [UInt8] = []
    // Growing would leave pieces of a secret behind.
    line.reserveCapacity(size + 1)
    write(&line)
    line.append(0)
    unsafe line.withUnsafeMutableBytes { bytes in
      guard let start = bytes.baseAddress else { return }
      unsafe head = curl_slist_append(head, start.assumingMemoryBound(to: CChar.self))
      unsafe explicit_bzero(start, bytes.count)
    }
  }
}
