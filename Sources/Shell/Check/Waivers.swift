import Check
import Glibc
import MFWS

/// The differences that are accepted: a CSV file with the columns `id`, `reason` and `until`.
final class Waivers: Sendable {
  private struct Waiver {
    let line: Int
    let reason: String
    /// `YYYY-MM-DD`, the last day.
    let until: String?
  }

  private let path: String
  private let waivers: [String: Waiver]
  private let today: String

  /// - Throws: `CheckFailure`; mistakes have been told by then, a line for each.
  init(_ path: String) throws(CheckFailure) {
    self.path = path
    today = Self.today()
    do {
      waivers = try Self.read(path)
    } catch let error as RosterError {
      throw .roster(error.description.replacing("the roster", with: "--waivers"))
    } catch let fault as RecordFault {
      throw .roster(Self.line(path, fault))
    } catch {
      throw (error as? CheckFailure) ?? .roster("\(path): \(error)")
    }
  }

  func contains(_ id: String) -> Bool { waivers[id] != nil }

  /// Why the result is accepted; nil: it is not.
  func waiver(forID id: String, _ status: RowResult.Status) -> RowResult.AppliedWaiver? {
    guard status != .pass, let waiver = waivers[id], !isExpired(waiver) else { return nil }
    return .init(reason: waiver.reason, until: waiver.until, was: status)
  }

  /// Tells on standard error of waivers that count no more, and of those for rows that do not exist.
  ///
  /// - Parameter known: the ids that rows have; nil: that is not known of all.
  func tellProblems(_ known: Set<String>?) {
    for (id, waiver) in waivers.sorted(by: { $0.value.line < $1.value.line }) {
      let place = "mfsh: warning: \(path):\(waiver.line): the waiver of '\(id)'"
      if isExpired(waiver), let until = waiver.until {
        OutputStream.error("\(place) ended on \(until): take it out, or agree on a later day")
      } else if let known, !known.contains(id) {
        OutputStream.error("\(place) is for no row of the roster: correct its id, or take it out")
      }
    }
  }

  private func isExpired(_ waiver: Waiver) -> Bool { waiver.until.map { $0 < today } ?? false }

  // MARK: the file

  private static func read(_ path: String) throws -> [String: Waiver] {
    var records = DelimitedRecords(
      try RosterInput(path: path),
      whenEmpty: "the file is empty: begin it with a line such as id,reason,until")
    let header = try records.header()
    let strangers = header?.cells.filter { !columns.contains($0.name.lowercased()) } ?? []
    let faults =
      (header?.faults ?? [])
      + strangers.map {
        RecordFault(
          line: $0.line, column: $0.column,
          "the column \"\($0.name)\" means nothing: the columns are id, reason, until")
      }
    var problems = faults.map { line(path, $0) }
    var waivers: [String: Waiver] = [:]
    while let record = try records.next() {
      do throws(RecordFault) {
        let (id, waiver) = try waiver(record)
        if let before = waivers.updateValue(waiver, forKey: id) {
          throw RecordFault(
            line: record.line, "'\(id)' is waived in line \(before.line) already: take one out")
        }
      } catch {
        problems.append(line(path, error))
      }
    }
    guard problems.isEmpty else {
      OutputStream.error(problems.joined(separator: "\n"))
      throw CheckFailure.roster("the waivers are wrong; nobody was logged in")
    }
    return waivers
  }

  private static let columns = ["id", "reason", "until"]

  private static func line(_ path: String, _ fault: RecordFault) -> String {
    "\(path):\(fault.line)\(fault.column.map { ":\($0)" } ?? ""): \(fault.message)"
  }

  private static func waiver(_ record: RosterRecord) throws(RecordFault) -> (String, Waiver) {
    if let fault = record.faults.first { throw fault }
    let cells = Dictionary(record.cells.map { ($0.name.lowercased(), $0) }) { first, _ in first }
    guard let id = cells["id"]?.value.string else {
      throw RecordFault(line: record.line, "there is no id: name the row that is meant")
    }
    guard let reason = cells["reason"]?.value.string else {
      throw RecordFault(line: record.line, "there is no reason: say why, or name a ticket")
    }
    let until = cells["until"]
    if let until, let text = until.value.string, !isDay(text) {
      throw RecordFault(
        line: until.line, column: until.column, "until needs a day such as 2030-01-31, not '\(text)'")
    }
    return (id, Waiver(line: record.line, reason: reason, until: until?.value.string))
  }

  private static func isDay(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2],
      text.utf8.allSatisfy({ $0 == 0x2D || (0x30...0x39).contains($0) })
    else { return false }
    let (year, month) = (Int(parts[0]) ?? 0, Int(parts[1]) ?? 0)
    guard (1...12).contains(month) else { return false }
    let isLeapYear = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeapYear ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...days[month - 1]).contains(Int(parts[2]) ?? 0)
  }

  /// Where the program runs.
  private static func today() -> String {
    var now = time(nil)
    var parts = tm()
    localtime_r(&now, &parts)
    let month = Int(parts.tm_mon) + 1
    let day = Int(parts.tm_mday)
    return "\(Int(parts.tm_year) + 1900)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
  }
}
