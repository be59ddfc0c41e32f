import Check
import LuaKit
import MFWS

/// The named arguments of `check.run`, but for its functions and rows: those of the command line, in Lua's spelling.
struct CheckRunArguments {
  static let function = "check.run"
  let arguments: CheckArguments
  let connection: ConnectionSettings

  /// - Parameter hasRule: whether there is a rule of one's own.
  /// - Throws: `client.usage` that names the argument.
  init(_ call: borrowing LuaCall, _ index: Int, hasRule: Bool, in runtime: Runtime) throws(LuaError) {
    let table = try ArgumentTable(
      call, index, of: Self.function, keys: NamedArguments.names(of: Self.function))
    var parsed = ParsedCommandLine()
    do {
      for option in OptionSpec.checkRun {
        guard let value = table.value(option.argumentName) else { continue }
        for text in try Self.texts(value, of: option, in: table) { try option.effect(&parsed, text) }
      }
      parsed.check.secrets = try Self.secrets(table)
      parsed.check.reports = try Self.reports(table)
      parsed.check.hasOwnRule = hasRule
      try parsed.check.checkCombinations()
    } catch let error as LuaError {
      throw error
    } catch {
      throw .usage("\(Self.function): \(OptionSpelling.inLua((error as? UsageError)?.message ?? "\(error)"))")
    }
    arguments = parsed.check
    var values = SettingValues()
    if let url = try table.string("url") { values[text: .url] = url }
    connection = runtime.connection.with(call: values)
  }

  /// What would stand behind the option on the command line, as often as it would stand there.
  private static func texts(
    _ value: LuaValue, of option: OptionSpec, in table: ArgumentTable
  ) throws -> [String] {
    let isFlag = option.value == nil
    switch value {
    case .bool(let flag) where isFlag: return flag ? [""] : []
    case .string(let text) where !isFlag: return [text]
    case .integer(let number) where !isFlag: return [String(number)]
    case .number(let number) where !isFlag: return [Int64(exactly: number).map { "\($0)" } ?? "\(number)"]
    case .table(let fields) where option.isRepeatable && fields.isEmpty: return []
    case .array(let values) where option.isRepeatable:
      return try values.map { value throws(LuaError) in
        if case .string(let text) = value { return text }
        throw table.wrong(option.argumentName, value, "a list of strings")
      }
    default:
      let words = option.isRepeatable ? "a string or a list of strings" : "a number or a string"
      let kind = isFlag ? "true or false" : words
      throw table.wrong(option.argumentName, value, kind)
    }
  }

  private static func secrets(_ table: ArgumentTable) throws(LuaError) -> [SecretAlias] {
    try fields("secrets", table, "a table such as {staff = secret.env \"STAFF_PASSWORD\"}")
      .map { name, value throws(LuaError) in
        guard SecretAlias.isName(name) else {
          throw .usage("\(function): a name in secrets has letters, digits, and _ - . only")
        }
        guard case .object(let object as SecretObject) = value else {
          throw .usage(
            "\(function): secrets.\(name) must be a secret, not a \(value.typeName): secret.env, secret.file, "
              + "secret.ask and others make one")
        }
        return SecretAlias(name: name, source: .value(object.secret))
      }
  }

  private static func reports(_ table: ArgumentTable) throws -> [ReportRequest] {
    try fields("reports", table, "a table such as {junit = \"report.xml\"}").flatMap { format, value in
      let paths: [LuaValue] = if case .array(let paths) = value { paths } else { [value] }
      return try paths.map { path in
        guard case .string(let text) = path else { throw table.wrong("reports", path, "a table of paths") }
        return try ReportRequest("\(format):\(text)")
      }
    }
  }

  private static func fields(
    _ key: String, _ table: ArgumentTable, _ expected: String
  ) throws(LuaError) -> [(key: String, value: LuaValue)] {
    switch table.value(key) {
    case nil: return []
    case .table(let fields): return fields.sorted { $0.key < $1.key }
    case let value?: throw table.wrong(key, value, expected)
    }
  }
}
