import Glibc
import Synchronization
import Testing

/// What the built programs produced in one test, kept in the folder that `MFSH_EVIDENCE` names. After the tests
/// `EvidenceSweep` looks through all of it for every secret that was used; see its main.swift for the folder's layout.
package struct Evidence: Sendable {
  static let variable = "MFSH_EVIDENCE"
  private static let root = getenv(variable).map { String(cString: $0) }
  private static let lastNumber = Atomic(0)
  private let test: String

  /// Whether anything is kept.
  static var isKept: Bool { root != nil }

  /// For what the running test produces.
  init() { test = Self.currentTest }

  /// Keeps bytes as a file of their own.
  func record(_ bytes: [UInt8], as name: String) {
    guard !bytes.isEmpty, let root = Self.root else { return }
    let number = Self.lastNumber.add(1, ordering: .relaxed).newValue
    let folder = "\(root)/produced/\(test)"
    for path in ["\(root)/produced", folder] { mkdir(path, 0o700) }
    let file = "\(folder)/\(getpid())-\(number)-\(name.replacing("/", with: "_"))"
    Self.append(bytes, to: file)
  }

  /// Makes a secret count among those that must occur in nothing that any test produces.
  ///
  /// - Parameters:
  ///   - secret: at least eight bytes.
  ///   - name: what reports call it.
  @discardableResult
  package static func mustNotShow(_ secret: String, _ name: String) -> String {
    precondition(secret.utf8.count >= 8, "what is shorter is part of ordinary text")
    if let root { append(Array("\(name) of \(currentTest)\0\(secret)\0".utf8), to: "\(root)/secrets") }
    return secret
  }

  private static var currentTest: String {
    guard let test = Test.current else { return "outside-of-tests" }
    let file = test.sourceLocation.fileName.prefix { $0 != "." }
    return "\(file).\(test.name.prefix { $0 != "(" })".replacing("/", with: "_")
  }

  /// In one write to the end, so that the entries of several processes do not mix.
  private static func append(_ bytes: [UInt8], to path: String) {
    let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { return }
    defer { close(file) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
      if count <= 0 { return }
      rest = rest.dropFirst(count)
    }
  }
}

/// Secrets of tests, each made anew and never to be seen again.
package enum Canary {
  /// A secret with characters that URLs, JSON, forms, shells and base64 spell in their own ways.
  package static func make(_ name: String) -> String {
    let random = (0..<12).map { _ in String(UInt8.random(in: 0...15), radix: 16) }.joined()
    return Evidence.mustNotShow("Vogel-\(random)&47+1/=%ü", name)
  }

  /// A secret that can stand in a header field as it is.
  package static func makeToken(_ name: String) -> String {
    let random = (0..<24).map { _ in String(UInt8.random(in: 0...15), radix: 16) }.joined()
    return Evidence.mustNotShow("kanarie\(random)", name)
  }
}
