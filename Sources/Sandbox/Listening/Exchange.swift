import CMicroHTTPD
import Glibc

/// The body of a request while it arrives.
private final class Upload {
  /// Beyond this the client is not even told that it sends too much.
  static let patience = 64 << 20

  var body: [UInt8] = []
  var received = 0
  var isTooLarge: Bool { received > WebService.bodyLimit }

  func add(_ bytes: UnsafeRawBufferPointer) {
    received += bytes.count
    if isTooLarge { body = [] } else { unsafe body.append(contentsOf: bytes) }
  }
}

/// libmicrohttpd calls this when the head has arrived, for each piece of the body, and at the end.
func handleRequest(
  _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?, _ url: UnsafePointer<CChar>?,
  _ method: UnsafePointer<CChar>?, _ version: UnsafePointer<CChar>?, _ data: UnsafePointer<CChar>?,
  _ count: UnsafeMutablePointer<Int>?, _ state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
  guard let context = unsafe context, let connection = unsafe connection, let url = unsafe url,
    let method = unsafe method, let count = unsafe count, let state = unsafe state
  else { return .NO }
  guard let existing = unsafe state.pointee else {
    unsafe state.pointee = Unmanaged.passRetained(Upload()).toOpaque()
    return .YES
  }
  let upload = unsafe Unmanaged<Upload>.fromOpaque(existing).takeUnretainedValue()
  if unsafe count.pointee > 0 {
    unsafe upload.add(UnsafeRawBufferPointer(start: data, count: count.pointee))
    unsafe count.pointee = 0
    return upload.received > Upload.patience ? .NO : .YES
  }
  let responder = unsafe Unmanaged<Responder>.fromOpaque(context).takeUnretainedValue()
  var request = unsafe WebRequest(method: String(cString: method), path: String(cString: url))
  request.body = upload.body
  unsafe request.headers = fields(.HEADER_KIND, of: connection)
  unsafe request.query = fields(.GET_ARGUMENT_KIND, of: connection)
  let response = upload.isTooLarge ? WebService.tooLarge(request) : responder.respond(request)
  return unsafe queue(response, on: connection)
}

/// libmicrohttpd calls this when it is done with a request, however it ended.
func requestCompleted(
  _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
  _ state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ reason: MHD_RequestTerminationCode
) {
  guard let state = unsafe state, let upload = unsafe state.pointee else { return }
  unsafe Unmanaged<Upload>.fromOpaque(upload).release()
  unsafe state.pointee = nil
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

private func queue(_ response: WebResponse, on connection: OpaquePointer) -> MHD_Result {
  var body = response.body
  let made = unsafe body.withUnsafeMutableBytes {
    unsafe MHD_create_response_from_buffer($0.count, $0.baseAddress, .RESPMEM_MUST_COPY)
  }
  guard let made = unsafe made else { return .NO }
  defer { unsafe MHD_destroy_response(made) }
  for header in response.headers { _ = unsafe MHD_add_response_header(made, header.name, header.value) }
  return unsafe MHD_queue_response(connection, UInt32(response.status), made)
}
