import Glibc

/// Descriptors 0 to 2 that were closed by whoever started the program: a socket must not get their numbers.
enum StandardDescriptors {
  /// Fills the gaps so that reading gives the end of input and writing fails.
  static func fill() {
    for descriptor in Int32(0)...2 where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest free number is taken, which is this one.
      _ = open("/dev/null", descriptor == STDIN_FILENO ? O_RDONLY : O_RDONLY | O_CLOEXEC)
    }
  }
}
