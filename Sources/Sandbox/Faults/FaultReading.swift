internal import FoundationEssentials
import MFWS

extension Fault {
  private static let kinds = [
    "delay", "stall", "reset", "reset_midway", "truncate", "status", "html", "bad_json", "huge", "wrong_node",
    "expire", "lose_cookie", "retry_after", "empty", "control", "garbage",
  ]
  private static let conditions = ["path", "exact", "method", "probability", "count", "after"]
  private static let details = [
    "body": "status", "page": "status", "status_code": "retry_after", "as_date": "retry_after",
  ]

  /// Reads the spelling of `mfsh sandbox --fault`, such as `delay=0.5,probability=0.05`.
  ///
  /// Throws: an error that names the place and the nearest word.
  public init(_ text: String) throws(SandboxError) {
    var fields: [String: JSONValue] = [:]
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let name = sides[0]
      guard !name.isEmpty else {
        throw SandboxError(.fault, "fault: \"\(text)\" has an empty part; write status=503,path=/session")
      }
      guard fields[name] == nil else {
        throw SandboxError(.fault, "fault: \(name) stands twice; leave one out")
      }
      fields[name] = sides.count == 1 ? true : Self.value(sides[1], of: name)
    }
    try self.init(.object(fields), at: "")
  }

  /// Reads one fault or a list of them, as documented at ``Fault``.
  ///
  /// Throws: an error that names the place, such as `[1].probability`, and the nearest word.
  public static func list(json: [UInt8]) throws(SandboxError) -> [Fault] {
    guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(json)) else {
      throw SandboxError(.fault, "fault: no valid JSON; write [{\"status\": 503, \"path\": \"/session\"}]")
    }
    guard let values = value.array else { return [try Fault(value, at: "")] }
    var faults: [Fault] = []
    for (index, value) in values.enumerated() { faults.append(try Fault(value, at: "[\(index)]")) }
    return faults
  }

  /// Numbers and truth values are told by their looks, except where a text is meant.
  private static func value(_ text: String, of name: String) -> JSONValue {
    if ["path", "method", "html", "body", "page"].contains(name) { return .string(text) }
    if let whole = Int64(text) { return .integer(whole) }
    if let number = Double(text) { return .number(number) }
    return ["true": true, "false": false][text] ?? .string(text)
  }

  init(_ value: JSONValue, at place: String) throws(SandboxError) {
    let known = Self.kinds + Self.conditions + Self.details.keys.sorted()
    let fields = try NamedFields(value, at: place, known: known, of: .fault)
    let named = Self.kinds.filter(fields.has)
    guard let kind = named.first, named.count == 1 else {
      let rule = named.isEmpty ? "names no kind" : "names \(named.joined(separator: " and "))"
      throw SandboxError(
        .fault,
        "fault: \(place)\(place.isEmpty ? "" : " ")\(rule); give one of \(Self.kinds.joined(separator: ", "))"
      )
    }
    for (detail, owner) in Self.details where fields.has(detail) && owner != kind {
      throw fields.fail(detail, "goes with \(owner) only, not with \(kind); leave it out")
    }
    self.init(try Kind(named: kind, fields))
    try readConditions(fields)
  }

  private mutating func readConditions(_ fields: NamedFields) throws(SandboxError) {
    if fields.has("path") {
      let text = try fields.text("path")
      guard text.hasPrefix("/") else { throw fields.fail("path", "must begin with / like /session/vaults") }
      path = text
    }
    if fields.has("method") { method = try fields.name("method").uppercased() }
    isExact = try fields.flag("exact", default: false)
    probability = try fields.number("probability", in: 0...1, default: 1)
    if fields.has("count") { count = Int(try fields.integer("count")) }
    after = Int(try fields.integer("after", in: 0...Int64(Int32.max), default: 0))
  }
}

extension Fault.Kind {
  /// The kind of this name, with what else the fault says about it.
  fileprivate init(named name: String, _ fields: NamedFields) throws(SandboxError) {
    switch name {
    case "delay": self = .delay(try fields.number(name, in: 0...600))
    case "stall": self = .stall(afterHead: try Self.stallsAfterHead(fields))
    case "status": self = .status(Int(try fields.integer(name, in: 200...599)), try Fault.Content(fields))
    case "html": self = .html(title: try fields.text(name))
    case "huge": self = .huge(bytes: Int(try fields.integer(name, in: 2...(1 << 40))))
    case "retry_after": self = try Self.retryAfter(fields)
    default: self = try Self.plain(name, fields)
    }
  }

  private static func plain(_ name: String, _ fields: NamedFields) throws(SandboxError) -> Fault.Kind {
    guard try fields.value(name) == true else { throw fields.fail(name, "takes no value") }
    return switch name {
    case "reset": .reset
    case "reset_midway": .resetMidway
    case "truncate": .truncate
    case "bad_json": .badJSON
    case "wrong_node": .wrongNode
    case "expire": .expire
    case "lose_cookie": .loseCookie
    case "empty": .empty
    case "control": .control
    default: .garbage
    }
  }

  private static func stallsAfterHead(_ fields: NamedFields) throws(SandboxError) -> Bool {
    if try fields.value("stall") == true { return false }
    return try fields.choice("stall", of: ["true", "nothing", "head"], default: "nothing") == "head"
  }

  private static func retryAfter(_ fields: NamedFields) throws(SandboxError) -> Fault.Kind {
    .retryAfter(
      seconds: Int(try fields.integer("retry_after", in: 0...86_400)),
      status: Int(try fields.integer("status_code", in: 400...599, default: 503)),
      asDate: try fields.flag("as_date", default: false))
  }
}

extension Fault.Content {
  fileprivate init(_ fields: NamedFields) throws(SandboxError) {
    switch (fields.has("body"), fields.has("page")) {
    case (true, true): throw fields.fail("page", "excludes body; leave one out")
    case (true, false): self = .text(try fields.text("body"))
    case (false, true): self = .page(title: try fields.text("page"))
    case (false, false): self = .error
    }
  }
}
