#if DEBUG
  import Glibc
  import Synchronization

  /// Lists every secret that the sandbox makes or is sent in the folder that `MFSH_EVIDENCE` names, for the search of
  /// all that a run of the tests has produced. No release has it.
  enum UsedSecrets {
    /// What is shorter is part of ordinary text.
    static let shortest = 8
    private static let known = Mutex<Set<String>>([])

    private static let file: Int32? = {
      guard let folder = unsafe getenv("MFSH_EVIDENCE") else { return nil }
      let path = unsafe String(cString: folder) + "/secrets"
      let file = unsafe open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
      return file < 0 ? nil : file
    }()

    /// - Parameter name: what reports call it.
    static func note(_ secret: String, as name: String) {
      guard let file, secret.utf8.count >= shortest, known.withLock({ $0.insert(secret).inserted }) else {
        return
      }
      // One write to the end, so that the entries of several processes do not mix.
      let entry = Array("\(name)\0\(secret)\0".utf8)
      _ = unsafe entry.withUnsafeBytes { unsafe write(file, $0.baseAddress, $0.count) }
    }
  }
#else
  enum UsedSecrets {
    @inline(__always) static func note(_: String, as _: String) {}
  }
#endif
