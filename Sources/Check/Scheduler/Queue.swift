/// First in, first out, each step in constant time on the average.
struct Queue<Element: Sendable>: Sendable {
  private var elements: [Element?] = []
  private var head = 0

  var isEmpty: Bool { head == elements.count }
  var first: Element? { isEmpty ? nil : elements[head] }

  mutating func append(_ element: Element) { elements.append(element) }

  mutating func popFirst() -> Element? {
    guard !isEmpty else { return nil }
    let element = elements[head]
    elements[head] = nil
    head += 1
    if head == elements.count {
      elements.removeAll(keepingCapacity: head <= 64)
      head = 0
    } else if head > 64, head > elements.count / 2 {
      elements.removeFirst(head)
      head = 0
    }
    return element
  }
}

/// What is due at moments in time, the nearest first, then in the order of insertion (a binary heap).
struct TimeHeap<Element: Sendable>: Sendable {
  private struct Entry: Sendable {
    let due: Double
    let number: UInt64
    let element: Element

    func isBefore(_ other: Entry) -> Bool { (due, number) < (other.due, other.number) }
  }
  private var heap: [Entry] = []
  private var lastNumber: UInt64 = 0

  /// The nearest moment.
  var next: Double? { heap.first?.due }

  mutating func insert(_ element: Element, at due: Double) {
    lastNumber += 1
    heap.append(Entry(due: due, number: lastNumber, element: element))
    var child = heap.count - 1
    while child > 0, heap[child].isBefore(heap[(child - 1) / 2]) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// Takes out the next one that is due.
  mutating func popDue(_ now: Double) -> Element? {
    guard let first = heap.first, first.due <= now else { return nil }
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    siftDown()
    return first.element
  }

  private mutating func siftDown() {
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < heap.count && heap[child].isBefore(heap[least]) {
        least = child
      }
      guard least != parent else { return }
      heap.swapAt(least, parent)
      parent = least
    }
  }
}
