import Glibc

/// Takes some signals for a while and puts the former handlers back.
///
/// The handler writes the signal's number to a pipe that the wait polls along with the terminal, whichever thread
/// the signal reached.
struct SignalWatch {
  private let pipe: (reading: Int32, writing: Int32)
  private let former: [(signal: Int32, action: sigaction)]

  init?(_ signals: [Int32]) {
    var ends: [Int32] = [-1, -1]
    guard unsafe Glibc.pipe(&ends) == 0 else { return nil }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    pipe = (ends[0], ends[1])
    unsafe wakeDescriptor = ends[1]
    former = signals.map { signal in
      var action = sigaction()
      var former = sigaction()
      unsafe action.__sigaction_handler.sa_handler = noteSignal
      unsafe sigaction(signal, &action, &former)
      return (signal, former)
    }
  }

  /// Waits until the descriptor is readable (nil) or a signal came.
  func wait(orInputOn descriptor: Int32) -> Int32? {
    var entries = [
      pollfd(fd: pipe.reading, events: Int16(POLLIN), revents: 0),
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
    ]
    while true {
      let count = unsafe poll(&entries, 2, -1)
      var signal: UInt8 = 0
      if unsafe read(pipe.reading, &signal, 1) == 1 { return Int32(signal) }
      if count > 0 { return nil }
    }
  }

  /// Puts the former handlers back.
  func end() {
    for entry in former {
      var action = entry.action
      unsafe sigaction(entry.signal, &action, nil)
    }
    unsafe wakeDescriptor = -1
    close(pipe.reading)
    close(pipe.writing)
  }
}

/// Written before the handlers are installed and after they are gone, read by them; a word that is written whole.
nonisolated(unsafe) private var wakeDescriptor: Int32 = -1

private func noteSignal(_ signal: Int32) {
  let code = errno
  var byte = UInt8(truncatingIfNeeded: signal)
  _ = unsafe write(wakeDescriptor, &byte, 1)
  errno = code
}
