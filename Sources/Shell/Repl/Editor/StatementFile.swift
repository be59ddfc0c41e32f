import FoundationEssentials
import Glibc
import HTTP

/// A text in a file that only the user can read, in a folder of its own: editors put copies beside it.
struct StatementFile {
  enum Content {
    /// With line feeds alone, and some text in it.
    case text([UInt8])
    case empty
    /// Why there is none.
    case missing(String)
  }

  let path: String
  private let folder: String

  /// - Throws: `UsageError` with the reason and the remedy.
  init(_ text: String) throws(UsageError) {
    let parent = Environment.value("TMPDIR") ?? "/tmp"
    var template = Array("\(parent)/mfsh-XXXXXX".utf8CString)
    // mkdtemp makes it for the user alone.
    guard mkdtemp(&template) != nil else {
      throw UsageError("no temporary folder can be made in \(parent): \(describe(errno)): set TMPDIR")
    }
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    path = "\(folder)/statement.lua"
    guard let reason = write(Array((text.isEmpty ? "" : text + "\n").utf8)) else { return }
    remove()
    throw UsageError("\(path) cannot be written: \(reason): set TMPDIR")
  }

  /// What went wrong, if anything.
  private func write(_ bytes: [UInt8]) -> String? {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return describe(errno) }
    defer { close(descriptor) }
    return WholeTransfer.write(bytes, to: descriptor).map(describe)
  }

  /// - Parameter limit: the bytes that it may have.
  func content(limit: Int) -> Content {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return .missing("it left no file")
    }
    guard status.st_size <= limit else { return .missing("it left more than \(limit >> 20) MiB") }
    do throws(UsageError) {
      let bytes = try FileContent.read(path)
      let isBlank = bytes.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
      return isBlank ? .empty : .text(Self.withLineFeeds(bytes))
    } catch {
      return .missing(error.message)
    }
  }

  private static func withLineFeeds(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.contains(0x0D) else { return bytes }
    return bytes.enumerated().filter { index, byte in
      byte != 0x0D || index + 1 == bytes.count || bytes[index + 1] != 0x0A
    }.map(\.element)
  }

  /// Removes it, and what the editor has left beside it.
  func remove() { try? FileManager.default.removeItem(atPath: folder) }
}
