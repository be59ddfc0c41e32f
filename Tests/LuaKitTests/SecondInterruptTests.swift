import Glibc
import HTTP
import LuaKit
import Testing

/// In a process of their own: the handlers are the process's.
@Suite(.timeLimit(.minutes(30))) struct SecondInterruptTests {
  @Test func `two interrupts within a second are told apart from two alone`() async {
    await #expect(processExitsWith: .success) {
      // Threads of the pool let no signal in.
      var all = sigset_t()
      sigfillset(&all)
      pthread_sigmask(SIG_UNBLOCK, &all, nil)
      let fixture = try Fixture()
      #expect(Signals.install(stopping: fixture.state, waking: fixture.loop.wakeDescriptor))
      let (single, double): (Set<Int32>, Set<Int32>) = ([SIGINT], [SIGINT, Signals.secondInterrupt])
      func interrupt() { _ = raise(SIGINT) }

      // Both before the thread that waits has run.
      interrupt()
      interrupt()
      #expect(Signals.wait(seconds: 50) && Signals.takeForWatchdog() == double)
      // The second one's wake finds nothing, which is not the end of the time.
      #expect(Signals.wait(seconds: 0) && Signals.takeForWatchdog() == [])
      #expect(!Signals.wait(seconds: 0))

      Signals.forgetFirstInterrupt()
      interrupt()
      #expect(Signals.wait(seconds: 50) && Signals.takeForWatchdog() == single)
      interrupt()
      #expect(Signals.wait(seconds: 50) && Signals.takeForWatchdog() == double)

      // The code of the first one has returned.
      Signals.forgetFirstInterrupt()
      interrupt()
      #expect(Signals.takeForWatchdog() == single)
      Signals.forgetFirstInterrupt()
      interrupt()
      #expect(Signals.takeForWatchdog() == single)

      // The time between them is what is tested.
      usleep(1_100_000)
      interrupt()
      #expect(Signals.takeForWatchdog() == single)

      // Another signal is none.
      Signals.forgetFirstInterrupt()
      _ = raise(SIGTERM)
      interrupt()
      #expect(Signals.takeForWatchdog() == [SIGTERM, SIGINT])
      _ = raise(SIGWINCH)
      #expect(Signals.takeForWatchdog() == [])
    }
  }
}
