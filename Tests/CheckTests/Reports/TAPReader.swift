import TestSupport

/// A strict reader of TAP 14, as far as our reports use it.
struct TAPReader {
  struct Point: Equatable {
    var isOK: Bool
    var description: String
    var skipReason: String?
    /// The lines of the YAML block, without their indentation.
    var diagnostics: [String] = []
  }

  private(set) var points: [Point] = []
  private(set) var bailOut: String?

  init(_ report: String) throws {
    guard report.hasSuffix("\n") else { throw SupportError("the last line has no end") }
    var lines = report.dropLast().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[
      ...]
    guard lines.popFirst() == "TAP version 14" else { throw SupportError("no version") }
    guard let plan = lines.popFirst(), plan.hasPrefix("1.."),
      let count = Int(plan.dropFirst(3).prefix { $0 != " " })
    else { throw SupportError("no plan in front") }
    while let line = lines.popFirst() { try read(line, &lines) }
    guard points.count == count else { throw SupportError("\(points.count) points of \(count)") }
  }

  private mutating func read(_ line: String, _ rest: inout ArraySlice<String>) throws {
    if bailOut != nil { throw SupportError("something behind the end: \(line)") }
    if line.hasPrefix("Bail out! ") {
      bailOut = String(line.dropFirst("Bail out! ".count))
    } else if line == "  ---" {
      try readDiagnostics(&rest)
    } else {
      points.append(try Self.point(line, number: points.count + 1))
    }
  }

  private mutating func readDiagnostics(_ rest: inout ArraySlice<String>) throws {
    guard points.last?.diagnostics == [] else { throw SupportError("diagnostics of nothing") }
    while let line = rest.popFirst(), line != "  ..." {
      guard line.hasPrefix("  ") else { throw SupportError("not indented: \(line)") }
      points[points.count - 1].diagnostics.append(String(line.dropFirst(2)))
    }
  }

  private static func point(_ line: String, number: Int) throws -> Point {
    let isOK = line.hasPrefix("ok ")
    let start = "\(isOK ? "ok" : "not ok") \(number) - "
    guard line.hasPrefix(start) else { throw SupportError("no test point \(number): \(line)") }
    var parts = [""]
    var characters = Array(line.unicodeScalars.dropFirst(start.unicodeScalars.count))[...]
    while let character = characters.popFirst() {
      if character == "\\", let next = characters.popFirst() {
        parts[parts.count - 1].unicodeScalars.append(next)
      } else if character == "#" {
        parts.append("")
      } else {
        parts[parts.count - 1].unicodeScalars.append(character)
      }
    }
    guard parts.count < 3, parts.count == 1 || parts[1].hasPrefix(" SKIP ") && parts[0].hasSuffix(" ") else {
      throw SupportError("not a directive: \(line)")
    }
    let description = parts.count == 1 ? parts[0] : String(parts[0].dropLast())
    let reason = parts.count == 1 ? nil : String(parts[1].dropFirst(" SKIP ".count))
    return Point(isOK: isOK, description: description, skipReason: reason)
  }
}
