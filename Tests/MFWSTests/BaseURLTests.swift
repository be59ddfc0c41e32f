import MFWS
import Testing

@Suite struct BaseURLTests {
  @Test(arguments: [
    ("mfiles.example.com", "https://mfiles.example.com/REST"),
    ("https://mfiles.example.com", "https://mfiles.example.com/REST"),
    ("HTTPS://MFiles.Example.com/", "https://mfiles.example.com/REST"),
    ("https://host/m-files", "https://host/m-files/REST"),
    ("https://host/m-files/REST/", "https://host/m-files/REST"),
    ("https://host/m-files/rest", "https://host/m-files/REST"),
    ("https://host:443/REST?x=1#y", "https://host/REST"),
    ("https://host:8443//m-files//", "https://host:8443/m-files/REST"),
    ("http://host:80", "http://host/REST"),
    ("localhost:8080", "http://localhost:8080/REST"),
    ("127.0.0.1:8080", "http://127.0.0.1:8080/REST"),
    ("127.0.0.1.example.com", "https://127.0.0.1.example.com/REST"),
    ("[::1]:8080", "http://[::1]:8080/REST"),
    ("https://[2001:db8::1]/m-files", "https://[2001:db8::1]/m-files/REST"),
    ("  host  ", "https://host/REST"),
  ])
  func readsWhatPeopleType(_ text: String, _ rest: String) throws {
    #expect(try BaseURL(text).rest == rest)
  }

  @Test(arguments: [
    "", "https://", "https:///path", "ftp://host", "https://user:secret@host", "https://ho st",
    "https://host:0",
    "https://host:99999", "https://host:abc", "https://host/a b", "https://ho\u{1B}st",
    "https://host\r\nX: y",
  ])
  func refusesWhatIsNoAddress(_ text: String) {
    let error = #expect(throws: MFWSError.self) { try BaseURL(text) }
    #expect(error?.code == .clientUsage)
    #expect(error?.message.contains("secret") == false)
  }

  @Test(arguments: [
    ("http://localhost", true), ("http://127.8.9.1", true), ("http://[::1]", true),
    ("http://127.0.0.1.evil", false),
    ("http://localhost.evil", false), ("http://10.0.0.1", false), ("http://127.0.0", false),
  ])
  func knowsThisMachine(_ text: String, _ isLoopback: Bool) throws {
    #expect(try BaseURL(text).isLoopback == isLoopback)
  }
}
