import CCurl
import Glibc

/// Drives the transfers of one loop through curl-multi. Used on the loop's thread only.
@safe final class TransferDriver {
  private let multi: UnsafeMutableRawPointer
  private var idle: [EasyHandle] = []
  private var underWay: [Transfer] = []
  /// Whether libcurl can have something to do: since it last had a turn a transfer began or the loop waited.
  private var isDue = false
  private static let initialised = curl_global_init(Int(CURL_GLOBAL_ALL))
  private static let idleLimit = 256

  init() {
    precondition(Self.initialised == CURLE_OK, "libcurl cannot be initialised")
    guard let multi = unsafe curl_multi_init() else { preconditionFailure("out of memory") }
    unsafe self.multi = multi
    unsafe multi_set_long(multi, CURLMOPT_MAXCONNECTS, 256)
  }

  deinit {
    idle.removeAll()
    unsafe curl_multi_cleanup(multi)
  }

  /// The requests that were sent and not yet answered.
  var requests: [HTTPRequest] { underWay.map(\.request) }

  func start(_ transfer: Transfer, _ continuation: CheckedContinuation<Void, Never>) {
    transfer.continuation = continuation
    guard transfer.result == nil else { return resume(transfer) }
    guard let handle = takeIdle(for: transfer) ?? EasyHandle() else {
      return finish(transfer, .failure(HTTPError(.failed, "out of memory")))
    }
    transfer.handle = handle
    var fault = handle.begin(transfer)
    if fault == nil, unsafe curl_multi_add_handle(multi, handle.easy) != CURLM_OK {
      fault = HTTPError(.failed, "libcurl does not take the request")
    }
    if let fault {
      recycle(transfer)
      return finish(transfer, .failure(fault))
    }
    transfer.place = underWay.count
    underWay.append(transfer)
    isDue = true
  }

  /// Ends a transfer at once. Also before its start, and without effect after its end.
  func cancel(_ transfer: Transfer) {
    guard transfer.result == nil else { return }
    let error = HTTPError(.cancelled, "cancelled")
    leave(transfer)
    finish(transfer, .failure(error))
  }

  /// Lets libcurl do what can be done without waiting, and completes what has ended.
  func advance() {
    guard !underWay.isEmpty, isDue else { return }
    isDue = false
    var running: Int32 = 0
    unsafe curl_multi_perform(multi, &running)
    var left: Int32 = 0
    while let message = unsafe curl_multi_info_read(multi, &left) {
      guard unsafe message.pointee.msg == CURLMSG_DONE, let easy = unsafe message.pointee.easy_handle else {
        continue
      }
      unsafe complete(easy, message_result(message))
    }
  }

  /// Waits until something happens on a connection, on `wake`, on `alarm` or on `descriptor`.
  func wait(
    seconds: Double, wake: Int32, alarm: Int32?, also descriptor: Int32?
  ) -> (byWake: Bool, byOther: Bool) {
    // What is below 0 is passed over.
    var extra = (
      curl_waitfd(fd: wake, events: Int16(CURL_WAIT_POLLIN), revents: 0),
      curl_waitfd(fd: descriptor ?? -1, events: Int16(CURL_WAIT_POLLIN), revents: 0),
      curl_waitfd(fd: alarm ?? -1, events: Int16(CURL_WAIT_POLLIN), revents: 0)
    )
    let milliseconds = Int32(min(max(seconds, 0), 3600) * 1000 + 0.999)
    unsafe withUnsafeMutableBytes(of: &extra) { bytes in
      let descriptors = unsafe bytes.assumingMemoryBound(to: curl_waitfd.self)
      _ = unsafe curl_multi_poll(multi, descriptors.baseAddress, 3, milliseconds, nil)
    }
    isDue = true
    return (extra.0.revents != 0, extra.1.revents != 0)
  }

  private func complete(_ easy: UnsafeMutableRawPointer, _ code: CURLcode) {
    guard let context = unsafe easy_get_string(easy, CURLINFO_PRIVATE) else { return }
    guard let transfer = unsafe EasyHandle.transfer(UnsafeMutableRawPointer(mutating: context)) else { return }
    let result: Result<HTTPResponse, HTTPError> =
      transfer.isAnswered(code)
      ? .success(unsafe transfer.response(easy)) : .failure(unsafe transfer.error(easy, code))
    leave(transfer)
    finish(transfer, result)
  }

  private func leave(_ transfer: Transfer) {
    guard let handle = transfer.handle else { return }
    unsafe curl_multi_remove_handle(multi, handle.easy)
    recycle(transfer)
    let last = underWay.removeLast()
    guard last !== transfer else { return }
    underWay[transfer.place] = last
    last.place = transfer.place
  }

  private func recycle(_ transfer: Transfer) {
    guard let handle = transfer.handle else { return }
    transfer.handle = nil
    handle.end()
    if idle.count < Self.idleLimit { idle.append(handle) }
  }

  /// Preferably one that has the options already.
  private func takeIdle(for transfer: Transfer) -> EasyHandle? {
    guard let last = idle.indices.last else { return nil }
    if let fitting = idle.lastIndex(where: { $0.suits(transfer) }) { idle.swapAt(fitting, last) }
    return idle.removeLast()
  }

  private func finish(_ transfer: Transfer, _ result: Result<HTTPResponse, HTTPError>) {
    transfer.result = result
    resume(transfer)
  }

  private func resume(_ transfer: Transfer) {
    transfer.continuation?.resume()
    transfer.continuation = nil
  }
}
