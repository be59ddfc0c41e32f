import CMicroHTTPD
import Cryptography
import Glibc
import MFWS

/// One request while it arrives, waits and is answered.
private final class Exchange {
  /// Beyond this the client is not even told that it sends too much.
  static let patience = 64 << 20

  var body: [UInt8] = []
  var received = 0
  var isTooLarge: Bool { received > WebService.bodyLimit }
  /// Whether a provider of identities was asked.
  var hasAsked = false
  /// What the provider said. Written by the task that asked it.
  let identity = Locked<IdentityAnswer?>(nil)
  var response: WebResponse?
  /// Whether the response left, or its silence began.
  private(set) var isDelivered = false

  func add(_ bytes: UnsafeRawBufferPointer) {
    received += bytes.count
    if isTooLarge { body = [] } else { unsafe body.append(contentsOf: bytes) }
  }

  func deliver(_ response: WebResponse, on connection: OpaquePointer, _ waiting: WaitingRoom) -> MHD_Result {
    // Once more only when the client of a silence has gone.
    if isDelivered { return .NO }
    isDelivered = true
    return unsafe Sandbox.deliver(response, on: connection, waiting)
  }
}

/// libmicrohttpd calls this when the head has arrived, for each piece of the body, at the end, and again when a
/// connection that waited goes on.
func handleRequest(
  _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?, _ url: UnsafePointer<CChar>?,
  _ method: UnsafePointer<CChar>?, _ version: UnsafePointer<CChar>?, _ data: UnsafePointer<CChar>?,
  _ count: UnsafeMutablePointer<Int>?, _ state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
  guard let context = unsafe context, let connection = unsafe connection, let url = unsafe url,
    let method = unsafe method, let count = unsafe count, let state = unsafe state
  else { return .NO }
  guard let existing = unsafe state.pointee else {
    unsafe noteHandshake(connection, context)
    unsafe state.pointee = Unmanaged.passRetained(Exchange()).toOpaque()
    return .YES
  }
  let exchange = unsafe Unmanaged<Exchange>.fromOpaque(existing).takeUnretainedValue()
  if unsafe count.pointee > 0 {
    unsafe exchange.add(UnsafeRawBufferPointer(start: data, count: count.pointee))
    unsafe count.pointee = 0
    return exchange.received > Exchange.patience ? .NO : .YES
  }
  let responder = unsafe Unmanaged<Responder>.fromOpaque(context).takeUnretainedValue()
  if let response = exchange.response {
    return unsafe exchange.deliver(response, on: connection, responder.waiting)
  }
  let request = unsafe request(String(cString: method), String(cString: url), exchange, connection)
  return unsafe answer(request, exchange, connection, responder)
}

private func request(
  _ method: String, _ path: String, _ exchange: Exchange, _ connection: OpaquePointer
) -> WebRequest {
  var request = WebRequest(method: method, path: path)
  request.body = exchange.body
  unsafe request.headers = fields(.HEADER_KIND, of: connection)
  unsafe request.query = fields(.GET_ARGUMENT_KIND, of: connection)
  request.identity = exchange.identity.withLock { $0 }
  return request
}

private func answer(
  _ request: WebRequest, _ exchange: Exchange, _ connection: OpaquePointer, _ responder: Responder
) -> MHD_Result {
  var response: WebResponse
  if responder.wantsClientCertificate, unsafe !showsTrustedCertificate(connection) {
    response = .certificateRequired
  } else if exchange.isTooLarge {
    response = WebService.tooLarge(request)
  } else {
    switch responder.respond(request) {
    case .answer(let answer): response = answer
    case .ask(let question):
      // Asked and none the wiser: the client has gone.
      if exchange.hasAsked { return .NO }
      return unsafe ask(question, exchange, connection, responder)
    }
  }
  exchange.response = response
  if response.delay > 0, unsafe responder.waiting.suspend(connection, for: response.delay) != nil {
    return .YES
  }
  return unsafe exchange.deliver(response, on: connection, responder.waiting)
}

private func ask(
  _ question: IdentityQuestion, _ exchange: Exchange, _ connection: OpaquePointer, _ responder: Responder
) -> MHD_Result {
  exchange.hasAsked = true
  guard let ticket = unsafe responder.waiting.suspend(connection, for: WaitingRoom.patience) else {
    return .NO
  }
  let identity = exchange.identity
  Task(executorPreference: EventLoop.shared) {
    let answer = await responder.ask(question)
    identity.withLock { $0 = answer }
    responder.waiting.resume(ticket)
  }
  return .YES
}

private func showsTrustedCertificate(_ connection: OpaquePointer) -> Bool {
  unsafe connection_tls(connection).map { unsafe TLSConnection($0).isPeerTrusted } ?? false
}

/// libmicrohttpd calls this when it is done with a request, however it ended.
func requestCompleted(
  _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
  _ state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ reason: MHD_RequestTerminationCode
) {
  guard let state = unsafe state, let exchange = unsafe state.pointee else { return }
  unsafe Unmanaged<Exchange>.fromOpaque(exchange).release()
  unsafe state.pointee = nil
}

/// libmicrohttpd calls this when a connection was accepted, and when it is closed.
func connectionChanged(
  _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
  _ state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ reason: MHD_ConnectionNotificationCode
) {
  guard let context = unsafe context, let state = unsafe state else { return }
  guard reason == .CONNECTION_NOTIFY_STARTED else {
    unsafe free(state.pointee)
    unsafe state.pointee = nil
    return
  }
  if let connection = unsafe connection, unsafe connection_tls(connection) != nil {
    // A byte: whether the connection has brought a request.
    unsafe state.pointee = calloc(1, 1)
  }
  unsafe Unmanaged<Responder>.fromOpaque(context).takeUnretainedValue().connected()
}

/// The first request on a TLS connection shows that its handshake came to an end.
private func noteHandshake(_ connection: OpaquePointer, _ context: UnsafeMutableRawPointer) {
  guard let isNoted = unsafe connection_context(connection)?.assumingMemoryBound(to: Bool.self),
    unsafe !isNoted.pointee
  else { return }
  unsafe isNoted.pointee = true
  unsafe Unmanaged<Responder>.fromOpaque(context).takeUnretainedValue().secured()
}

private func fields(_ kind: MHD_ValueKind, of connection: OpaquePointer) -> [WebRequest.Field] {
  var fields: [WebRequest.Field] = []
  unsafe withUnsafeMutablePointer(to: &fields) { pointer in
    _ = unsafe MHD_get_connection_values_n(connection, kind, collectField, pointer)
  }
  return fields
}

private func collectField(
  _ context: UnsafeMutableRawPointer?, _ kind: MHD_ValueKind, _ key: UnsafePointer<CChar>?, _ keyLength: Int,
  _ value: UnsafePointer<CChar>?, _ valueLength: Int
) -> MHD_Result {
  let fields = unsafe context?.assumingMemoryBound(to: [WebRequest.Field].self)
  unsafe fields?.pointee.append((text(key, keyLength), text(value, valueLength)))
  return .YES
}

private func text(_ start: UnsafePointer<CChar>?, _ count: Int) -> String {
  guard let start = unsafe start else { return "" }
  return unsafe String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
}
