package import Glibc

/// A program with pipes for its standard streams.
package final class ChildProcess {
  private var child: Child
  private var input: Int32
  private let output: Int32
  private let error: Int32
  private var pendingInput: ArraySlice<UInt8>
  private let keepsInputOpen: Bool
  /// What standard output has brought so far.
  package private(set) var outputBytes: [UInt8] = []
  /// What standard error has brought so far.
  package private(set) var errorBytes: [UInt8] = []
  private var searchStart = 0
  /// Nil for other programs than ours.
  private let evidence: Evidence?

  /// Starts `command` (its program with all arguments); `input` is all that standard input will hold. Its end comes
  /// after that, or with the end of this value.
  package init(
    _ command: [String], environment: [String: String] = [:], folder: String? = nil, input text: String = "",
    keepsInputOpen: Bool = false
  ) throws {
    evidence = command.contains { BuiltBinary.isOurs($0) } ? Evidence() : nil
    let (inputEnd, outputEnd, errorEnd) = try (Pipe(), Pipe(), Pipe())
    defer { [inputEnd.reading, outputEnd.writing, errorEnd.writing].forEach { _ = close($0) } }
    (input, output, error) = (inputEnd.writing, outputEnd.reading, errorEnd.reading)
    pendingInput = Array(text.utf8)[...]
    self.keepsInputOpen = keepsInputOpen
    for descriptor in [input, output, error] { _ = fcntl(descriptor, F_SETFL, O_NONBLOCK) }
    child = try Spawn.start(
      command, environment: Spawn.environment(environment), folder: folder,
      streams: .descriptors(input: inputEnd.reading, output: outputEnd.writing, error: errorEnd.writing))
    feed()
  }

  deinit {
    if input >= 0 { close(input) }
    evidence?.record(outputBytes + rest(of: output), as: "stdout")
    evidence?.record(errorBytes + rest(of: error), as: "stderr")
    close(output)
    close(error)
  }

  /// Standard output as text.
  package var outputText: String { String(decoding: outputBytes, as: UTF8.self) }

  /// Standard error as text.
  package var errorText: String { String(decoding: errorBytes, as: UTF8.self) }

  /// The process's id.
  package var id: pid_t { child.id }

  /// Sends a signal, unless the program has ended.
  package func signal(_ number: Int32) { child.signal(number) }

  /// Waits until standard output brings `text` after what earlier calls have found; returns all up to its end.
  @discardableResult
  package func expect(_ text: String, within seconds: Double = Patience.seconds) throws -> String {
    let deadline = Deadline(within: seconds)
    while true {
      let seen = String(decoding: outputBytes[searchStart...], as: UTF8.self)
      if let end = seen.endOfFirst(text) {
        let found = String(seen.prefix(end))
        searchStart += found.utf8.count
        return found
      }
      if !pump(until: deadline) || deadline.hasPassed {
        throw SupportError("“\(text)” did not come; \(report)")
      }
    }
  }

  /// Waits for the program's end and takes in the rest of its output.
  @discardableResult
  package func waitForExit(within seconds: Double = Patience.seconds) throws -> ExitStatus {
    let deadline = Deadline(within: seconds)
    while true {
      let isOpen = pump(until: deadline)
      if let status = child.poll() {
        // A grandchild may hold the pipes open; what the program wrote is there at once.
        outputBytes += rest(of: output)
        errorBytes += rest(of: error)
        return status
      }
      if !isOpen { usleep(1_000) }
      if deadline.hasPassed { throw SupportError("the program runs on; \(report)") }
    }
  }

  /// Runs a program to its end.
  package static func run(
    _ command: [String], environment: [String: String] = [:], folder: String? = nil, input: String = "",
    within seconds: Double = Patience.seconds
  ) throws -> (status: ExitStatus, output: String, error: String) {
    let process = try ChildProcess(command, environment: environment, folder: folder, input: input)
    let status = try process.waitForExit(within: seconds)
    return (status, process.outputText, process.errorText)
  }

  private var report: String { "standard output so far:\n\(outputText)\nstandard error:\n\(errorText)" }

  /// What has come and was not asked for.
  private func rest(of descriptor: Int32) -> [UInt8] {
    var rest: [UInt8] = []
    while let bytes = readAvailable(descriptor), !bytes.isEmpty { rest += bytes }
    return rest
  }

  /// Moves what can be moved within a moment; false once both outputs are closed.
  private func pump(until deadline: Deadline) -> Bool {
    feed()
    var entries = [output, error].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    guard poll(&entries, 2, deadline.pollMilliseconds) > 0 else { return true }
    let (fromOutput, fromError) = (readAvailable(output), readAvailable(error))
    outputBytes += fromOutput ?? []
    errorBytes += fromError ?? []
    return fromOutput != nil || fromError != nil
  }

  private func feed() {
    guard input >= 0 else { return }
    while !pendingInput.isEmpty {
      let count = pendingInput.withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
      if count < 0, errno == EAGAIN { return }
      if count <= 0 { break }
      pendingInput = pendingInput.dropFirst(count)
    }
    if keepsInputOpen { return }
    close(input)
    input = -1
  }
}

/// The two ends of a pipe.
private struct Pipe {
  let reading: Int32
  let writing: Int32

  init() throws {
    // A program that ends without reading its input must not end the tests.
    Glibc.signal(SIGPIPE, SIG_IGN)
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw SupportError("no pipe") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (reading, writing) = (ends[0], ends[1])
  }
}
