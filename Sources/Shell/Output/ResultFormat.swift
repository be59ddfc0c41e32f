import LuaKit
import MFWS

/// How values are shown whole.
enum ResultFormat: String, CaseIterable {
  case table, lua, json, csv

  /// - Throws: `client.usage`: there is no such format.
  init(named name: String) throws(LuaError) {
    let names = Self.allCases.map(\.rawValue)
    guard let format = Self(rawValue: name) else {
      let near = nearest(to: name, in: names).map { ": did you mean \($0)?" }
      throw .usage("there is no format \"\(name)\"" + (near ?? ": it is \(names.joined(separator: ", "))"))
    }
    self = format
  }

  /// The whole text, with line ends.
  ///
  /// - Parameters:
  ///   - format: nil: tables, but for those that are wider than the terminal, where each record is shown by itself.
  ///   - width: of the terminal, for what may be laid out; cells are not cut.
  /// - Throws: `client.usage`: a value has no such form.
  static func text(of results: LuaResults, as format: ResultFormat?, width: Int) throws(LuaError) -> String {
    guard results.count > 0 else { throw .usage("there are no values to show") }
    var text = ""
    for index in 1...results.count { text += try one(results, index, as: format, width: width) }
    return text
  }

  private static func one(
    _ results: LuaResults, _ index: Int, as format: ResultFormat?, width: Int
  ) throws(LuaError) -> String {
    switch format {
    case nil, .table:
      return ValueRenderer.render(
        [results.view(index, isComplete: true)], width: width, limit: .max, showsNestedColumns: true,
        splitsWideTables: format == nil) + "\n"
    case .lua: return try source(results.view(index, isComplete: true), width: width)
    case .json: return String(decoding: try results.json(index), as: UTF8.self) + "\n"
    case .csv: return try csv(results, index)
    }
  }

  private static func source(_ value: LuaView, width: Int) throws(LuaError) -> String {
    var source = LuaSource(width: width, isComplete: true)
    let text = source.text(value) + "\n"
    if source.hasCycle { throw .usage("the value contains itself: Lua cannot say that in one expression") }
    return text
  }

  private static func csv(_ results: LuaResults, _ index: Int) throws(LuaError) -> String {
    guard results.view(index) != .nothing else {
      throw .usage("only a list of records, or one record, can be CSV, and this is nil")
    }
    let json = JSONText.value(try results.json(index))
    guard let json, let items = json.array ?? (json.object.map { _ in [json] }),
      items.allSatisfy({ $0.object?.isEmpty == false }), results.count == 1
    else { throw .usage("only a list of records, or one record, can be CSV: try json") }
    guard !items.isEmpty else { throw .usage("an empty list has no columns, and so no CSV: try json") }
    return CSVText(json).text
  }
}
