import Glibc
import TestSupport
import Testing

/// The search for secrets in what the tests have produced finds them. Each test has evidence of its own.
struct EvidenceTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for name in ["produced", "produced/Test"] { mkdir(folder.path(name), 0o700) }
  }

  private func sweep() throws -> (status: TestSupport.ExitStatus, output: String, error: String) {
    try ChildProcess.run([BuiltBinary.path("EvidenceSweep"), folder.path])
  }

  @Test(arguments: [true, false]) func aTraceWithoutRedactionIsFound(isRedacted: Bool) throws {
    var environment = ["MFSH_EVIDENCE": folder.path]
    if !isRedacted { environment["MFSH_TEST_SHOWS_SECRETS"] = "1" }
    let har = folder.path("produced/Test/trace.har")
    let code =
      "session.login{user='editor', password='demo', via='token'} session.use('Finance') session.vaults()"
    let run = try ChildProcess.run(
      [BuiltBinary.mfsh, "--sandbox", "--har", har, "-e", code], environment: environment)
    #expect(run.status == .exited(0) && run.error.isEmpty)
    let result = try sweep()
    #expect(result.status == .exited(isRedacted ? 0 : 1), "\(result)")
    #expect(result.output.contains("trace.har shows the token as it is") != isRedacted)
    let secrets = try folder.read("secrets").split(separator: "\0").map(String.init)
    #expect(secrets.count >= 4 && !secrets.contains { $0.count > 20 && result.output.contains($0) })
    chmod(folder.path("secrets"), 0)
  }

  private static let secret = "pä$$ \"wörd\"/+&=%?"

  static let spellings = [
    secret, "p%C3%A4%24%24%20%22w%C3%B6rd%22%2F%2B%26%3D%25%3F",
    "p%C3%A4%24%24+%22w%C3%B6rd%22%2F%2B%26%3D%25%3F",
    "p%c3%a4%24%24%20%22w%c3%b6rd%22%2f%2b%26%3d%25%3f", #"pä$$ \"wörd\"/+&=%?"#, #"pä$$ \"wörd\"\/+&=%?"#,
    #"p\u00e4$$ \"w\u00f6rd\"/+&=%?"#, #"pä$$ \\\"wörd\\\"/+&=%?"#,
    // With jo: and without, by the base64 program.
    "cMOkJCQgInfDtnJkIi8rJj0lPw==", "am86cMOkJCQgInfDtnJkIi8rJj0lPw==", "OnDDpCQkICJ3w7ZyZCIvKyY9JT8=",
  ]

  @Test(arguments: spellings) func everySpellingIsFound(spelling: String) throws {
    try folder.write("secrets", "password\0\(Self.secret)\0")
    try folder.write("produced/Test/log", "before \(spelling) after\n")
    let result = try sweep()
    #expect(result.status == .exited(1), "\(result)")
    #expect(
      result.output.contains("produced/Test/log shows the password ") && !result.output.contains(spelling))
  }

  @Test func bothEndsOfLongSecretsAreFound() throws {
    let token = String(repeating: "0123456789abcdefghijklmnop", count: 12)
    try folder.write("secrets", "token\0\(token)\0")
    for end in [token.suffix(40), token.prefix(40)] {
      try folder.write("produced/Test/log", "…\(end)…\n")
      #expect(try sweep().status == .exited(1))
    }
    try folder.write("secrets", "token\0torn")
    #expect(try sweep().status == .exited(2))
  }
}
