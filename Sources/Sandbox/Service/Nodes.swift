/// The web servers of the sandbox: which of them a request reaches.
struct Nodes: Sendable {
  let count: Int
  private(set) var stopped: Set<Int> = []
  private var next = 0

  init(_ count: Int) { self.count = count }

  /// The node that a cookie names, if it runs; else the next in turn. Nil when none runs.
  mutating func node(cookie: String?) -> Int? {
    if let cookie, cookie.hasPrefix("node"), let number = Int(cookie.dropFirst(4)),
      (1...count).contains(number), !stopped.contains(number - 1)
    {
      return number - 1
    }
    for _ in 0..<count {
      let node = next
      next = (next + 1) % count
      if !stopped.contains(node) { return node }
    }
    return nil
  }

  /// False when there is no such node; they count from 1.
  mutating func stop(_ number: Int) -> Bool {
    guard (1...count).contains(number) else { return false }
    stopped.insert(number - 1)
    return true
  }

  /// False when there is no such node.
  mutating func start(_ number: Int) -> Bool {
    guard (1...count).contains(number) else { return false }
    stopped.remove(number - 1)
    return true
  }
}

extension WebService {
  /// Stops a web server, counted from 1: its cookie sessions are gone, and its tokens are worth nothing elsewhere.
  ///
  /// Returns: false when there is no such node.
  mutating func stopNode(_ number: Int) -> Bool {
    guard nodes.stop(number) else { return false }
    store.lose(node: number - 1)
    return true
  }

  mutating func startNode(_ number: Int) -> Bool { nodes.start(number) }
}
