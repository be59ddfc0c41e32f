import Glibc
import HTTP
import MFWS
import Sandbox
import TestSupport

/// A sandbox with many accounts `u0`, `u1`, …, and a shell that checks them. Each tenth account is disabled, the licence
/// of every third is concurrent; all may enter the vault Sales and no other.
struct CheckBench {
  static let password = "kanarienvogel-4711"
  static let isLong = getenv("MFSH_LONG_TESTS") != nil

  let server: SandboxServer
  var shell: Shell

  init(accounts: Int = 40, _ change: (inout SandboxConfiguration) throws -> Void = { _ in }) throws {
    var configuration = SandboxConfiguration()
    configuration.seed = try SandboxSeed(json: Array(Self.seed(accounts).utf8))
    try change(&configuration)
    server = try SandboxServer(configuration)
    shell = try Shell(server: server.url)
    shell.environment["CHECK_PASSWORD"] = Self.password
  }

  private static func seed(_ count: Int) -> String {
    let licenses = ["named", "concurrent", "readonly"]
    let accounts = (0..<count).map { number in
      """
      {"name": "u\(number)", "password": "\(password)", "vaults": ["Sales"], "enabled": \(number % 10 != 9),
       "license": "\(licenses[number % 3])"}
      """
    }
    return """
      {"vaults": [{"name": "Sales", "guid": "{0A1B2C3D-0000-4000-8000-000000000001}"},
                  {"name": "Staff", "guid": "{0A1B2C3D-0000-4000-8000-000000000002}"}],
       "accounts": [\(accounts.joined(separator: ","))]}
      """
  }

  /// Rows as ordered of all accounts, but for those that are disabled: these are to get in too.
  static func rows(_ count: Int) -> [String] {
    (0..<count).map { number in
      "r\(number),u\(number),Sales,allow,Sales,pw,\(number % 2 == 0 ? "even" : "odd")"
    }
  }

  /// Writes a roster in the shell's folder.
  @discardableResult
  func write(_ rows: [String], to name: String = "roster.csv") throws -> String {
    try shell.home.write(
      name, (["id,account,vault,expect,vaults,secret,tags"] + rows).map { $0 + "\r\n" }.joined())
  }

  /// The options that all checks here have.
  static let options = ["--secret", "pw=env:CHECK_PASSWORD", "--progress", "none"]

  func check(_ arguments: String...) throws -> Shell.Outcome {
    try shell.run(["check"] + Self.options + arguments)
  }

  func start(_ arguments: String...) throws -> ChildProcess {
    try shell.start(["check"] + Self.options + arguments)
  }

  /// The results in an NDJSON report or a journal of the shell's folder.
  func results(_ name: String = "r.ndjson") throws -> [JSONValue] {
    try records(name).filter { $0["type"]?.string == "result" }
  }

  func records(_ name: String) throws -> [JSONValue] {
    try shell.home.read(name).split(separator: "\n").map { line in
      guard let value = JSONText.value(Array(line.utf8)) else { throw SupportError("no JSON: \(line)") }
      return value
    }
  }

  /// Each row's status by its id.
  func statuses(_ name: String = "r.ndjson") throws -> [String: String] {
    let pairs = try results(name).map { ($0["id"]?.string ?? "", $0["status"]?.string ?? "") }
    return Dictionary(uniqueKeysWithValues: pairs)
  }

  /// Waits until a file has so many lines.
  func waitForLines(_ count: Int, in name: String) throws {
    let end = Clock.now + Shell.patience
    while (try? shell.home.read(name).utf8.count { $0 == 0x0A }) ?? 0 < count {
      guard Clock.now < end else { throw SupportError("\(name) does not get \(count) lines") }
      usleep(1_000)
    }
  }
}
