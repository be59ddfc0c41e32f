import FoundationEssentials
import Glibc
import HTTP
import MFWS

/// A program that gives the secrets of a roster's accounts, one process for the whole run. A thread of its own talks to
/// it, so that nothing else waits.
final class SecretHelper: Sendable {
  /// What it is asked: a line of JSON.
  struct Question: Encodable {
    let account: String
    let domain: String?
    let auth: String
    let server: String
    let vault: String?
    let alias: String
  }

  private struct State {
    var dialogue: HelperDialogue
    /// What it has not taken yet.
    var output: [UInt8] = []
    var waiting: [UInt64: CheckedContinuation<Result<Secret, MFWSError>, Never>] = [:]
    var lastNumber: UInt64 = 0
    var isEnding = false
    var hasEnded = false
  }
  private let state: Locked<State>
  private let process: pid_t
  private let input: Int32
  private let output: Int32
  /// A pipe that wakes the thread.
  private let wakeUp: (reading: Int32, writing: Int32)

  /// Starts the program.
  ///
  /// - Parameters:
  ///   - words: the program, looked up in PATH, and its arguments.
  ///   - name: how messages call it.
  /// - Throws: `client.secret` when it cannot be run.
  init(_ words: [String], named name: String) throws(MFWSError) {
    let (toChild, fromChild, wake) = (try Self.pipe(name), try Self.pipe(name), try Self.pipe(name))
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, toChild.reading, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, fromChild.writing, STDOUT_FILENO)
    defer { for end in [toChild.reading, fromChild.writing] { close(end) } }
    do {
      process = try ChildProgram.start(words, &actions, hasOwnGroup: true)
    } catch {
      for end in [toChild.writing, fromChild.reading, wake.reading, wake.writing] { close(end) }
      throw .secret("\(name) cannot be run: \(error.message)")
    }
    (input, output, wakeUp) = (toChild.writing, fromChild.reading, wake)
    state = Locked(State(dialogue: HelperDialogue(name: name)))
    for end in [input, output, wake.reading, wake.writing] { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
    startThread()
  }

  deinit { for end in [wakeUp.reading, wakeUp.writing] { close(end) } }

  /// Asks for a secret.
  ///
  /// - Throws: `client.secret`: it answered with an error, not at all, or has ended; `client.cancelled`.
  func secret(for question: Question) async throws(MFWSError) -> Secret {
    let line = Self.line(question)
    let number = state.withLock { state in
      state.lastNumber += 1
      return state.lastNumber
    }
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let refusal = state.withLock { state in
          let refusal = state.dialogue.ask(number, now: Clock.now)
          if refusal == nil {
            state.waiting[number] = continuation
            state.output += line
          }
          return refusal
        }
        if let refusal { continuation.resume(returning: .failure(refusal)) }
        wake()
        if Task.isCancelled { giveUp(number) }
      }
    } onCancel: {
      giveUp(number)
    }
    return try result.get()
  }

  /// Ends it in order: it has no more input, and a moment to end by itself. Then all that it has started ends.
  func end() {
    state.withLock { $0.isEnding = true }
    wake()
    let deadline = Clock.now + 2
    while !state.withLock({ $0.hasEnded }), Clock.now < deadline { usleep(5_000) }
    if !state.withLock({ $0.hasEnded }) { kill(-process, SIGKILL) }
  }

  private func giveUp(_ number: UInt64) {
    let continuation = state.withLock { state in
      state.dialogue.giveUp(number)
      return state.waiting.removeValue(forKey: number)
    }
    continuation?.resume(returning: .failure(MFWSError(.clientCancelled, "the run was stopped")))
  }

  private func wake() {
    var byte: UInt8 = 1
    _ = write(wakeUp.writing, &byte, 1)
  }

  private static func line(_ question: Question) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Texts only: there is nothing in it that cannot be encoded.
    return Array((try? encoder.encode(question)) ?? Data()) + [0x0A]
  }

  private static func pipe(_ name: String) throws(MFWSError) -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [-1, -1]
    guard Glibc.pipe(&ends) == 0 else { throw .secret("\(name): \(describe(errno))") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }
}

/// What its thread does.
extension SecretHelper {
  private func startThread() {
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self).toOpaque()
    let code = pthread_create(
      &thread, nil,
      { context in
        // A write to a program that has ended is told by its error.
        var all = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_BLOCK, &all, nil)
        if let context { Unmanaged<SecretHelper>.fromOpaque(context).takeRetainedValue().talk() }
        return nil
      }, context)
    if code == 0 {
      pthread_detach(thread)
    } else {
      Unmanaged<SecretHelper>.fromOpaque(context).release()
      answer { $0.fail("cannot be talked to: \(describe(code))") }
    }
  }

  private func talk() {
    var buffer = [UInt8](repeating: 0, count: 4096)
    var isInputOpen = true
    while true {
      waitForWork(isInputOpen)
      drainWakeUp()
      if isInputOpen { isInputOpen = feed() }
      let count = read(output, &buffer, buffer.count)
      if count == 0 { break }
      if count > 0 { answer { $0.receive(buffer[..<count]) } }
      for index in buffer.indices { buffer[index] = 0 }
      answer { $0.expire(now: Clock.now) }
    }
    if isInputOpen { close(input) }
    finish()
  }

  /// Waits until there is something to do.
  private func waitForWork(_ isInputOpen: Bool) {
    let (hasOutput, deadline) = state.withLock { (!$0.output.isEmpty, $0.dialogue.deadline) }
    var entries = [
      pollfd(fd: output, events: Int16(POLLIN), revents: 0),
      pollfd(fd: wakeUp.reading, events: Int16(POLLIN), revents: 0),
      pollfd(fd: isInputOpen && hasOutput ? input : -1, events: Int16(POLLOUT), revents: 0),
    ]
    let milliseconds = deadline.map { Int32(max(0, min($0 - Clock.now, 3600)) * 1000) + 1 } ?? -1
    poll(&entries, nfds_t(entries.count), milliseconds)
  }

  private func drainWakeUp() {
    var bytes = [UInt8](repeating: 0, count: 256)
    while read(wakeUp.reading, &bytes, bytes.count) > 0 {}
  }

  /// Returns false once its input is closed.
  private func feed() -> Bool {
    state.withLock { state in
      while !state.output.isEmpty {
        let count = write(input, state.output, state.output.count)
        if count < 0, errno == EINTR { continue }
        if count < 0, errno == EAGAIN { return true }
        guard count > 0 else { break }
        state.output.removeFirst(count)
      }
      let isOver = state.isEnding || !state.output.isEmpty
      if isOver { close(input) }
      return !isOver
    }
  }

  private func finish() {
    close(output)
    var end = siginfo_t()
    while waitid(P_PID, id_t(process), &end, WEXITED | WNOWAIT) < 0, errno == EINTR {}
    // As long as nobody has taken its status, the number of the group is that of no other.
    kill(-process, SIGKILL)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    answer { $0.fail("has ended: \(SecretSource.outcome(status))") }
    state.withLock { $0.hasEnded = true }
  }

  private func answer(_ event: (inout HelperDialogue) -> [HelperDialogue.Answer]) {
    let answers = state.withLock { state in
      event(&state.dialogue).map { answer in
        (state.waiting.removeValue(forKey: answer.number), answer.result)
      }
    }
    for (continuation, result) in answers { continuation?.resume(returning: result) }
  }
}
