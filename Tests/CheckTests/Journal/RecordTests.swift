import Check
import FoundationEssentials
import MFWS
import TestSupport
import Testing

/// The journal's own reader of JSON.
@Suite struct RecordTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The result whose `actual.x` is this text, written by hand.
  private func read(_ value: String) throws -> JSONValue? {
    let record = try SampleRun([SampleRun.passed("1", "anna")]).report(.ndjson)
      .replacing(#""actual":{}"#, with: #" "actual" : { "x" : \#(value) } "#)
    try folder.write("journal.ndjson", record)
    let journal = try Journal(folder.path("journal.ndjson"))
    return try journal.result(at: 0).actual["x"]
  }

  @Test(arguments: [
    "null", "true", "false", "0", "-7", "9223372036854775807", "9223372036854775808", "1.5", "-2.5e-3",
    "1E-2",
    #""""#, #""a b""#, #""\"\\\/\b\f\n\r\t""#, #""\u00e9\u20AC\ud83D\uDE00""#, #""é😀""#, "[]", "[ ]",
    "[1,[2],{}]",
    "{}", #"{"a":{"b":[null,"c"]},"d":1}"#,
  ])
  func readsWhatFoundationReads(_ value: String) throws {
    let expected = try JSONDecoder().decode(JSONValue.self, from: Data(value.utf8))
    #expect(try read(value) == expected)
  }

  @Test(arguments: [
    "", "nul", "tru", "+", "-", "1.2.3", "\"", #""\"#, #""\x""#, #""\u12""#, #""\ud800""#, #""\ud800\u0041""#,
    #""\udc00""#, "[", "[1", "[1,]", "[1 2]", "{", #"{"a""#, #"{"a":}"#, #"{"a":1,}"#, "{1:2}", "]", "1}",
    String(repeating: "[", count: 200) + String(repeating: "]", count: 200),
  ])
  func takesWhatIsNoJSONForDamage(_ value: String) {
    let error = #expect(throws: JournalError.self) { try read(value) }
    #expect(error?.code == .damaged)
  }

  @Test(arguments: [
    "id", "row", "file", "line", "server", "account", "auth", "expect", "status", "code", "http",
  ])
  func takesALackingFieldForDamage(_ field: String) throws {
    let record = try SampleRun([SampleRun.passed("1", "anna")]).report(.ndjson)
    try folder.write("journal.ndjson", record.replacing("\"\(field)\":", with: "\"other\":"))
    let error = #expect(throws: JournalError.self) { try Journal(folder.path("journal.ndjson")) }
    #expect(error?.code == .damaged)
  }
}
