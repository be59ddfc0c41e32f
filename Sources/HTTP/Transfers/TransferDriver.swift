import CCurl
import Glibc

/// Drives the transfers of one loop through curl-multi. Used on the loop's thread only.
@safe final class TransferDriver {
  private let multi: UnsafeMutableRawPointer
  private var idle: [EasyHandle] = []
  private var underWay: [Transfer] = []
  /// The sockets that libcurl waits for.
  private let sockets: UnsafeMutablePointer<socket_set>
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
    unsafe sockets = .allocate(capacity: 1)
    unsafe sockets.initialize(to: socket_set_make())
    precondition(descriptor >= 0, "no descriptor is left for the loop")
    unsafe multi_set_long(multi, CURLMOPT_MAXCONNECTS, 256)
    // `deinit` ends the multi handle.
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    let watched = unsafe multi_watch(
      multi, sockets,
      { _, milliseconds, context in
        guard let context = unsafe context else { return 0 }
        unsafe Unmanaged<TransferDriver>.fromOpaque(context)._withUnsafeGuaranteedRef {
          $0.due = milliseconds < 0 ? .infinity : Clock.now + Double(milliseconds) / 1000
        }
        return 0
      }, context)
    precondition(watched == CURLM_OK, "libcurl does not tell what it waits for")
  }

  deinit {
    // A transfer and its handle hold each other.
    for transfer in underWay { cancel(transfer) }
    idle.removeAll()
    unsafe curl_multi_cleanup(multi)
    close(descriptor)
    unsafe sockets.deallocate()
  }

  /// Readable while anything can be done on a connection.
  var descriptor: Int32 { unsafe sockets.pointee.descriptor }

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
    leave(transfer)
    finish(transfer, .failure(HTTPError(.cancelled, "cancelled")))
  }

  /// Lets libcurl do what can be done without waiting, and completes what has ended.
  ///
  /// Also when no transfer is under way: a connection may still be closing.
  func advance() {
    let isDue = due < .infinity && due <= Clock.now
    guard isDue || areSocketsDue else { return failUnwatched() }
    var code = CURLM_OK
    if areSocketsDue { code = unsafe multi_act(multi, descriptor) }
    areSocketsDue = false
    if isDue, code == CURLM_OK {
      // Unless it tells another moment.
      due = .infinity
      var running: Int32 = 0
      code = unsafe curl_multi_socket_action(multi, CURL_SOCKET_TIMEOUT, 0, &running)
    }
    completeEnded()
    if code != CURLM_OK {
      failAll("libcurl cannot go on: \(unsafe String(cString: curl_multi_strerror(code)))")
    }
    failUnwatched()
  }

  private func completeEnded() {
    var left: Int32 = 0
    while let message = unsafe curl_multi_info_read(multi, &left) {
      guard unsafe message.pointee.msg == CURLMSG_DONE, let easy = unsafe message.pointee.easy_handle else {
        continue
      }
      unsafe complete(easy, message_result(message))
    }
  }

  /// A socket that is not watched would be waited for until its request's time is up.
  private func failUnwatched() {
    let fault = unsafe sockets.pointee.fault
    guard fault != 0 else { return }
    failAll("connections cannot be watched: \(unsafe String(cString: strerror(fault)))")
    unsafe sockets.pointee.fault = 0
  }

  private func failAll(_ reason: String) {
    for transfer in underWay {
      leave(transfer)
      finish(transfer, .failure(HTTPError(.failed, reason)))
    }
  }

  /// Waits until something happens on a connection, on `wake` or on `other`, or a transfer's time is up.
  func wait(seconds: Double, wake: Int32, also other: Int32?) -> (byWake: Bool, byOther: Bool) {
    func readable(_ descriptor: Int32) -> pollfd {
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    }
    // What is below 0 is passed over.
    var polled = (readable(descriptor), readable(wake), readable(other ?? -1))
    let limit = due == .infinity ? seconds : min(seconds, due - Clock.now)
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

  /// One that has the options already, else one without any: another client's only where there are enough. nil: a new one
  /// is better.
  private func takeIdle(for transfer: Transfer) -> EasyHandle? {
    guard let last = idle.indices.last else { return nil }
    let place = idle.lastIndex { $0.suits(transfer) } ?? idle.lastIndex { $0.isBare }
    if place == nil, idle.count < Self.idleLimit { return nil }
    idle.swapAt(place ?? last, last)
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
