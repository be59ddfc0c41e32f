import Glibc

/// What the programs on the terminal do, beside what they show.
extension PseudoTerminal {
  /// The group of processes in front: the signals of the keyboard are theirs.
  package var foregroundGroup: Int32 { tcgetpgrp(master) }

  /// Waits until the programs in front wait. A signal that comes on the way there may be noted only afterwards: a shell
  /// that is about to read runs its trap behind the next line.
  package func waitUntilForegroundSleeps(within seconds: Double = 50) throws {
    try waitForQuiet("the programs in front do not wait", within: seconds) {
      let group = ProcessState.all(in: foregroundGroup)
      return !group.isEmpty && group.allSatisfy(\.isSleeping)
    }
  }

  /// Waits until the program has read all that was typed, and then for something to happen.
  package func waitUntilIdle(within seconds: Double = 50) throws {
    try waitForQuiet("the program is not idle", within: seconds) {
      !settings.readsLines && unreadCount == 0 && ProcessState(of: id)?.isSleeping == true
    }
  }

  /// Waits until the kernel holds a line that was typed and that nobody has read.
  package func waitUntilTyped(within seconds: Double = 50) throws {
    try wait(for: "the kernel to have what was typed", within: seconds) { unreadCount > 0 }
  }

  /// Waits until the program computes: until it has used so much more of a processor's time.
  package func waitUntilBusy(for processorSeconds: Double = 0.1, within seconds: Double = 50) throws {
    let start = ProcessState(of: id)?.processorSeconds ?? 0
    try wait(for: "the program to compute", within: seconds) {
      (ProcessState(of: id)?.processorSeconds ?? 0) >= start + processorSeconds
    }
  }

  /// Waits until a condition has held for a while in which nothing was shown.
  private func waitForQuiet(_ failure: String, within seconds: Double, until condition: () -> Bool) throws {
    let deadline = Deadline(within: seconds)
    var quietRounds = 0
    while quietRounds < 4 {
      let count = rawOutput.count
      let isOpen = drain(until: Deadline(within: 0.01))
      quietRounds = rawOutput.count == count && condition() ? quietRounds + 1 : 0
      if deadline.hasPassed || !isOpen {
        throw SupportError("\(failure); the screen:\n\(ScreenPicture.text(of: screen))")
      }
    }
  }

  /// How much of what was typed is there to be read; -1 when the terminal cannot tell.
  private var unreadCount: Int32 {
    let terminal = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
    defer { close(terminal) }
    var left: Int32 = 0
    guard terminal >= 0, ioctl(terminal, UInt(FIONREAD), &left) == 0 else { return -1 }
    return left
  }
}
