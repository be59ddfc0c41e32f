import Glibc

/// What is written when the program crashes.
enum CrashReports {
  private static let signals = [SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGQUIT, SIGSEGV, SIGTRAP]

  /// A core file, and the memory that Swift's report on the terminal shows, would hold passwords: nothing is written, and
  /// a signal ends the program as it ends any other.
  static func disable() {
    var limit = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
    // The reports of sanitizers, which only tests are built with, are wanted.
    guard dlsym(nil, "__sanitizer_set_death_callback") == nil else { return }
    for number in signals { signal(number, SIG_DFL) }
  }
}
