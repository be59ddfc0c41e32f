import HTTP
import MFWS

/// What is said between mfsh and a program that gives secrets: a JSON line for each account in, a JSON line out, in the
/// same order. Events in, answers out; who moves the bytes is `SecretHelper`.
struct HelperDialogue {
  /// What came of a question.
  typealias Answer = (number: UInt64, result: Result<Secret, MFWSError>)

  private struct Question {
    let number: UInt64
    let deadline: Double
    /// Told that it took too long, or nobody waits any more: the line for it is still to come.
    var isGivenUp = false
  }

  /// How messages call the program.
  let name: String
  private var questions: [Question] = []
  private var line: [UInt8] = []
  private var failure: MFWSError?

  /// Bytes that an answer may have.
  private static let longestLine = 1 << 16
  /// Seconds that it may take.
  static let patience = 60.0

  init(name: String) { self.name = name }

  /// Whether an answer is to come.
  var isWaiting: Bool { !questions.isEmpty }

  /// When the next question will have waited too long.
  var deadline: Double? { questions.first { !$0.isGivenUp }?.deadline }

  /// A question was put. Returns why it cannot be answered; nil: an answer will come.
  mutating func ask(_ number: UInt64, now: Double) -> MFWSError? {
    if let failure { return failure }
    questions.append(Question(number: number, deadline: now + Self.patience))
    return nil
  }

  /// Nobody waits for the answer any more.
  mutating func giveUp(_ number: UInt64) {
    guard let index = questions.firstIndex(where: { $0.number == number }) else { return }
    questions[index].isGivenUp = true
  }

  /// The program has printed something.
  mutating func receive(_ bytes: some Sequence<UInt8>) -> [Answer] {
    var answers: [Answer] = []
    for byte in bytes where failure == nil {
      if byte == 0x0A {
        answers += take(line)
        wipe()
      } else if line.count < Self.longestLine {
        line.append(byte)
      } else {
        answers += fail("printed a line of more than 64 KiB")
      }
    }
    return answers
  }

  /// Those that have waited too long.
  mutating func expire(now: Double) -> [Answer] {
    var answers: [Answer] = []
    for index in questions.indices where !questions[index].isGivenUp && questions[index].deadline <= now {
      questions[index].isGivenUp = true
      let seconds = Int(Self.patience)
      answers.append(
        (questions[index].number, .failure(.secret("\(name) did not answer within \(seconds) s"))))
    }
    return answers
  }

  /// The program is of no use any more.
  ///
  /// - Parameter problem: what it did, behind its name.
  mutating func fail(_ problem: String) -> [Answer] {
    let error = MFWSError.secret("\(name) \(problem)")
    failure = failure ?? error
    defer { questions = [] }
    return questions.filter { !$0.isGivenUp }.map { ($0.number, .failure(error)) }
  }

  private mutating func take(_ line: [UInt8]) -> [Answer] {
    guard !questions.isEmpty else {
      return fail(
        #"printed a line before it was asked: it must read a line of JSON for each account, and answer each "#
          + #"with {"password": "…"} or {"error": "…"} in one line"#)
    }
    guard let object = JSONText.value(line), let result = Self.result(object, name) else {
      return fail(#"must answer each line with {"password": "…"} or {"error": "…"} in one line"#)
    }
    let question = questions.removeFirst()
    return question.isGivenUp ? [] : [(question.number, result)]
  }

  private static func result(_ value: JSONValue, _ name: String) -> Result<Secret, MFWSError>? {
    if let password = value["password"]?.string, !password.isEmpty { return .success(Secret(password)) }
    guard let reason = value["error"]?.string else { return nil }
    return .failure(.secret("\(name): \(TerminalText.line(String(reason.prefix(200))))"))
  }

  /// What was read may be a password.
  private mutating func wipe() {
    for index in line.indices { line[index] = 0 }
    line.removeAll(keepingCapacity: true)
  }
}
