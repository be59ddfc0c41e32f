import Testing

/// A JSON text, and what becomes of it: the text it is written back as, or the error that rejects it.
struct JSONCase: Sendable, CustomTestStringConvertible {
  enum Verdict: Sendable {
    case accepted(writtenAs: String)
    /// What follows `invalid JSON at `.
    case rejected(String)
  }
  let text: [UInt8]
  let verdict: Verdict

  var testDescription: String { String(decoding: text.prefix(60), as: UTF8.self) + " (\(text.count) bytes)" }

  static func accept(_ text: String, _ written: String? = nil) -> JSONCase {
    JSONCase(text: Array(text.utf8), verdict: .accepted(writtenAs: written ?? text))
  }
  static func reject(_ text: String, _ column: Int, _ what: String) -> JSONCase {
    reject(Array(text.utf8), column, what)
  }
  static func reject(_ text: [UInt8], _ column: Int, _ what: String) -> JSONCase {
    JSONCase(text: text, verdict: .rejected("line 1, column \(column): \(what)"))
  }
  /// `bytes` between quotes.
  static func quoted(_ bytes: [UInt8]) -> [UInt8] { [0x22] + bytes + [0x22] }

  static let all = accepted + rejected
  static let accepted = values + integers + floats + strings + containers
  static let rejected = noValues + badNumbers + badStrings + badUTF8 + badContainers
}

extension JSONCase {
  static let values: [JSONCase] = [
    accept("null"), accept("true"), accept("false"), accept("0"), accept("\"\""), accept("[]"), accept("{}"),
    accept(" \t\r\n1 \t\r\n", "1"),
    accept("\n[\n1\n,\n2\n]\n", "[1,2]"),
    accept(" { \"a\" : [ ] } ", "{\"a\":[]}"),
  ]

  static let integers: [JSONCase] = [
    accept("-1"), accept("10"), accept("1234567890"),
    accept("-0", "0"),
    accept("9007199254740993"),
    accept("999999999999999999"), accept("1000000000000000000"),
    accept("9223372036854775807"), accept("-9223372036854775808"),
    accept("9223372036854775808", "9.223372036854776e+18"),
    accept("-9223372036854775809", "-9.223372036854776e+18"),
    accept("18446744073709551616", "1.8446744073709552e+19"),
    accept("100000000000000000000", "1e+20"),
    accept("1" + String(repeating: "0", count: 300), "1e+300"),
  ]

  static let floats: [JSONCase] = [
    accept("1.0"), accept("-0.0"), accept("0.0"), accept("0.1"), accept("0.3"), accept("-1.5"),
    accept("1.10", "1.1"), accept("1e0", "1.0"), accept("1E+2", "100.0"), accept("1e-2", "0.01"),
    accept("0e1000", "0.0"), accept("-0e-1000", "-0.0"), accept("0.1e1", "1.0"), accept("12.5e-1", "1.25"),
    accept("123456789.125"), accept("3.141592653589793"), accept("0.30000000000000004"),
    accept("9007199254740993.0", "9007199254740992.0"),
    accept("1e15", "1e+15"), accept("1e22", "1e+22"), accept("1e23", "1e+23"),
    accept("1.7976931348623157e308", "1.7976931348623157e+308"),
    accept("5e-324", "4.94065645841247e-324"), accept("1e-400", "0.0"), accept("-1e-400", "-0.0"),
    accept("2.2250738585072011e-308", "2.225073858507201e-308"),
    accept("0." + String(repeating: "0", count: 30) + "1e31", "1.0"),
    accept("1" + String(repeating: "0", count: 400) + "e-400", "1.0"),
    accept("0." + String(repeating: "3", count: 1000), "0.333333333333333" + "3"),
    accept("1e00000000000000000000002", "100.0"),
    accept("1e-99999999999999999999", "0.0"),
  ]

