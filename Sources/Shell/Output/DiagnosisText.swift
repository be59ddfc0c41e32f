import LuaKit
import MFWS

/// A diagnosis for people: a line for each finding, its remedy below it, and the address to use.
struct DiagnosisText {
  private let diagnosis: Diagnosis
  private let isColoured: Bool
  private let isOfSandbox: Bool
  private static let verdictWidth = 8
  private static let checkWidth = 10
  private static let indent = verdictWidth + checkWidth + 4

  /// - Parameter isOfSandbox: the server ends with this run, so that its address is of no use.
  init(_ diagnosis: Diagnosis, isColoured: Bool, isOfSandbox: Bool = false) {
    self.diagnosis = diagnosis
    self.isColoured = isColoured
    self.isOfSandbox = isOfSandbox
  }

  /// Prints it. Every word of a server is made safe before colours are added.
  func write() {
    StandardOutput.write(text(width: OutputStream.tableWidth))
  }

  func text(width: Int) -> String {
    diagnosis.findings.map { lines($0, width) }.joined() + "\n" + summary + "\n"
  }

  private func lines(_ finding: Finding, _ width: Int) -> String {
    let verdict = TerminalText.padded(finding.verdict.rawValue, to: Self.verdictWidth)
    let check = TerminalText.padded(finding.check.rawValue, to: Self.checkWidth)
    let text = paragraph(finding.text, width)
    let remedy = finding.remedy.map { Self.blank + paragraph("→ " + $0, width) } ?? ""
    return "\(coloured(verdict, finding.verdict))  \(check)  \(text)\(remedy)"
  }

  /// The words on lines that fit, each after the first behind the columns.
  private func paragraph(_ text: String, _ width: Int) -> String {
    var lines = [""]
    for word in OutputStream.safe(text).split(separator: " ") {
      let last = lines[lines.count - 1]
      if !last.isEmpty, TerminalText.width(last) + 1 + TerminalText.width(String(word)) > width - Self.indent
      {
        lines.append(String(word))
      } else {
        lines[lines.count - 1] = last.isEmpty ? String(word) : "\(last) \(word)"
      }
    }
    return lines.joined(separator: "\n" + Self.blank) + "\n"
  }

  private static let blank = String(repeating: " ", count: indent)

  private var summary: String {
    guard let url = diagnosis.baseURL else { return "No M-Files Web Service was found." }
    let address = OutputStream.safe(url)
    switch diagnosis.verdict {
    case .wrong: return "The web service is at \(address), but see what is wrong above."
    default: return "Use it with: mfsh \(isOfSandbox ? "--sandbox" : "--url \(address)")"
    }
  }

  private func coloured(_ text: String, _ verdict: Finding.Verdict) -> String {
    guard isColoured else { return text }
    let code =
      switch verdict {
      case .fine: 32
      case .doubtful: 33
      case .wrong: 31
      }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }
}
