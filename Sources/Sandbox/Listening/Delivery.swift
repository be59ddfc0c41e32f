import CMicroHTTPD
import Cryptography
import Glibc
import MFWS

/// Sends a response, or what a fault makes of it.
func deliver(_ response: WebResponse, on connection: OpaquePointer, _ waiting: WaitingRoom) -> MHD_Result {
  switch response.delivery {
  case .whole: return unsafe queue(wholeBody(response.body), response, on: connection)
  case .reset:
    unsafe resetConnection(connection_socket(connection))
    return .NO
  case .raw:
    unsafe sendRaw(response.body, on: connection)
    return .NO
  case .silence:
    // Called again when the client has gone or patience is at its end.
    if unsafe waiting.suspend(connection, for: WaitingRoom.patience) != nil { return .YES }
    return .NO
  case .stall, .resetMidway, .truncated, .huge:
    let reader = unsafe BodyReader(response, connection, waiting)
    return unsafe queue(reader.response(), response, on: connection)
  }
}

private func wholeBody(_ body: [UInt8]) -> OpaquePointer? {
  var body = body
  return unsafe body.withUnsafeMutableBytes {
    unsafe MHD_create_response_from_buffer($0.count, $0.baseAddress, .RESPMEM_MUST_COPY)
  }
}

private func queue(
  _ made: OpaquePointer?, _ response: WebResponse, on connection: OpaquePointer
) -> MHD_Result {
  guard let made = unsafe made else { return .NO }
  defer { unsafe MHD_destroy_response(made) }
  for header in response.headers { _ = unsafe MHD_add_response_header(made, header.name, header.value) }
  return unsafe MHD_queue_response(connection, UInt32(response.status), made)
}

/// Dissolving a TCP connection sends a reset at once, which no order of closing does for sure.
private func resetConnection(_ descriptor: Int32) {
  pushPending(descriptor)
  var nowhere = sockaddr()
  nowhere.sa_family = sa_family_t(AF_UNSPEC)
  unsafe connect(descriptor, &nowhere, socklen_t(MemoryLayout<sockaddr>.size))
}

/// libmicrohttpd holds back what it believes is followed by more; setting this option sends it.
private func pushPending(_ descriptor: Int32) {
  var on: Int32 = 1
  unsafe setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
}

private func sendRaw(_ bytes: [UInt8], on connection: OpaquePointer) {
  if let session = unsafe connection_tls(connection) {
    unsafe TLSConnection(session).send(bytes)
  } else {
    unsafe _ = Glibc.send(connection_socket(connection), bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }
}

/// A body that does not end as its length promises, or that is too large to be kept.
@safe private final class BodyReader {
  private let start: [UInt8]
  private let length: Int
  private let delivery: WebResponse.Delivery
  private let connection: OpaquePointer
  private let waiting: WaitingRoom
  private var hasWaited = false

  private static let blockSize = 65_536
  private static let missingBytes = 4096

  init(_ response: WebResponse, _ connection: OpaquePointer, _ waiting: WaitingRoom) {
    delivery = response.delivery
    unsafe self.connection = connection
    self.waiting = waiting
    switch delivery {
    case .huge(let bytes): (start, length) = ([], bytes)
    case .truncated: (start, length) = (response.body, response.body.count + Self.missingBytes)
    default:
      start = Array(response.body.prefix(max(1, response.body.count / 2)))
      length = response.body.count + Self.missingBytes
    }
  }

  /// The response that reads from here and then frees this.
  func response() -> OpaquePointer? {
    let context = unsafe Unmanaged.passRetained(self).toOpaque()
    return unsafe MHD_create_response_from_callback(
      UInt64(length), Self.blockSize, readBody, context, { unsafe release($0) })
  }

  /// The next bytes of the body, `offset` bytes after its start.
  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    if offset < start.count {
      let part = start[offset...].prefix(buffer.count)
      unsafe buffer.copyBytes(from: part)
      return part.count
    }
    switch delivery {
    case .huge: return unsafe readHuge(at: offset, into: buffer)
    case .stall where !hasWaited: return wait()
    case .resetMidway: unsafe resetConnection(connection_socket(connection))
    default: break
    }
    return reader_failed()
  }

  /// A JSON string of letters.
  private func readHuge(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(buffer.count, length - offset)
    let part = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[..<count])
    unsafe part.initializeMemory(as: UInt8.self, repeating: UInt8(ascii: "x"))
    if offset == 0 { unsafe part[0] = UInt8(ascii: "\"") }
    if offset + count == length { unsafe part[count - 1] = UInt8(ascii: "\"") }
    return count
  }

  private func wait() -> Int {
    hasWaited = true
    pushPending(unsafe connection_socket(connection))
    return unsafe waiting.suspend(connection, for: WaitingRoom.patience) == nil ? reader_failed() : 0
  }
}

private func readBody(
  _ context: UnsafeMutableRawPointer?, _ offset: UInt64, _ buffer: UnsafeMutablePointer<CChar>?, _ count: Int
) -> Int {
  guard let context = unsafe context else { return reader_failed() }
  let reader = unsafe Unmanaged<BodyReader>.fromOpaque(context).takeUnretainedValue()
  return unsafe reader.read(at: Int(offset), into: UnsafeMutableRawBufferPointer(start: buffer, count: count))
}

private func release(_ context: UnsafeMutableRawPointer?) {
  guard let context = unsafe context else { return }
  unsafe Unmanaged<BodyReader>.fromOpaque(context).release()
}