  static let strings: [JSONCase] = [
    accept("\"a\""), accept("\"seven..\""), accept("\"eight...\""), accept("\"a longer text than that\""),
    accept("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\\"\\\\/\\b\\f\\n\\r\\t\""),
    accept("\"\\u0041\\u00e9\\u20AC\"", "\"Aé€\""),
    accept("\"\\u0000\""), accept("\"a\\u0000b\""), accept("\"\\u001f\""),
    accept("\"\\u007F\"", "\"\\u007f\""), accept("\"\u{7F}\"", "\"\\u007f\""),
    accept("\"\u{9B}\"", "\"\\u009b\""), accept("\"\u{A0}\""),
    accept("\"\\uD83D\\uDE00\"", "\"😀\""), accept("\"\\ud800\\udc00\"", "\"\u{10000}\""),
    accept("\"\\uDBFF\\uDFFF\"", "\"\u{10FFFF}\""),
    accept("\"\\uD7FF\\uE000\"", "\"\u{D7FF}\u{E000}\""),
    accept("\"é\""), accept("\"€\""), accept("\"😀\""), accept("\"日本語のテキスト\""),
    accept("\"\u{80}\"", "\"\\u0080\""), accept("\"\u{7FF}\u{800}\u{FFFF}\u{10000}\u{10FFFF}\""),
    accept("\"\u{2028}\u{FEFF}\""),
    accept("\"\\\\u0041\""), accept("\"\\\\\\\\\""), accept("\"1234567\\\"\""), accept("\"//\""),
    accept("\"" + String(repeating: "x", count: 5000) + "\\n\""),
  ]

  static let containers: [JSONCase] = [
    accept("[[]]"), accept("[{}]"), accept("{\"a\":{}}"), accept("[1,\"2\",null,true,[3]]"),
    accept("[null,null]"), accept("[null]"),
    accept("{\"b\":1,\"a\":2}", "{\"a\":2,\"b\":1}"),
    accept("{\"a\":1,\"a\":2}", "{\"a\":2}"), accept("{\"a\":1,\"\\u0061\":null}", "{\"a\":null}"),
    accept("{\"\":0}"), accept("{\"\\u0000\":0}"), accept("{\"a b\":0}"), accept("{\"1\":0}"),
    accept("{\"ab\":1,\"abc\":2,\"a\":3}", "{\"a\":3,\"ab\":1,\"abc\":2}"),
    accept("{\"é\":[{\"x\":[]}]}"),
    accept(String(repeating: "[", count: 128) + String(repeating: "]", count: 128)),
    accept("[[1],[2],{\"a\":[3]},[4]]"),
    accept(
      "[" + String(repeating: "[],", count: 200) + "[]]", "[" + String(repeating: "[],", count: 200) + "[]]"),
  ]
}

extension JSONCase {
  static let noValues: [JSONCase] = [
    reject("", 1, "a value expected, but the text ends"),
    reject(" ", 2, "a value expected, but the text ends"),
    reject("[", 2, "a value expected, but the text ends"),
    reject("nul", 1, "a value expected"), reject("True", 1, "a value expected"),
    reject("nullx", 5, "text after the value"), reject("truefalse", 5, "text after the value"),
    reject("1 2", 3, "text after the value"), reject("{}}", 3, "text after the value"),
    reject("[]\u{0}", 3, "text after the value"), reject("\"a\" //", 5, "text after the value"),
    reject("/**/1", 1, "a value expected"), reject("'a'", 1, "a value expected"),
    reject("NaN", 1, "a value expected"), reject("Infinity", 1, "a value expected"),
    reject("-Infinity", 2, "a digit expected"),
    reject("\u{A0}1", 1, "a value expected"), reject("\u{C}1", 1, "a value expected"),
    reject("\u{FEFF}1", 1, "the text begins with a byte order mark"),
    reject([0xFE, 0xFF, 0x00, 0x31], 1, "a value expected"), reject([0x31, 0x00], 2, "text after the value"),
    reject([0x80], 1, "a value expected"), reject("<html>", 1, "a value expected"),
  ]

  static let badNumbers: [JSONCase] = [
    reject("-", 2, "a digit expected"), reject("+1", 1, "a value expected"),
    reject("--1", 2, "a digit expected"),
    reject("01", 1, "a number must not begin with 0"), reject("-01", 2, "a number must not begin with 0"),
    reject("00", 1, "a number must not begin with 0"), reject("-00.5", 2, "a number must not begin with 0"),
    reject("1.", 3, "a digit expected"), reject(".5", 1, "a value expected"),
    reject("-.5", 2, "a digit expected"),
    reject("1.e5", 3, "a digit expected"), reject("1e", 3, "a digit expected"),
    reject("1e+", 4, "a digit expected"),
    reject("1e-", 4, "a digit expected"), reject("1e1.5", 4, "text after the value"),
    reject("1.2.3", 4, "text after the value"), reject("0x10", 2, "text after the value"),
    reject("1_000", 2, "text after the value"), reject("1,5", 2, "text after the value"),
    reject("1a", 2, "text after the value"), reject("1e400", 1, "a number out of range"),
    reject("[-1e400]", 2, "a number out of range"), reject("1.8e308", 1, "a number out of range"),
    reject("1" + String(repeating: "0", count: 400), 1, "a number out of range"),
    reject("1e99999999999999999999", 1, "a number out of range"),
  ]

