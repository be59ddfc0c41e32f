import Glibc
import HTTP
import Testing

@Suite struct RedactorTests {
  private let redactor = Redactor()

  @Test(arguments: [
    ("Content-Type", "text/html; charset=utf-8", "text/html; charset=utf-8"), ("x-VAULT", "{C8}", "{C8}"),
    ("X-Authentication", "token", "***"), ("X-Password", "pw", "***"), ("X-PresharedKey", "k", "***"),
    ("X-Anything", "x", "***"), ("Authorization", "Bearer abc.def", "Bearer ***"),
    ("Authorization", "abc", "***"),
    ("Authorization", "abc def", "***"), ("WWW-Authenticate", "NTLM TlRMTVNTUAAC", "NTLM ***"),
    ("WWW-Authenticate", "Negotiate", "Negotiate"),
    ("Cookie", "ASP.NET_SessionId=abc; mfilesmsm=def=; odd", "ASP.NET_SessionId=***; mfilesmsm=***; ***"),
    ("Set-Cookie", "id=abc; path=/; HttpOnly; Other=x", "id=***; path=/; HttpOnly; ***"),
    ("Location", "https://u:p@h/login?token=abc&popup=1#frag", "https://***@h/login?token=***&popup=1"),
  ])
  func `headers`(name: String, value: String, shown: String) {
    #expect(redactor.header(name, value) == shown)
  }

  @Test(arguments: [
    ("https://host/REST/session?_method=PUT", "https://host/REST/session?_method=PUT"),
    (
      "https://host/REST?username=u&password=p&vault=%7BA-1%7D",
      "https://host/REST?username=***&password=***&vault=%7BA-1%7D"
    ),
    ("https://host?secret", "https://host?***"), ("https://host?secret=", "https://host?secret"),
    ("https://u:p@ss@host:1/a@b", "https://***@host:1/a@b"), ("//u:p@host/x", "//***@host/x"),
    ("/path?u=https://a:b@c", "/path?u=***"), ("/x?_method=PUT;password=p", "/x?_method=***"),
    ("/x?_method=PUT%26password%3Dp", "/x?_method=***"),
    ("/x?_METHOD=put&online=true", "/x?_METHOD=put&online=true"),
    ("/x?a?password=p", "/x?a?password=***"), ("/x#?password=p", "/x"), ("", ""), ("?", "?"),
    ("/x?&&a=b", "/x?a=***"),
    ("/MFWS.ashx?restPath=session/vaults&password=p", "/MFWS.ashx?restPath=session/vaults&password=***"),
    (
      "/M?restPath=/session%3Fpassword%3Dp%26_method%3DPUT", "/M?restPath=/session?password=***%26_method=PUT"
    ),
  ])
  func `URLs`(url: String, shown: String) {
    #expect(redactor.url(url) == shown)
  }

