import HTTP
import LuaKit

/// Who watches the requests of a run: `--har`, `-v` and `session.last`.
struct Tracing {
  let redactor = Redactor()
  let observers: [any ExchangeObserver]
  let last: LastExchange
  private let har: HARFile?

  /// - Throws: `LuaError` when the HAR file cannot be written.
  init(_ settings: Settings) throws {
    let redactor = redactor
    do {
      har = try settings.harFile.map {
        try HARFile(path: $0, redactor: redactor, creatorVersion: Version.number)
      }
    } catch let error as TraceError {
      throw UsageError("--har \(error.path): \(error.message)")
    }
    let verbose = settings.verbose ? VerboseTrace(redactor: redactor) : nil
    isOn = har != nil || verbose != nil
    last = LastExchange(redactor: redactor)
    let all: [(any ExchangeObserver)?] = [har, verbose, last]
    observers = all.compactMap { $0 }
  }

  /// Whether anything of the requests is written.
  let isOn: Bool

  /// Why the HAR file is not whole; nil when it is.
  var problem: String? { har?.failure.map { "--har \($0.path): \($0.message)" } }
}
