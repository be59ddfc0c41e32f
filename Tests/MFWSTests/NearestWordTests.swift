import MFWS
import Testing

@Suite struct NearestWordTests {
  static let known = ["url", "user", "password", "vault", "password-stdin", "sandbox"]

  @Test(arguments: [
    ("usr", "user"), ("uesr", "user"), ("valt", "vault"), ("vualt", "vault"), ("pasword", "password"),
    ("URL", "url"), ("sandbocks", "sandbox"), ("sand", "sandbox"), ("password-std", "password-stdin"),
  ])
  func `a slip finds its word`(typed: String, meant: String) {
    #expect(nearest(to: typed, in: Self.known) == meant)
  }

  @Test(arguments: ["", "x", "xyz", "timeout", "u"])
  func `another word finds none`(typed: String) {
    #expect(nearest(to: typed, in: Self.known) == nil)
  }

  @Test func `of equals the first wins`() {
    #expect(nearest(to: "ab", in: ["ax", "ay"]) == "ax")
    #expect(nearest(to: "ab", in: []) == nil)
  }

  @Test func `fewer slips can be asked for`() {
    #expect(nearest(to: "external", in: ["internal"]) == "internal")
    #expect(nearest(to: "external", in: ["internal"], slips: 1) == nil)
    #expect(nearest(to: "licence", in: ["license"], slips: 1) == "license")
    #expect(nearest(to: "licen", in: ["license"], slips: 1) == nil)
  }
}
