import Glibc

/// A real server that tests talk to. It needs programs that may be missing; then its tests are skipped.
package protocol RealPart {
  /// The programs it runs and the files it loads, by name or by path.
  static var needs: [String] { get }
}

extension RealPart {
  /// Whether it can start here.
  package static var isAvailable: Bool { missing.isEmpty }

  /// Why its tests are skipped, and what to do.
  package static var skipReason: String {
    "\(Self.self) needs \(missing.joined(separator: ", ")): run scripts/setup --test"
  }

  private static var missing: [String] { needs.filter { Installed.path(of: $0) == nil } }
}

/// Programs and files of the system.
package enum Installed {
  /// Where a program is, also one that only an administrator's `PATH` leads to; nil when it is nowhere. A path is
  /// looked up as it stands.
  package static func path(of name: String) -> String? {
    if name.contains("/") { return access(name, R_OK) == 0 ? name : nil }
    return folders.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }

  private static let folders: [String] = {
    let path = getenv("PATH").map { String(cString: $0) } ?? ""
    return path.split(separator: ":").map(String.init) + [
      "/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/bin",
    ]
  }()

  /// A file of the tests' fixtures.
  package static func fixture(_ name: String) -> String { "\(root)/Tests/Fixtures/\(name)" }

  /// The Python with the packages that `scripts/setup --test` installs.
  package static var python: String { build("peers/bin/python") }

  /// Something that `scripts/setup --test` makes.
  static func build(_ name: String) -> String { "\(root)/.build/\(name)" }

  private static let root: String = {
    "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
  }()

  /// Runs a program to its end and returns what it wrote.
  @discardableResult
  static func run(
    _ command: [String], environment: [String: String] = [:], folder: String? = nil, input: String = ""
  ) throws -> String {
    let result = try ChildProcess.run(
      resolved(command), environment: environment, folder: folder, input: input, within: 60)
    guard result.status == .exited(0) else {
      throw SupportError("\(command[0]) failed: \(result.status)\n\(result.output)\(result.error)")
    }
    return result.output
  }

  /// The command with its program as a path.
  static func resolved(_ command: [String]) throws -> [String] {
    guard let name = command.first, let program = path(of: name) else {
      throw SupportError("\(command.first ?? "no program") is not installed")
    }
    return [program] + command.dropFirst()
  }
}
