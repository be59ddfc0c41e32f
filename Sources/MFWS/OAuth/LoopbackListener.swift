import Glibc
import HTTP

/// Listens on a redirect address until the browser comes back.
///
/// A thread of its own serves the connections, since the loop has no descriptors but libcurl's; it lives as long as
/// `answer` waits.
final class LoopbackListener: Sendable {
  /// The redirect address with the port that listens.
  let redirectURI: String
  private let path: String
  private let listening: Locked<[Int32]>
  /// A pipe: a byte written to it ends the wait.
  private let stop: (reading: Int32, writing: Int32)

  /// Listens on all addresses that the redirect address means.
  ///
  /// - Throws: `client.usage` when one of them is taken.
  init(_ redirect: LoopbackRedirect) throws(MFWSError) {
    let sockets = try Self.listen(redirect)
    var ends: [Int32] = [-1, -1]
    guard let first = sockets.first, pipe(&ends) == 0 else {
      sockets.forEach { close($0.descriptor) }
      throw .usage("no socket is left to wait for the browser: close something and log in again")
    }
    redirectURI = redirect.address(port: first.port)
    path = redirect.path
    listening = Locked(sockets.map(\.descriptor))
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    stop = (ends[0], ends[1])
  }

  deinit {
    closePort()
    close(stop.reading)
    close(stop.writing)
  }

  /// What the browser brings.
  ///
  /// - Returns: nil when it did not come in time.
  /// - Throws: `client.cancelled` when the task is cancelled, at once.
  func answer(
    to request: AuthorizationRequest, within seconds: Double
  ) async throws(MFWSError) -> AuthorizationRequest.Answer? {
    defer { closePort() }
    let service = LoopbackService(
      listening: listening.withLock { $0 }, stop: stop.reading, request: request, path: path,
      deadline: Clock.now + seconds)
    let outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        guard BackgroundThread.start({ continuation.resume(returning: service.run()) }) else {
          return continuation.resume(returning: .cancelled)
        }
      }
    } onCancel: {
      var byte: UInt8 = 1
      _ = write(stop.writing, &byte, 1)
    }
    switch outcome {
    case .answer(let answer): return answer
    case .timeout: return nil
    case .cancelled: throw MFWSError(.clientCancelled, "cancelled")
    }
  }

  /// Gives the port back.
  func closePort() {
    listening.withLock { descriptors in
      descriptors.forEach { close($0) }
      descriptors = []
    }
  }

  private static func listen(_ redirect: LoopbackRedirect) throws(MFWSError) -> [LoopbackSocket] {
    var failure = LoopbackSocket.Failure.noAddress
    // A port that is free for the first address may be taken for the second.
    for _ in 0..<(redirect.port == nil ? 20 : 1) {
      do throws(LoopbackSocket.Failure) {
        return try listenOnce(redirect)
      } catch {
        failure = error
      }
    }
    throw error(failure, redirect)
  }

  private static func listenOnce(
    _ redirect: LoopbackRedirect
  ) throws(LoopbackSocket.Failure) -> [LoopbackSocket] {
    var sockets: [LoopbackSocket] = []
    var port = UInt16(redirect.port ?? 0)
    for host in redirect.hosts {
      do throws(LoopbackSocket.Failure) {
        let socket = try LoopbackSocket(host, port: port)
        sockets.append(socket)
        port = socket.port
      } catch {
        // A machine without IPv6 has no ::1, and then no browser goes there.
        if case .noAddress = error { continue }
        sockets.forEach { close($0.descriptor) }
        throw error
      }
    }
    guard !sockets.isEmpty else { throw .noAddress }
    return sockets
  }

  private static func error(_ failure: LoopbackSocket.Failure, _ redirect: LoopbackRedirect) -> MFWSError {
    let place = redirect.address(port: UInt16(redirect.port ?? 0))
    return switch failure {
    case .taken:
      .usage("\(place), where the browser is to come back, is taken: end the program that listens there")
    case .noAddress: .usage("\(place), where the browser is to come back, is no address of this machine")
    case .other(let code):
      .usage(
        "cannot listen on \(place), where the browser is to come back: \(String(cString: strerror(code)))")
    }
  }
}
