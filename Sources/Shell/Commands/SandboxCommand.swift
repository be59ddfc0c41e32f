import Glibc
import LuaKit
import Sandbox

extension SandboxConfiguration {
  /// - Throws: `SandboxError`, or `UsageError` when the seed file cannot be read.
  init(_ options: SandboxOptions) throws {
    self.init()
    host = options.host
    port = UInt16(clamping: options.port)
    nodes = options.nodes
    blocksPutAndDelete = options.refusesPutAndDelete
    if let path = options.seedFile { seed = try SandboxSeed(json: try FileContent.read(path)) }
  }
}

/// `mfsh sandbox`: serves until a signal comes. The first line on standard output is the address.
enum SandboxCommand {
  static func run(_ options: SandboxOptions) -> Int32 {
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, number) }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    signal(SIGPIPE, SIG_IGN)
    do {
      let server = try SandboxServer(try SandboxConfiguration(options))
      StandardOutput.write("\(server.url)\n")
      if !StandardOutput.flush() {
        OutputStream.error("mfsh: standard output is closed: the sandbox serves at \(server.url)")
      }
      var number: Int32 = 0
      while sigwait(&signals, &number) != 0 {}
      server.stop()
      return number == SIGINT || number == SIGTERM ? 0 : 128 + number
    } catch {
      OutputStream.error("mfsh: \(error)")
      return error is SandboxError ? ExitStatus.configuration.rawValue : ExitStatus.usage.rawValue
    }
  }
}
