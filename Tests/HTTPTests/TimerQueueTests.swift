import Testing

@testable import HTTP

/// Knuth's linear congruential generator: the same numbers in every run.
private struct SeededNumbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    // The lower bits repeat soon.
    return (state >> 32) | (state << 32)
  }
}

@Suite struct TimerQueueTests {
  /// What the queue does, in a list.
  private struct Model {
    var entries: [(due: Int, number: UInt64)] = []
    var first: Int? { entries.map(\.due).min() }
  }

  @Test(arguments: 1...40)
  func `a queue gives what a list gives`(seed: UInt64) {
    var numbers = SeededNumbers(state: seed)
    var queue = TimerQueue()
    var model = Model()
    var last: UInt64 = 0
    // Many alike in the lower ones, none in the higher.
    let span = Int(seed * seed)
    for round in 0..<400 {
      switch Int.random(in: 0..<10, using: &numbers) {
      case 0..<5:
        last += 1
        let due = Int.random(in: 0...span, using: &numbers)
        queue.insert(due: Double(due), number: last) {}
        model.entries.append((due, last))
      case 5..<8:
        let number = UInt64.random(in: 1...last + 2, using: &numbers)
        let place = model.entries.firstIndex { $0.number == number }
        let isThere = queue.cancel(number: number) != nil
        #expect(isThere == (place != nil))
        if let place { model.entries.remove(at: place) }
      default:
        let now = Int.random(in: 0...span, using: &numbers)
        popAll(&queue, &model, now: now)
      }
      let next = queue.nextDue()
      #expect(next == model.first.map(Double.init), "round \(round)")
      #expect(queue.isEmpty == model.entries.isEmpty)
    }
    popAll(&queue, &model, now: span)
    #expect(queue.isEmpty && model.entries.isEmpty)
  }

  /// Takes out what is due, and expects it in order and once.
  private func popAll(_ queue: inout TimerQueue, _ model: inout Model, now: Int) {
    while let due = queue.nextDue(), let action = queue.popDue(now: Double(now)) {
      action()
      #expect(model.first.map(Double.init) == due)
      guard let place = model.entries.firstIndex(where: { Double($0.due) == due }) else { return }
      model.entries.remove(at: place)
    }
    #expect(model.first.map { $0 > now } ?? true)
  }

  @Test func `of those that are cancelled many at a time the others stay`() {
    var queue = TimerQueue()
    for number in UInt64(1)...1000 { queue.insert(due: Double(number * 7919 % 1009), number: number) {} }
    for number in UInt64(1)...1000 where number % 10 != 0 { _ = queue.cancel(number: number) }
    var dues: [Double] = []
    while let due = queue.nextDue(), queue.popDue(now: 2000) != nil { dues.append(due) }
    let expected = (1...100).map { number -> Double in Double(number * 10 * 7919 % 1009) }
    #expect(dues == expected.sorted())
  }
}
