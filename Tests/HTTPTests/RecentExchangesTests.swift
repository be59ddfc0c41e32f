import HTTP
import Testing

/// The last few exchanges are kept, but not all there ever were.
@Suite struct RecentExchangesTests {
  private func exchange(_ number: Int, bytes: Int = 0) -> Exchange {
    let response = HTTPResponse(status: number, body: [UInt8](repeating: 0, count: bytes))
    return Exchange(
      request: HTTPRequest(url: "http://host/\(number)"), result: .success(response), started: Double(number),
      seconds: 0)
  }

  private func kept(_ last: LastExchange) -> [Int] {
    (0..<100).filter { number in last.newest { $0.started == Double(number) } != nil }
  }

  @Test func eightAreKept() {
    let last = LastExchange(redactor: Redactor())
    for number in 0..<20 { last.exchangeEnded(exchange(number)) }
    #expect(kept(last) == Array(12..<20) && last.shown?.status == 19)
  }

  @Test func largeOnesAreKeptAsLongAsTheyAreTheLast() {
    let last = LastExchange(redactor: Redactor())
    last.exchangeEnded(exchange(1, bytes: 3 << 20))
    last.exchangeEnded(exchange(2, bytes: 3 << 20))
    #expect(kept(last) == [1, 2])
    last.exchangeEnded(exchange(3))
    #expect(kept(last) == [2, 3])
    last.exchangeEnded(exchange(4, bytes: 60 << 20))
    last.exchangeEnded(exchange(5))
    #expect(kept(last) == [5])
  }
}