  @Test(arguments: [
    (
      #"{"Username":"u","Password":"p","Expiration":null,"WindowsUser":false}"#,
      #"{"Username":"u","Password":"***","Expiration":null,"WindowsUser":false}"#
    ),
    (#" { "Value" : "token" } "#, #"{"Value":"***"}"#), (#"{"Value":true}"#, #"{"Value":true}"#),
    (#"{"Value":1e3,"UserID":-12.5}"#, #"{"Value":"***","UserID":-12.5}"#),
    (
      #"[{"Name":"V","GUID":"{A}","Authentication":"t"}]"#,
      #"[{"Name":"V","GUID":"{A}","Authentication":"***"}]"#
    ),
    (
      #"{"DNSNames":["a",["b"]],"x":["c",{"Name":"d","y":"e"}]}"#,
      #"{"DNSNames":["a",["b"]],"x":["***",{"Name":"d","y":"***"}]}"#
    ),
    (#""scalar""#, #""***""#), ("17", #""***""#), ("[]", "[]"), ("{}", "{}"), ("null", "null"),
    (#"{"Pass\u0077ord":"p","N\u0061me":"\ud83d\ude00\n\u0000"}"#, #"{"Password":"***","Name":"😀\n\u0000"}"#),
    (#"{"URL":"/REST?token=t","Message":"a\"b"}"#, #"{"URL":"/REST?token=***","Message":"a\"b"}"#),
  ])
  func `JSON`(text: String, shown: String) {
    #expect(redactor.body(Array(text.utf8), mediaType: "application/json; charset=utf-8") == shown)
  }

  @Test(arguments: [
    "{", "[1,]", "{\"a\"}", "{\"a\":1,}", "nul", "01x", "\"a", "\"\n\"", "[1] [2]", "\"\\x\"", "+1",
    "{'a':1}", "[\"\\ud8\"]",
    String(repeating: "[", count: 65) + String(repeating: "]", count: 65),
    String(repeating: "[", count: 1_000_000),
    String(repeating: "{\"a\":", count: 100_000),
  ])
  func `what is no JSON is not shown`(text: String) {
    #expect(
      redactor.body(Array(text.utf8), mediaType: "application/json")
        == "[\(text.utf8.count) bytes of application/json]")
  }

  @Test(arguments: [
    ("password=p&x=1", "password=***&x=***"), ("secret", "***"), ("a=b=c&&=d", "a=***&=***"),
    (
      "grant_type=authorization_code&client_id=mfsh-1&code=c0de&code_verifier=v&client_secret=s",
      "grant_type=authorization_code&client_id=mfsh-1&code=***&code_verifier=***&client_secret=***"
    ),
    (
      "grant_type=urn:ietf:params:oauth:grant-type:device_code&device_code=d&scope=openid+api%3A%2F%2Fx%2Fy",
      "grant_type=urn:ietf:params:oauth:grant-type:device_code&device_code=***&scope=openid+api%3A%2F%2Fx%2Fy"
    ),
    (
      "redirect_uri=http%3A%2F%2F127.0.0.1%3A8080%2Fcallback%3Fstate%3Ds&refresh_token=r",
      "redirect_uri=http://127.0.0.1:8080/callback?state=***&refresh_token=***"
    ),
    ("scope=a%26code%3Dsecret", "scope=***"), ("scope=a;code=secret", "scope=***"),
  ])
  func `forms`(text: String, shown: String) {
    #expect(
      redactor.body(Array(text.utf8), mediaType: "application/x-www-form-urlencoded; charset=utf-8") == shown)
  }

  @Test(arguments: [
    (
      #"{"access_token":"a","id_token":"i","refresh_token":"r","token_type":"Bearer","expires_in":3600}"#,
      #"{"access_token":"***","id_token":"***","refresh_token":"***","token_type":"Bearer","expires_in":3600}"#
    ),
    (
      #"{"device_code":"d","user_code":"U","verification_uri":"https://h/d?user_code=U","interval":5}"#,
      #"{"device_code":"***","user_code":"***","verification_uri":"https://h/d?user_code=***","interval":5}"#
    ),
    (
      #"{"error":"invalid_grant","error_description":"for token x","state":"s","scope":"openid"}"#,
      #"{"error":"invalid_grant","error_description":"***","state":"***","scope":"openid"}"#
    ),
  ])
  func `answers of OAuth`(text: String, shown: String) {
    #expect(redactor.body(Array(text.utf8), mediaType: "application/json") == shown)
  }

  @Test func `an address of OAuth's browser step`() {
    #expect(
      redactor.url("https://h/authorize?client_id=c&state=s&code_challenge=x&code_challenge_method=S256#f")
        == "https://h/authorize?client_id=c&state=***&code_challenge=***&code_challenge_method=S256")
  }

  @Test func `without redaction everything is seen, as the tests that look for secrets need it`() {
    let open = Redactor(isDisabledForTesting: true)
    open.add(Secret("a long secret"))
    let (json, type) = (#"{"Password":"a long secret"}"#, "application/json")
    #expect(open.body(Array(json.utf8), mediaType: type) == json)
    #expect(open.header("X-Password", "a long secret") == "a long secret")
    #expect(
      open.url("https://h/?p=1#f") == "https://h/?p=1#f" && open.text("a long secret") == "a long secret")
    #expect(Redactor().body(Array(json.utf8), mediaType: type) == #"{"Password":"***"}"#)
  }

  @Test func `other bodies are told by size and type`() {
    #expect(redactor.body(Array("<html>".utf8), mediaType: "te\"xt<secret>") == "[6 bytes of ***]")
    #expect(redactor.body([0xFF, 0xC0], mediaType: nil) == "[2 bytes of unknown type]")
    #expect(redactor.body([0x22, 0xFF, 0x22], mediaType: "text/json") == "[3 bytes of text/json]")
    #expect(redactor.body([], mediaType: "application/json") == "")
  }
}

@Suite struct KnownSecretsTests {
  static let secrets = [
    "hunter2hunter2", "pä$$ \"wörd\"/+&=%?", "exactly8", "back\\slash\ttab", "😀😀😀", "a+b/c+d/e+f",
  ]

  /// The ways in which text may hold a secret.
  static func encodings(_ secret: String) -> [String] {
    let bytes = Array(secret.utf8)
    let hex = bytes.map { (String($0 >> 4, radix: 16), String($0 & 15, radix: 16)) }
    let percent = hex.map { "%\($0)\($1)" }.joined()
    let partly = zip(bytes, hex).map { byte, hex in
      (0x61...0x7A).contains(byte)
        ? String(Unicode.Scalar(byte)) : "%\(hex.0.uppercased())\(hex.1.uppercased())"
    }.joined()
    let units = secret.utf16.map { unit in
      let digits = String(unit, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }.joined()
    let quoted = secret.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing(
      "/", with: "\\/"
    )
    .replacing("\t", with: "\\t")
    return [
      secret, percent, percent.uppercased(), partly, partly.replacing("%20", with: "+"), units, quoted,
      percent.replacing("%", with: "%25"), units.replacing("\\", with: "%5C"),
      quoted.replacing("\\", with: "\\\\"),
    ] + base64s(bytes)
  }

  /// At all three alignments, in both alphabets, and under the escapes of URLs and JSON.
  static func base64s(_ bytes: [UInt8]) -> [String] {
    ["", "x", "xy"].flatMap { before in
      ["", ":", ":z"].flatMap { after -> [String] in
        let text = base64(Array(before.utf8) + bytes + Array(after.utf8))
        return [
          text, text.replacing("+", with: "-").replacing("/", with: "_"),
          text.replacing("+", with: "%2B").replacing("/", with: "%2f"), text.replacing("/", with: "\\/"),
        ]
      }
    }
  }

  static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    return stride(from: 0, to: bytes.count, by: 3).map { start in
      let group = bytes[start..<min(start + 3, bytes.count)]
      let value = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      let text = (0..<4).map { alphabet[value >> (18 - 6 * $0) & 63] }
      return String(text.prefix(group.count + 1)) + String(repeating: "=", count: 3 - group.count)
    }.joined()
  }

  @Test(arguments: secrets)
  func `a secret is masked in every encoding`(secret: String) {
    let redactor = Redactor()
    redactor.add(Secret("another secret"))
    redactor.add(Secret(secret))
    for encoded in Self.encodings(secret) {
      #expect(redactor.text("(\(encoded))") == "(***)", "\(encoded)")
      #expect(redactor.text("(\(encoded))(\(encoded))") == "(***)(***)")
      #expect(redactor.text(encoded) == "***")
      #expect(
        !redactor.url("https://h/\(encoded)?online=\(encoded)&\(encoded)=1#\(encoded)").contains(encoded))
    }
  }

  @Test func `short secrets and other text stay`() {
    let redactor = Redactor()
    redactor.add(Secret("seven77"))
    redactor.add(Secret("eight888"))
    for text in [
      "seven77", "eight88", "", "e", "plain %41 text \\u0041 + %", "eight%%%38", "\\", "%", "\\u00",
    ] {
      #expect(redactor.text(text) == text)
    }
  }

  @Test func `secrets that overlap are masked as one`() {
    let redactor = Redactor()
    redactor.add(Secret("abcdefgh!"))
    redactor.add(Secret("efgh!ijkl"))
    #expect(redactor.text("<abcdefgh!ijkl> <abcdefgh!>") == "<***> <***>")
  }

  @Test func `a secret that is no UTF-8 is found in repaired text`() {
    let redactor = Redactor()
    let bytes = Array("p\u{FC}sswort-lang".unicodeScalars).map { UInt8(truncatingIfNeeded: $0.value) }
    redactor.add(Secret(bytes: bytes))
    #expect(redactor.text(String(decoding: bytes, as: UTF8.self)) == "***")
    #expect(redactor.text(Self.base64(bytes)) == "***")
  }

  @Test func `JSON stays JSON, and numbers are looked at too`() {
    let redactor = Redactor()
    redactor.add(Secret("12345678"))
    redactor.add(Secret("in the name"))
    let text = #"{"UserID":12345678,"in the name":true,"Message":"a 12345678 b"}"#
    #expect(
      redactor.body(Array(text.utf8), mediaType: "application/json")
        == #"{"UserID":"***","***":true,"Message":"a *** b"}"#)
  }

  @Test func `thousands of secrets in a large text take no time to speak of`() {
    let redactor = Redactor()
    for number in 0..<2000 { redactor.add(Secret("password number \(number)!")) }
    let text = String(repeating: "password number none; ", count: 5_000)
    let start = Self.processorSeconds
    #expect(redactor.text(text) == text)
    #expect(Self.processorSeconds - start < 10)
  }

  /// How long this thread has computed: what others do meanwhile does not count.
  private static var processorSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