  static let badStrings: [JSONCase] = [
    reject("\"", 2, "the text ends inside a string"), reject("\"abc", 5, "the text ends inside a string"),
    reject("\"abc\\\"", 7, "the text ends inside a string"),
    reject("\"\\", 2, "an unknown escape in a string"),
    reject("\"\\a\"", 2, "an unknown escape in a string"),
    reject("\"\\'\"", 2, "an unknown escape in a string"),
    reject("\"\\x41\"", 2, "an unknown escape in a string"),
    reject("\"\\é\"", 2, "an unknown escape in a string"),
    reject("\"\\\u{0}\"", 2, "an unknown escape in a string"),
    reject("\"\\U0041\"", 2, "an unknown escape in a string"),
    reject("\"\\u\"", 2, "four hexadecimal digits expected after \\u"),
    reject("\"\\u004\"", 2, "four hexadecimal digits expected after \\u"),
    reject("\"\\u00G0\"", 2, "four hexadecimal digits expected after \\u"),
    reject("\"\\u 041\"", 2, "four hexadecimal digits expected after \\u"),
    reject("\"x\\uD800\"", 3, "a surrogate without its other half"),
    reject("\"\\uDC00\"", 2, "a surrogate without its other half"),
    reject("\"\\uD800x\"", 2, "a surrogate without its other half"),
    reject("\"\\uD800\\n\"", 2, "a surrogate without its other half"),
    reject("\"\\uD800\\uD800\"", 2, "a surrogate without its other half"),
    reject("\"\\uDC00\\uD800\"", 2, "a surrogate without its other half"),
    reject("\"\\uD800\\u\"", 8, "four hexadecimal digits expected after \\u"),
    reject("\"\n\"", 2, "a control character in a string"),
    reject("\"\t\"", 2, "a control character in a string"),
    reject("\"\u{0}\"", 2, "a control character in a string"),
    reject("\"abcdefghij\u{1F}\"", 12, "a control character in a string"),
  ]

  static let badUTF8: [JSONCase] =
    [
      [0x80], [0xBF], [0xFE], [0xFF],
      [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF], [0xF0, 0x80, 0x80, 0x80],
      [0xF0, 0x8F, 0xBF, 0xBF],
      [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF],
      [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80],
      [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98], [0xC3, 0x28], [0xE2, 0x28, 0xA1], [0xE2, 0x82, 0x28],
      [0xF0, 0x28, 0x8C, 0xBC], [0xF0, 0x90, 0x8C, 0x28],
    ].map { reject(quoted($0), 2, "a string is not UTF-8") }
    + [
      reject([0x22, 0xC3], 2, "a string is not UTF-8"),
      reject([0x22, 0xC3, 0xA9, 0xC3, 0x22], 3, "a string is not UTF-8"),
      reject([0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D], 3, "a string is not UTF-8"),
    ]

  static let badContainers: [JSONCase] = [
    reject("]", 1, "a value expected"), reject("}", 1, "a value expected"),
    reject("[1", 3, "',' or ']' expected after an array's element"),
    reject("[1,", 4, "a value expected, but the text ends"), reject("[1,]", 4, "a value expected"),
    reject("[,1]", 2, "a value expected"), reject("[1,,2]", 4, "a value expected"),
    reject("[1 2]", 4, "',' or ']' expected after an array's element"),
    reject("[1}", 3, "',' or ']' expected after an array's element"),
    reject("[\"a\":1]", 5, "',' or ']' expected after an array's element"),
    reject("{", 2, "a name in quotes expected"), reject("{1:1}", 2, "a name in quotes expected"),
    reject("{a:1}", 2, "a name in quotes expected"), reject("{null:1}", 2, "a name in quotes expected"),
    reject("{\"a\"}", 5, "':' expected after a name"), reject("{\"a\" 1}", 6, "':' expected after a name"),
    reject("{\"a\":}", 6, "a value expected"),
    reject("{\"a\":1", 7, "',' or '}' expected after an object's member"),
    reject("{\"a\":1]", 7, "',' or '}' expected after an object's member"),
    reject("{\"a\":1,}", 8, "a name in quotes expected"),
    reject("{,\"a\":1}", 2, "a name in quotes expected"),
    reject("{\"a\":1 \"b\":2}", 8, "',' or '}' expected after an object's member"),
    reject(String(repeating: "[", count: 129), 129, "nested too deeply"),
    reject(String(repeating: "[", count: 100_000), 129, "nested too deeply"),
    reject(String(repeating: "{\"a\":", count: 129), 641, "nested too deeply"),
  ]
}
