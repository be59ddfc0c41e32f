import CLuaBridge

/// The signals of the process: they stop Lua code, wake the loop and are read here by number.
package enum Signals {
  /// Takes SIGINT, SIGTERM, SIGHUP, SIGPIPE and SIGWINCH, and SIGQUIT as SIGTERM. The calling thread is the one that runs Lua.
  ///
  /// - Parameters:
  ///   - state: whose code they stop.
  ///   - descriptor: an eventfd that they write to.
  /// - Returns: whether the handlers could be installed.
  package static func install(stopping state: LuaState, waking descriptor: Int32) -> Bool {
    unsafe bridge_signals_install(state.bridge, descriptor)
  }

  /// Those that have come since the last call.
  package static func take() -> Set<Int32> { numbers(bridge_signals_take()) }

  /// Waits until one has come that may end the program. For a thread that watches the others.
  ///
  /// - Parameter seconds: the longest wait, in whole seconds; nil: there is no limit.
  /// - Returns: whether one has come, which `takeForWatchdog` gives unless it has given it already.
  package static func wait(seconds: Double? = nil) -> Bool { bridge_signals_wait(seconds ?? -1) }

  /// Comes together with a SIGINT that follows another within a second.
  package static let secondInterrupt: Int32 = 0

  /// Those that `wait` is for and that have come since the last call.
  package static func takeForWatchdog() -> Set<Int32> { numbers(bridge_signals_take_for_watchdog()) }

  /// The next SIGINT is no second one.
  package static func forgetFirstInterrupt() { bridge_signals_forget_first_interrupt() }

  /// Takes back one that has come since.
  package static func forget(_ signal: Int32) { bridge_signals_forget(1 << UInt64(signal)) }

  /// Whether SIGINT stops code. While a line is edited, Ctrl-C is a key.
  ///
  /// - Returns: what held before.
  @discardableResult
  package static func setInterruptStops(_ stops: Bool) -> Bool { bridge_signals_interrupt_stops(stops) }

  /// From now on they stop nothing.
  package static func detach() { bridge_signals_detach() }

  private static func numbers(_ bits: UInt64) -> Set<Int32> {
    Set((Int32(0)..<64).filter { bits & (1 << UInt64($0)) != 0 })
  }
}
