/// A JSON value as it is written to a trace, fields in their order.
enum HARValue {
  case text(String)
  case integer(Int)
  case milliseconds(Double)
  case list([HARValue])
  case object([(String, HARValue)])

  var json: String {
    switch self {
    case .text(let text): JSONLiteral.quoted(text)
    case .integer(let value): String(value)
    case .milliseconds(let seconds): String((seconds * 1e6).rounded() / 1000)
    case .list(let values): "[" + values.map(\.json).joined(separator: ",") + "]"
    case .object(let fields):
      "{" + fields.map { JSONLiteral.quoted($0.0) + ":" + $0.1.json }.joined(separator: ",") + "}"
    }
  }
}
