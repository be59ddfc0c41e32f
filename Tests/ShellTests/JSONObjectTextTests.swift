import Testing

@testable import Shell

@Suite struct JSONObjectTextTests {
  @Test(arguments: [
    ("{}", #"{"days":-3}"#), (" { } ", #" { "days":-3} "#), (#"{"a":1}"#, #"{"a":1,"days":-3}"#),
    (#"{"a":{}}"#, #"{"a":{},"days":-3}"#), (#"{"a":{} }"#, #"{"a":{} ,"days":-3}"#), ("[", "["),
  ])
  func `a field is added`(text: String, expected: String) {
    #expect(String(decoding: JSONObjectText.add("days", -3, to: Array(text.utf8)), as: UTF8.self) == expected)
  }
}
