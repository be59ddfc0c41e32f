import Glibc

/// The programs that the package builds, next to the tests.
package enum BuiltBinary {
  /// The shell.
  package static var mfsh: String { path("mfsh") }

  /// Any executable of the package. `swift test` builds those that the test target depends on.
  package static func path(_ name: String) -> String { "\(folder)/\(name)" }

  /// Whether a word of a command is one of them.
  static func isOurs(_ word: String) -> Bool { word.hasPrefix("\(folder)/") }

  /// The tests run from the folder of the build's products, or the bundle there is an argument of the runner.
  private static let folder: String = {
    let candidates = [ownPath] + CommandLine.arguments
    let folders = candidates.compactMap { path in
      path.lastIndex(of: "/").map { String(path[..<$0]) }
    }
    return folders.first { access("\($0)/mfsh", X_OK) == 0 } ?? folders.first ?? "."
  }()

  private static var ownPath: String {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = buffer.withUnsafeMutableBytes { bytes in
      bytes.withMemoryRebound(to: CChar.self) { text in
        text.baseAddress.map { readlink("/proc/self/exe", $0, text.count) } ?? 0
      }
    }
    return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
  }
}
