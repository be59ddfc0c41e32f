import HTTP
import MFWS
import Testing

@testable import Shell

@Suite struct HelperDialogueTests {
  private var dialogue = HelperDialogue(name: "the helper")

  private func text(_ answer: HelperDialogue.Answer) -> String {
    switch answer.result {
    case .success(let secret): "\(answer.number) \(secret.reveal())"
    case .failure(let error): "\(answer.number) \(error.code.rawValue): \(error.message)"
    }
  }

  @Test func `answers come in the order of the questions, however the bytes are cut`() {
    var dialogue = dialogue
    #expect(
      dialogue.ask(1, now: 0) == nil && dialogue.ask(2, now: 0) == nil && dialogue.ask(3, now: 0) == nil)
    #expect(dialogue.receive(#"{"password":"o"#.utf8).isEmpty)
    #expect(dialogue.receive("ne\"}\n{\"error\":\"locked\\u001b\"}".utf8).map(text) == ["1 one"])
    #expect(
      dialogue.receive("\n{\"password\":\"three\"}\n".utf8).map(text) == [
        #"2 client.secret: the helper: locked\x1B"#, "3 three",
      ])
    #expect(!dialogue.isWaiting)
  }

  @Test func `an answer that nobody waits for any more is dropped, and its line keeps its place`() {
    var dialogue = dialogue
    _ = dialogue.ask(1, now: 0)
    _ = dialogue.ask(2, now: 0)
    dialogue.giveUp(1)
    #expect(dialogue.receive("{\"password\":\"a\"}\n{\"password\":\"b\"}\n".utf8).map(text) == ["2 b"])
  }

  @Test func `one that takes too long is told so, and the next still gets its own answer`() {
    var dialogue = dialogue
    _ = dialogue.ask(1, now: 0)
    _ = dialogue.ask(2, now: 30)
    #expect(dialogue.deadline == 60 && dialogue.expire(now: 59).isEmpty)
    #expect(
      dialogue.expire(now: 60).map(text) == ["1 client.secret: the helper did not answer within 60 s"])
    #expect(dialogue.deadline == 90)
    #expect(dialogue.receive("{\"password\":\"a\"}\n{\"password\":\"b\"}\n".utf8).map(text) == ["2 b"])
  }

  @Test(arguments: ["hunter2\n", "[]\n", "{\"password\":\"\"}\n", "{\"password\":7}\n", "\n"])
  func `whoever answers anything else is asked no more, and what it said is not repeated`(line: String) {
    var dialogue = dialogue
    _ = dialogue.ask(1, now: 0)
    _ = dialogue.ask(2, now: 0)
    let told =
      #"client.secret: the helper must answer each line with {"password": "…"} or {"error": "…"} in one line"#
    #expect(dialogue.receive(line.utf8).map(text) == ["1 \(told)", "2 \(told)"])
    #expect(dialogue.ask(3, now: 0)?.code == .clientSecret)
  }

  @Test func `a line that nobody asked for, an endless one and the end of the program are told`() {
    var early = dialogue
    #expect(early.receive("{\"password\":\"a\"}\n".utf8).isEmpty)
    #expect(
      early.ask(1, now: 0)?.message
        == "the helper printed a line before it was asked: it must read a line of JSON for each account, "
        + #"and answer each with {"password": "…"} or {"error": "…"} in one line"#)
    var endless = dialogue
    _ = endless.ask(1, now: 0)
    #expect(
      endless.receive(repeatElement(0x61, count: 70_000)).map(text) == [
        "1 client.secret: the helper printed a line of more than 64 KiB"
      ])
    var ended = dialogue
    _ = ended.ask(1, now: 0)
    #expect(
      ended.fail("has ended: exit status 3").map(text) == [
        "1 client.secret: the helper has ended: exit status 3"
      ])
  }
}
