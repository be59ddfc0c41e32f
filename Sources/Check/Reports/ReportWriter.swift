/// Collects the bytes of a report and hands them on in large pieces.
package final class ReportWriter {
  private static let step = 1 << 16

  private let sink: ([UInt8]) throws -> Void
  private var buffer: [UInt8] = []

  /// - Parameter sink: takes the pieces; what it throws ends the report.
  package init(to sink: @escaping ([UInt8]) throws -> Void) {
    self.sink = sink
    buffer.reserveCapacity(Self.step + 4096)
  }

  func write(_ text: String) throws { try write(text.utf8) }

  func line(_ text: String = "") throws { try write(text + "\n") }

  func write(_ bytes: some Sequence<UInt8>) throws {
    buffer += bytes
    if buffer.count >= Self.step { try flush() }
  }

  /// Hands on what is left; to be called at the end.
  func flush() throws {
    guard !buffer.isEmpty else { return }
    try sink(buffer)
    buffer.removeAll(keepingCapacity: true)
  }
}
