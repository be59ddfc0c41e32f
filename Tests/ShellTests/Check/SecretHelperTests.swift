import Glibc
import HTTP
import MFWS
import TestSupport
import Testing

@testable import Shell

/// Real programs, asked for secrets.
@Suite struct SecretHelperTests {
  private func helper(_ script: String) throws -> SecretHelper {
    try SecretHelper(["/bin/sh", "-c", script], named: "the program of --secret s")
  }

  private func question(_ account: String) -> SecretHelper.Question {
    .init(account: account, domain: nil, auth: "mfiles", server: "https://h", vault: nil, alias: "s")
  }

  private func answer(_ helper: SecretHelper, _ account: String) async -> String {
    do throws(MFWSError) {
      return try await helper.secret(for: question(account)).reveal()
    } catch {
      return "\(error.code.rawValue): \(error.message)"
    }
  }

  @Test func `one process answers all questions, each with its own line`() async throws {
    let helper = try helper(
      #"while read -r line; do a=${line#*account\":\"}; printf '{"password":"%s of %s"}\n' "${a%%\"*}" $$; done"#
    )
    let answers = await withTaskGroup(of: String.self) { group in
      for number in 1...200 { group.addTask { await answer(helper, "a\(number)") } }
      return await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(answers.count == 200)
    let processes = Set(answers.compactMap { $0.split(separator: " ").last })
    #expect(processes.count == 1)
    #expect(Set(answers.compactMap { $0.split(separator: " ").first }) == Set((1...200).map { "a\($0)" }))
    helper.end()
  }

  @Test func `it is asked in JSON, with what is known of the account`() async throws {
    let folder = try TemporaryFolder()
    let helper = try helper(#"read -r line; echo "$line" > \#(folder.path)/asked; echo '{"password":"p"}'"#)
    let whole = SecretHelper.Question(
      account: "jö", domain: "CORP", auth: "windows", server: "https://h", vault: "Sales", alias: "s")
    #expect(try await helper.secret(for: whole).reveal() == "p")
    let asked =
      #"{"account":"jö","alias":"s","auth":"windows","domain":"CORP","server":"https://h","vault":"Sales"}"#
    #expect(try folder.read("asked") == asked + "\n")
    helper.end()
  }

  @Test func `one that ends, or cannot be run, is told`() async throws {
    let helper = try helper("read -r line; exit 3")
    #expect(
      await answer(helper, "a") == "client.secret: the program of --secret s has ended: exit status 3")
    #expect(
      await answer(helper, "b") == "client.secret: the program of --secret s has ended: exit status 3")
    let error = try #require(throws: MFWSError.self) {
      try SecretHelper(["/nonexistent/helper"], named: "it")
    }
    #expect(error.message == "it cannot be run: No such file or directory")
  }

  @Test func `whoever stops waiting is let go at once, and the program ends when its input does`()
    async throws
  {
    let folder = try TemporaryFolder()
    let helper = try helper("cat > /dev/null; echo done > \(folder.path)/end")
    let task = Task { await answer(helper, "a") }
    task.cancel()
    #expect(await task.value == "client.cancelled: the run was stopped")
    helper.end()
    #expect(try folder.read("end") == "done\n")
  }

  /// One that keeps the answers open, and one that does not.
  @Test(arguments: ["", ">/dev/null"])
  func `what it has started ends with it`(_ output: String) async throws {
    let folder = try TemporaryFolder()
    let helper = try helper("sleep 1000 \(output) & echo $! >\(folder.path)/pid; read -r line; cat")
    _ = await answer(helper, "a")
    let process = try #require(Int32(try folder.read("pid").dropLast()))
    #expect(Self.isRunning(process))
    helper.end()
    let end = Clock.now + Patience.seconds
    while Self.isRunning(process), Clock.now < end { usleep(1_000) }
    #expect(!Self.isRunning(process))
    if Self.isRunning(process) { kill(process, SIGKILL) }
  }

  /// Nobody may have taken the status of one that has ended.
  private static func isRunning(_ process: Int32) -> Bool {
    guard let file = fopen("/proc/\(process)/cmdline", "r") else { return false }
    defer { fclose(file) }
    return fgetc(file) != EOF
  }
}
