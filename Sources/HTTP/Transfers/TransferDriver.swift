import CCurl
import Glibc

/// Drives the transfers of one loop through curl-multi. Used on the loop's thread only.
@safe final class TransferDriver {
  private let multi: UnsafeMutableRawPointer
  private var idle: [EasyHandle] = []
  private var underWay: [Transfer] = []
  /// The sockets that libcurl waits for.
  private let sockets: Int32
  /// Whether anything can have happened on them since libcurl last had a turn.
  private var areSocketsDue = false
  /// When libcurl wants a turn whatever happens on them, on the clock of `Clock.now`.
  private var due = Double.infinity
  private static let initialised = curl_global_init(Int(CURL_GLOBAL_ALL))
  private static let idleLimit = 256

  init() {
    precondition(Self.initialised == CURLE_OK, "libcurl cannot be initialised")
    guard let multi = unsafe curl_multi_init() else { preconditionFailure("out of memory") }
    unsafe self.multi = multi
    sockets = socket_set()
    precondition(sockets >= 0, "no descriptor is left for the loop")
    unsafe multi_set_long(multi, CURLMOPT_MAXCONNECTS, 256)
    // `deinit` ends the multi handle.
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe multi_watch(
      multi, sockets,
      { _, milliseconds, context in
        guard let context = unsafe context else { return 0 }
        unsafe Unmanaged<TransferDriver>.fromOpaque(context)._withUnsafeGuaranteedRef {
          $0.due = milliseconds < 0 ? .infinity : Clock.now + Double(milliseconds) / 1000
        }
        return 0
      }, context)
  }

  deinit {
    idle.removeAll()
    unsafe curl_multi_cleanup(multi)
    close(sockets)
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
    guard !underWay.isEmpty else { return }
    let isDue = due < .infinity && due <= Clock.now
    guard isDue || areSocketsDue else { return }
    if areSocketsDue { unsafe multi_act(multi, sockets) }
    areSocketsDue = false
    if isDue {
      // Unless it tells another moment.
      due = .infinity
      var running: Int32 = 0
      unsafe curl_multi_socket_action(multi, CURL_SOCKET_TIMEOUT, 0, &running)
    }
    var left: Int32 = 0
    while let message = unsafe curl_multi_info_read(multi, &left) {
      guard unsafe message.pointee.msg == CURLMSG_DONE, let easy = unsafe message.pointee.easy_handle else {
        continue
      }
      unsafe complete(easy, message_result(message))
    }
  }

  /// Waits until something happens on a connection, on `wake` or on `descriptor`, or a transfer's time is up.
  func wait(seconds: Double, wake: Int32, also descriptor: Int32?) -> (byWake: Bool, byOther: Bool) {
    func readable(_ descriptor: Int32) -> pollfd {
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    }
    // What is below 0 is passed over.
    var polled = (readable(sockets), readable(wake), readable(descriptor ?? -1))
    let limit = underWay.isEmpty || due == .infinity ? seconds : min(seconds, due - Clock.now)
    let nanoseconds = Int((min(max(limit, 0), 3600) * 1e9).rounded(.up))
    unsafe wait_for(&polled, 3, nanoseconds / 1_000_000_000, nanoseconds % 1_000_000_000)
    if polled.0.revents != 0 { areSocketsDue = true }
    return (polled.1.revents != 0, polled.2.revents != 0)
  }

  private func complete(_ easy: UnsafeMutableRawPointer, _ code: CURLcode) {
    guard let context = unsafe easy_get_string(easy, CURLINFO_PRIVATE) else { return }
    guard let transfer = unsafe EasyHandle.transfer(UnsafeMutableRawPointer(mutating: context)) else {
      return
    }
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
