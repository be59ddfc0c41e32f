import LineEditing
import Testing

@testable import Shell

struct PromptLabelTests {
  private static func label(
    _ state: PromptState, columns: Int = 80, isColoured: Bool = false
  ) -> String {
    TerminalLocale.adopt()
    return PromptLabel.text(of: state, columns: columns, isColoured: isColoured)
  }

  private static let editor = PromptState(user: "editor", vault: "Sample Vault")

  @Test func states() {
    #expect(Self.label(PromptState()) == "mfsh> ")
    #expect(Self.label(PromptState(user: "editor")) == "editor> ")
    #expect(Self.label(Self.editor) == "editor@Sample Vault> ")
    #expect(Self.label(PromptState(user: "jo", otherHost: "b.example.com")) == "b.example.com:jo> ")
  }

  @Test(arguments: [
    (301.0, "editor@Sample Vault> "), (299, "editor@Sample Vault 4m> "), (60, "editor@Sample Vault 1m> "),
    (59.9, "editor@Sample Vault 59s> "), (-1, "editor@Sample Vault 0s> "),
  ])
  func whatIsLeft(seconds: Double, text: String) {
    var state = Self.editor
    state.secondsLeft = seconds
    #expect(Self.label(state) == text)
    state.ending = "expired"
    #expect(Self.label(state) == "editor@Sample Vault expired> ")
  }

  @Test func aSessionThatGoesOnByItselfCountsNothingDown() {
    var state = Self.editor
    (state.secondsLeft, state.continues) = (60, true)
    #expect(Self.label(state) == "editor@Sample Vault> ")
  }

  @Test func profiles() {
    var state = Self.editor
    state.profile = "prod"
    #expect(Self.label(state) == "prod:editor@Sample Vault> ")
    state.isProduction = true
    #expect(Self.label(state) == "!prod:editor@Sample Vault> ")
    #expect(Self.label(state, isColoured: true) == "\u{1B}[1;31mprod:editor@Sample Vault\u{1B}[0m> ")
  }

  @Test func aLock() {
    #expect(Self.label(PromptState(isLocked: true)) == "mfsh locked> ")
    var state = Self.editor
    (state.isLocked, state.secondsLeft) = (true, 60)
    #expect(Self.label(state) == "editor@Sample Vault locked 1m> ")
    #expect(Self.label(state, columns: 40) == "ed…@Sam… locked 1m> ")
    (state.profile, state.isProduction) = ("prod", true)
    #expect(
      Self.label(state, isColoured: true) == "\u{1B}[1;31mprod:editor@Sample Vault locked 1m\u{1B}[0m> ")
  }

  @Test func textOfServersIsSafe() {
    let state = PromptState(user: "a\u{1B}[2Jb", vault: "c\nd")
    #expect(Self.label(state) == "a\\x1B[2Jb@c\\nd> ")
  }

  @Test(arguments: [8, 20, 40, 80, 200])
  func halfOfTheWidthIsLeft(columns: Int) {
    let long = String(repeating: "名n", count: 100)
    let state = PromptState(
      user: long, vault: long, profile: long, isProduction: true, secondsLeft: 61, ending: nil)
    let width = TerminalText.width(Self.label(state, columns: columns))
    #expect(width <= max(columns / 2, 18))
    #expect(Self.label(state, columns: columns).hasSuffix(" 1m> "))
  }

  @Test func shortNamesStayWhole() {
    #expect(PromptLabel.shares(of: [3, 50, 7], in: 30) == [3, 20, 7])
    #expect(PromptLabel.shares(of: [10, 10], in: 30) == [10, 10])
    #expect(PromptLabel.shares(of: [100, 100, 100], in: 30) == [10, 10, 10])
    let state = PromptState(user: "jo", vault: String(repeating: "v", count: 99))
    #expect(Self.label(state, columns: 40) == "jo@\(String(repeating: "v", count: 14))…> ")
  }

  // MARK: the user's own

  @Test(arguments: [
    ("plain> ", "plain> "), ("two\nlines\r\n> ", "twolines> "), ("bell\u{7}\u{1B}[2J> ", "bell[2J> "),
    ("\u{1B}[1;32mok\u{1B}[0m> ", "\u{1B}[1;32mok\u{1B}[0m> \u{1B}[0m"), ("", ""),
    ("\u{1B}]0;title\u{7}x", "]0;titlex"), ("turned\u{202E}", "turned"),
  ])
  func ownPrompts(text: String, shown: String) {
    TerminalLocale.adopt()
    #expect(PromptFunctionText.shown(Array(text.utf8), columns: 60) == shown)
  }

  @Test func ownPromptsAreCut() {
    TerminalLocale.adopt()
    let long = "\u{1B}[31m" + String(repeating: "名", count: 5000)
    let shown = PromptFunctionText.shown(Array(long.utf8), columns: 60)
    #expect(shown == "\u{1B}[31m\(String(repeating: "名", count: 30))\u{1B}[0m")
    #expect(PromptFunctionText.shown([0xFF, 0x3E], columns: 60) == "\u{FFFD}>")
  }

  // MARK: notices

  @Test func momentsAreToldOnce() {
    final class Session {}
    let (one, other) = (Session(), Session())
    var notice = ExpiryNotice()
    func tell(_ session: Session, _ seconds: Double) -> String? {
      notice.next(of: ObjectIdentifier(session), secondsLeft: seconds)
    }
    #expect(tell(one, 400) == nil)
    #expect(notice.secondsToNext == 60)
    #expect(tell(one, 310) == nil)
    #expect((10...10.1).contains(notice.secondsToNext))
    #expect(tell(one, 299.9) == "this session ends in 5 min: session.login() logs in again")
    #expect(tell(one, 200) == nil)
    #expect(tell(other, 100) == nil)
    #expect(tell(other, 60) == "this session ends in 1 min: session.login() logs in again")
    #expect(tell(other, 20) == nil)
    #expect((20...20.1).contains(notice.secondsToNext))
    #expect(tell(other, -0.1) == "this session has ended: session.login() logs in again")
    #expect(tell(other, -5) == nil)
    // A computer that slept through several moments hears of the last one.
    #expect(tell(one, 400) == nil)
    #expect(tell(one, 30)?.contains("1 min") == true)
    #expect(tell(one, -5)?.contains("has ended") == true)
  }
}
