import Glibc
import HTTP
import TestSupport
import Testing

@testable import Shell

/// The file of profiles: data, and nobody else's.
@Suite struct ProfileTests {
  private let folder: TemporaryFolder
  private var file: ProfileFile { ProfileFile(path: folder.path("profiles.lua")) }

  init() throws { folder = try TemporaryFolder() }

  private func profile(_ text: String, mode: UInt32 = 0o600) throws -> Profile {
    try folder.write("profiles.lua", text, mode: 0o600)
    chmod(file.path, mode)
    return try file.profile(named: "p")
  }

  private func complaint(_ text: String, mode: UInt32 = 0o600) throws -> String {
    let error = try #require(throws: ProfileError.self) { try profile(text, mode: mode) }
    #expect(error.description.hasPrefix(folder.path))
    return error.description
  }

  private func reveal(_ profile: Profile, _ key: SettingKey) throws -> String? {
    try profile.values[secret: key]?.get { Secret("typed") }.reveal()
  }

  @Test func `every key can stand there`() throws {
    let text = """
      local host = "https://h"
      return { p = {
        url = host, user = "u", password = "p", vault = "v", domain = "d", windows = true, via = "token",
        token = { ask = true }, bearer = { ask = true }, auth_config = "a", oauth = false, sso = "ntlm",
        preshared_key = "k", expires = 60, computer = "c", read_only = false, reconnect = false,
        verbs = "plain", path_style = "aspx", production = true, cacert = "~/ca", capath = "/cas", cert = "c.pem",
        key = "k.pem", key_password = "kp", proxy = "p:1", proxy_user = "pu", proxy_password = "pp",
        no_proxy = {"a", "b"}, resolve = {"h:1:::1"}, tls_min = "1.3", http_version = "2", insecure = true,
        allow_plaintext = true, max_time = 1.5, connect_timeout = 2, retries = 0,
        secrets = { staff = { env = "STAFF" }, ["hr-1"] = { command = {"helper", "x"} }, own = { file = "f" } },
      } }
      """
    let profile = try profile(text)
    #expect(profile.values.keys == Set(SettingKey.allCases))
    #expect(profile.values[text: .noProxy] == "a,b" && profile.values[.maxTime] == .number(1.5))
    #expect(profile.values[text: .cert] == folder.path("c.pem") && profile.values[text: .capath] == "/cas")
    let home = String(cString: getenv("HOME"))
    #expect(profile.values[text: .cacert] == "\(home)/ca")
    let aliases = profile.values.aliases.sorted { $0.name < $1.name }
    #expect(aliases.map(\.name) == ["hr-1", "own", "staff"])
    #expect(
      aliases.map(\.source) == [.helper(["helper", "x"]), .file(folder.path("f")), .variable("STAFF")])
    #expect(try reveal(profile, .password) == "p" && reveal(profile, .token) == "typed")
  }

  @Test func `the secrets of rosters have names, places and a url`() throws {
    #expect(
      try complaint(#"return { p = { url = "h", secrets = "x" } }"#).hasSuffix(
        "the profile p: secrets must be a table of secrets by their names"))
    #expect(
      try complaint(#"return { p = { url = "h", secrets = { ["a b"] = { ask = true } } } }"#).hasSuffix(
        "the profile p: the name of a secret is made of letters, digits, _ - and ."))
    #expect(
      try complaint(#"return { p = { url = "h", secrets = { a = { evn = "X" } } } }"#).contains(
        "the profile p: secrets.a must be { command = "))
    #expect(
      try complaint(#"return { p = { secrets = { a = { env = "X" } } } }"#).hasSuffix(
        "the profile p has secrets but no url that they belong to; add url"))
    #expect(
      try complaint(#"return { p = { url = "h", secrets = { a = "hunter2" } } }"#, mode: 0o644).contains(
        "others can read the secrets.a of the profile p: chmod 600"))
  }

  @Test func `the help names every key`() throws {
    let help = try #require(HelpTopics.text("profiles"))
    let words = Set(help.split { !$0.isLetter && $0 != "_" }.map(String.init))
    for key in SettingKey.allCases { #expect(words.contains(key.rawValue), "\(key.rawValue)") }
    let login = try #require(HelpTopics.text("session.login"))
    for key in SettingKey.arguments { #expect(login.contains("\n  \(key.rawValue) "), "\(key.rawValue)") }
  }

  @Test func `a secret is had when it is needed, and once`() throws {
    let ran = folder.path("ran"), line = try folder.write("line", "from a file\n")
    let profile = try profile(
      """
      return { p = { url = "h", password = { command = {"sh", "-c", "echo x >> \(ran); echo from a program"} },
                     token = { file = "line" }, bearer = { file = "\(line)" }, key_password = { env = "PATH" } } }
      """)
    #expect(access(ran, F_OK) != 0)
    #expect(try reveal(profile, .password) == "from a program")
    #expect(try reveal(profile, .password) == "from a program")
    #expect(try folder.read("ran") == "x\n")
    #expect(try reveal(profile, .token) == "from a file" && reveal(profile, .bearer) == "from a file")
    #expect(try reveal(profile, .keyPassword) == String(cString: getenv("PATH")))
  }

  @Test(
    arguments: [
      ("while true do end", "it runs too long: write down the data itself"),
      ("local s = 'x' while true do s = s .. s end", "it takes too much memory"),
      ("local t = {} for i = 1, 1e9 do t[i] = i end", "it takes too much memory"),
      ("local t = {} t.t = t return {p = t}", "is nested too deep, or contains itself"),
      (
        "return { p = { user = function() end } }",
        "p.user is code: only strings, numbers, booleans and tables"
      ),
      (
        "return { p = { user = jo } }",
        ":1: a word stands without quotes, and there are no variables: write \"word\""
      ),
      ("os.execute('touch /tmp/x')", "a word stands without quotes"),
      ("return { p = { user = ('x'):rep(3) } }", "attempt to index a string value"),
      ("x = 1 return {}", "a word stands without quotes"),
      ("local s = 'a' + 1 return {}", "attempt to perform arithmetic on a string value"),
      ("return { p = { url = 'h' }", "'}' expected near <eof>"),
      ("", "what it returns is nil: begin with return {"),
      ("return 1", "it must return profiles by their names"),
      ("return { p = 1 }", "the profile p must be a table"),
      ("return { p = { 'x', url = 'h' } }", "p must be either a list or a table with names"),
      ("return { p = { usr = 'x' } }", "the profile p has an unknown key usr; did you mean user?"),
      (
        "return { q = { xyzzy = 'x' }, p = {} }",
        "the profile q has an unknown key xyzzy; mfsh help profiles lists"
      ),
      ("return { p = { user = 1 } }", "the profile p: user must be a string, not a number"),
      ("return { p = { retries = 1.5 } }", "the profile p: retries must be a whole number from 0 to 10"),
      ("return { p = { max_time = 0 } }", "the profile p: max_time must be a number of seconds above 0"),
      ("return { p = { via = 'magic' } }", "via is \"session\", \"token\" or \"headers\", not \"magic\""),
      ("return { p = { url = 'https://u:geheim@h' } }", "url must not hold a user or password"),
      (
        "return { p = { proxy = 'http://u:geheim@h' } }",
        "proxy must not hold a user or password: use proxy_user"
      ),
      ("return { p = { url = 'h', password = { comand = {'x'} } } }", "password must be { command ="),
      ("return { p = { url = 'h', password = { ask = false } } }", "password must be { command ="),
      ("return { p = { url = 'h', password = { command = 'pass x' } } }", "password must be { command ="),
      (
        "return { p = { password = 'geheim' } }", "the profile p has a password but no url that it belongs to"
      ),
      (
        "return { p = { proxy_password = 'geheim' } }", "has a proxy_password but no proxy that it belongs to"
      ),
    ])
  func `what is no data is refused`(text: String, message: String) throws {
    let complaint = try complaint(text)
    #expect(complaint.contains(message), "\(complaint)")
    #expect(!complaint.contains("geheim"))
  }

  @Test func `compiled Lua is refused`() throws {
    #expect(try complaint("\u{1B}Lua").contains("attempt to load a binary chunk"))
  }

  @Test func `others must not be able to change it`() throws {
    let text = "return { p = { url = 'h' } }"
    #expect(try profile(text, mode: 0o644).values[text: .url] == "h")
    for mode: UInt32 in [0o620, 0o602] {
      #expect(try complaint(text, mode: mode).hasSuffix("change your profiles: chmod go-w \(file.path)"))
    }
    chmod(folder.path, 0o777)
    #expect(try complaint(text).hasSuffix("chmod go-w \(folder.path)"))
    chmod(folder.path, 0o700)
    #expect(try profile(text).name == "p")
  }

  @Test func `others must not be able to read a secret`() throws {
    let text = "return { p = { url = 'h', password = 'geheim' } }"
    for mode: UInt32 in [0o640, 0o604] {
      let complaint = try complaint(text, mode: mode)
      #expect(complaint.contains("others can read the password of the profile p: chmod 600 \(file.path)"))
      #expect(!complaint.contains("geheim"))
    }
    #expect(try profile("return { p = { url = 'h', password = { ask = true } } }", mode: 0o644).name == "p")
  }

  @Test func `a link leads to a file in a safe folder`() throws {
    let other = try TemporaryFolder()
    let target = try other.write("mine.lua", "return { p = { url = 'h' } }")
    symlink(target, file.path)
    #expect(try file.profile(named: "p").values[text: .url] == "h")
    chmod(other.path, 0o777)
    let error = try #require(throws: ProfileError.self) { try file.profile(named: "p") }
    #expect(error.description.hasSuffix("chmod go-w \(other.path)"))
    chmod(other.path, 0o700)
  }

  @Test func `a name that is not there`() throws {
    try folder.write("profiles.lua", "return { prod = {}, test = {} }")
    let error = try #require(throws: UsageError.self) { try file.profile(named: "prd") }
    #expect(
      error.message == "no profile is named 'prd' in \(file.path); did you mean prod? there are prod, test")
    let missing = ProfileFile(path: folder.path("none.lua"))
    #expect(
      try #require(throws: ProfileError.self) { try missing.profile(named: "p") }.description
        .contains("none.lua: No such file or directory; profiles stand there, like return {"))
  }
}
