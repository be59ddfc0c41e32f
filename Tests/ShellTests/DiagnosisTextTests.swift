import MFWS
import Testing

@testable import Shell

@Suite struct DiagnosisTextTests {
  private let diagnosis = Diagnosis(
    url: "h", baseURL: "https://h",
    findings: [
      Finding(.http, .fine, "HTTP/1.1 by IIS\u{1B}[2J 10.0"),
      Finding(.verbs, .doubtful, "the web server blocks PUT and DELETE", remedy: "nothing to do for mfsh"),
    ])

  @Test func `lines fit, and a server's words are no commands to the terminal`() {
    #expect(
      DiagnosisText(diagnosis, isColoured: false).text(width: 44) == #"""
        fine      http        HTTP/1.1 by IIS\x1B[2J
                              10.0
        doubtful  verbs       the web server blocks
                              PUT and DELETE
                              → nothing to do for
                              mfsh

        Use it with: mfsh --url https://h

        """#)
  }

  @Test func `verdicts have colours`() {
    let text = DiagnosisText(diagnosis, isColoured: true).text(width: 100)
    #expect(text.contains("\u{1B}[32mfine    \u{1B}[0m  http        HTTP/1.1 by IIS\\x1B[2J 10.0\n"))
    #expect(text.contains("\u{1B}[33mdoubtful\u{1B}[0m  verbs"))
  }

  @Test func `the last line says what to use`() {
    var diagnosis = diagnosis
    diagnosis.findings.append(Finding(.clock, .wrong, "two hours off"))
    #expect(
      DiagnosisText(diagnosis, isColoured: false).text(width: 100).hasSuffix(
        "\n\nThe web service is at https://h, but see what is wrong above.\n"))
    diagnosis.baseURL = nil
    #expect(
      DiagnosisText(diagnosis, isColoured: false).text(width: 100).hasSuffix(
        "\n\nNo M-Files Web Service was found.\n"))
  }

  @Test func `the address of a sandbox that ends with the run is not advised`() {
    #expect(
      DiagnosisText(diagnosis, isColoured: false, isOfSandbox: true).text(width: 100).hasSuffix(
        "\n\nUse it with: mfsh --sandbox\n"))
  }
}
