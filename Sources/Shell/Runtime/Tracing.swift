import HTTP

/// Who watches the requests of a run.
enum Tracing {
  static func observers(_ settings: Settings) throws -> [any ExchangeObserver] { [] }
}
