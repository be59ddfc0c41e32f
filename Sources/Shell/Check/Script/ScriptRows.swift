import Check
import LuaKit
import MFWS

/// The rows that a script hands in, as records of a roster, and the secrets that they bring themselves.
///
/// Used on the loop's thread only.
final class ScriptRows: @unchecked Sendable {
  private var count = 0
  /// By the name of the account, whatever its domain: each row finds its own among a few.
  private var secrets: [String: [Secret]] = [:]

  /// The record of a row at `index` of a call. What is wrong with it stands in its faults.
  func record(_ call: borrowing LuaCall, _ index: Int) -> RosterRecord {
    count += 1
    do {
      guard case .table? = try? call.value(index) else {
        throw LuaError.usage("it is no table: write {account = \"name\"}")
      }
      return try record(of: try call.table(index, CheckRunArguments.function))
    } catch {
      var record = RosterRecord([], line: count)
      record.faults = [RecordFault(line: count, (error as? LuaError)?.message ?? "\(error)")]
      return record
    }
  }

  private func record(of fields: [String: LuaValue]) throws(LuaError) -> RosterRecord {
    var values: [String: JSONValue] = [:]
    var own: Secret?
    for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
      if case .object(let object as SecretObject) = value {
        guard name == "secret" else {
          throw .usage("\(OutputStream.safe(name)) is a secret: a row has one under the name secret only")
        }
        own = object.secret
        continue
      }
      do {
        values[name] = try JSONValue(value)
      } catch {
        throw .usage("\(OutputStream.safe(name)) \(error.message)")
      }
    }
    var record = RosterRecord(values, number: count)
    if let own { record.ownSecret = note(own, of: values["account"]?.string ?? "") }
    return record
  }

  // MARK: secrets

  /// No name that a roster could write.
  private static let prefix = "(row"

  /// Whether the name is that of a secret that a row brought. In another run it may be that of another one.
  static func isOwn(_ name: String?) -> Bool { name?.hasPrefix(prefix) ?? false }

  /// The secret of a row that brought it; nil: it did not.
  func secret(of row: RosterRow) -> Secret? {
    guard let name = row.secret, Self.isOwn(name) else { return nil }
    return secrets[Self.key(row.account)]?.enumerated().first { Self.name($0.offset) == name }?.element
  }

  /// - Returns: the name that stands for it: the same for the same secret of an account.
  private func note(_ secret: Secret, of account: String) -> String {
    let key = Self.key(account)
    var known = secrets[key] ?? []
    if let index = known.firstIndex(of: secret) { return Self.name(index) }
    known.append(secret)
    secrets[key] = known
    return Self.name(known.count - 1)
  }

  private static func name(_ index: Int) -> String { index == 0 ? "\(prefix))" : "\(prefix) \(index + 1))" }

  private static func key(_ account: String) -> String {
    String(account.lowercased().split(separator: "\\").last ?? "")
  }
}
