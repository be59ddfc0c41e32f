import Glibc
import HTTP
import LuaKit
import MFWS

extension LuaRun {
  /// Asks the one question in Lua, as a script would, prints the answer, and gives the exit status.
  func run(_ shot: OneShot) throws -> Int32 {
    let arguments = try shot.arguments()
    Watchdog.shared.luaRuns(atPrompt: false)
    defer { Watchdog.shared.luaHasReturned() }
    do {
      let answer = try runtime.scheduler.run(
        Array(shot.code.utf8), chunkName: "=mfsh", arguments: arguments, results: OneShotAnswer.init)
      return try show(answer, of: shot)
    } catch let failure as LuaFailure {
      if failure.kind == .stopped { return Self.statusOfStop }
      let usage = failure.message.split(separator: ": ", maxSplits: 1)
      let isOurs = usage.count == 2 && ["session.login", "server.diagnose"].contains(usage[0])
      OutputStream.error("mfsh: \(OneShot.advice(isOurs ? String(usage[1]) : failure.message))")
      if failure.code == "client.usage" { return ExitStatus.usage.rawValue }
      return ExitStatus(uncaught: failure.code).rawValue
    }
  }

  private func show(_ answer: OneShotAnswer, of shot: OneShot) throws -> Int32 {
    guard let json = answer.json else { return 0 }
    guard shot.question == .doctor, let diagnosis = try? JSONText.decode(Diagnosis.self, json) else {
      OutputStream.write(answer.text(json, of: shot))
      return 0
    }
    switch shot.format {
    case .table, nil: text(diagnosis, of: shot).write()
    case .json: OutputStream.write(json + [0x0A])
    case .csv: OutputStream.write(CSVText(JSONText.value(json)?["findings"] ?? .null).text)
    }
    return diagnosis.verdict == .wrong ? ExitStatus.unavailable.rawValue : 0
  }

  private func text(_ diagnosis: Diagnosis, of shot: OneShot) -> DiagnosisText {
    let settings = runtime.settings
    return DiagnosisText(diagnosis, isColoured: settings.color.isOn, isOfSandbox: settings.usesSandbox)
  }
}

/// What the chunk of a one-shot returns: the value, and its JSON text.
private struct OneShotAnswer {
  private let value: LuaView
  /// nil: the server sent no body.
  let json: [UInt8]?

  init(_ results: LuaResults) {
    value = results.view(1, isComplete: true)
    if case .string(let text) = results.view(2) { json = text } else { json = nil }
  }

  func text(_ json: [UInt8], of shot: OneShot) -> [UInt8] {
    switch (shot.format, shot.question) {
    case (.csv?, _):
      Array((JSONText.value(json).map { CSVText($0).text } ?? String(decoding: json, as: UTF8.self)).utf8)
    case (.table?, _), (nil, .whoami), (nil, .vaults): table(or: json)
    default: Self.line(json)
    }
  }

  /// Cells are whole. Lists and objects in the records of a list are left out where the terminal has no room for them,
  /// and those in one record have their size. A text is no table.
  private func table(or json: [UInt8]) -> [UInt8] {
    if case .string = value { return Self.line(json) }
    let whole = table(withNested: true)
    let isFitting = whole.split(separator: "\n").allSatisfy {
      TerminalText.width(String($0)) <= OutputStream.tableWidth
    }
    let text = isFitting ? whole : table(withNested: false)
    return Array((text == whole ? text + "\n" : text + "\n… -o json shows all\n").utf8)
  }

  private func table(withNested: Bool) -> String {
    ValueRenderer.render(
      [value], width: OutputStream.tableWidth, limit: .max, nestedWidth: Self.nestedWidth,
      showsNestedColumns: withNested)
  }

  private static func line(_ text: [UInt8]) -> [UInt8] { text + (text.last == 0x0A ? [] : [0x0A]) }

  private static let nestedWidth = 80
}

extension OneShot {
  /// The chunk's arguments; the body is read here.
  fileprivate func arguments() throws(UsageError) -> [LuaValue] {
    let address = url.map(LuaValue.string) ?? .nil
    guard case .api(let request) = question else { return [address] }
    let body = try request.body.map { (body) throws(UsageError) in try Self.body(body) }
    return [
      address, .string(request.method), .string(request.path), body.map { .object(SecretObject($0)) } ?? .nil,
      .bool(format == .json),
    ]
  }

  private static func body(_ text: String) throws(UsageError) -> Secret {
    let bytes: [UInt8] =
      if text == "-" {
        try FileContent.readAll(STDIN_FILENO, named: "standard input")
      } else if text.hasPrefix("@") {
        try FileContent.read(String(text.dropFirst()))
      } else {
        Array(text.utf8)
      }
    guard JSONText.value(bytes) != nil else { throw .badBody }
    return Secret(bytes: bytes)
  }

  /// The value, and its JSON text.
  fileprivate var code: String {
    switch question {
    case .whoami: Self.logIn + "return shown(session.info())"
    case .vaults: Self.logIn + "return shown(session.vaults())"
    case .doctor: Self.shown + "return shown(server.diagnose{url = url})"
    case .api: Self.logIn + Self.request
    }
  }

  private static let shown = """
    local url, method, path, body, json_only = ...
    local function shown(value) return value, json.encode(value, {indent = 2, secrets = "mask"}) end

    """
  private static let logIn = shown + "session.login{url = url}\n"

  /// A text that is no JSON is printed as it came, unless JSON was asked for.
  private static let request = """
    local value = session.request{method = method, path = path, body = body}
    if value == nil then return end
    if type(value) ~= "string" then return shown(value) end
    local is_text, text = pcall(json.encode, value)
    return value, json_only and is_text and text or value
    """
}

extension UsageError {
  fileprivate static let badBody = UsageError(
    "the body of -d is no JSON; write it like '{\"Name\": \"value\"}', or name a file: -d @FILE")
}
