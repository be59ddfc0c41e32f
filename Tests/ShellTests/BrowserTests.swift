import Glibc
import TestSupport
import Testing

@testable import Shell

/// Opening a browser to sign in.
@Suite(.timeLimit(.minutes(30))) struct BrowserTests {
  private func browser(_ variables: [String: String]) -> Browser { Browser { variables[$0] } }

  @Test func `there is one with a screen of this machine`() {
    #expect(browser(["DISPLAY": ":0"]).isAvailable && browser(["WAYLAND_DISPLAY": "w"]).isAvailable)
    #expect(!browser([:]).isAvailable)
    #expect(!browser(["DISPLAY": ":10", "SSH_CONNECTION": "a b c d"]).isAvailable)
    #expect(!browser(["DISPLAY": ":10", "SSH_TTY": "/dev/pts/1"]).isAvailable)
  }

  @Test(arguments: ["", " --new %s"])
  func `the address is one word, whatever is in it`(rest: String) async throws {
    let folder = try TemporaryFolder()
    let program = try folder.write(
      "browser", "#!/bin/sh\nprintf '%s|' \"$@\" > \"$0.part\"\nmv \"$0.part\" \"$0.out\"\n")
    chmod(program, 0o700)
    let address = "https://h/authorize?a=1&b=$(touch x);'\"`id`"
    #expect(browser(["BROWSER": "/nonexistent/one:\(program)\(rest)"]).open(address))
    var words: String?
    while words == nil {
      try Task.checkCancellation()
      words = try? folder.read("browser.out")
      await Task.yield()
    }
    #expect(words == (rest.isEmpty ? "\(address)|" : "--new|\(address)|"))
  }

  @Test(arguments: ["--version", "file:///etc/passwd", "javascript:alert(1)"])
  func `only web addresses are opened`(address: String) {
    #expect(!browser(["BROWSER": "true"]).open(address))
  }
}
