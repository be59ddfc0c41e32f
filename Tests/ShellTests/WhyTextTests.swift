import HTTP
import MFWS
import Testing

@testable import Shell

@Suite struct WhyTextTests {
  @Test func `every code proves something of its own`() {
    let sentences = MFWSError.Code.allCases.map { Evidence.sentence(for: MFWSError($0, "")) }
    #expect(Set(sentences).count == sentences.count)
  }

  @Test func `a vault that is missing is told from a right that is`() {
    var error = MFWSError(.deniedOperation, "")
    (error.isLoggedInApplication, error.isLoggedInVault) = (true, false)
    #expect(Evidence.sentence(for: error).contains("no vault was entered"))
    error.isLoggedInVault = true
    #expect(Evidence.sentence(for: error).contains("the account may not do this"))
  }

  @Test func `what a server says stays on its line`() {
    var error = MFWSError(.serverFailed, "one\ntwo \u{1B}[31m")
    error.cause = "three\nexception   four"
    error.reference = "5"
    let text = WhyText(problem: .refused(error)).text
    #expect(text.contains("one\\ntwo \\x1B[31m\n"))
    #expect(text.contains("cause       three\\nexception   four\nreference   5\n"))
  }

  @Test func `nothing is said of nothing`() {
    #expect(WhyText().text == "Nothing went wrong, and nothing was sent yet.\n")
    #expect(WhyText(problem: .interrupted, pending: 1).text.contains("goes on in the background"))
  }
}
