import Glibc
import HTTP

/// A file for this process alone, which has no name and goes with it.
final class SpoolFile: Sendable {
  private let folder: String
  private let descriptor: Int32

  /// - Parameter folder: where the disk is.
  init(in folder: String) throws(RosterError) {
    self.folder = folder
    guard !folder.utf8.contains(0) else { throw .spool(folder, EINVAL) }
    let path = "\(folder)/roster-\(UInt64.random(in: 0 ... .max))"
    descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .spool(folder, errno) }
    unlink(path)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Up to `count` bytes from `offset`.
  func read(_ count: Int, at offset: Int) throws(RosterError) -> [UInt8] {
    let (bytes, fault) = WholeTransfer.read(count, at: offset, from: descriptor)
    if let fault { throw .spool(folder, fault) }
    return bytes
  }

  func append(_ bytes: [UInt8]) throws(RosterError) {
    if let fault = WholeTransfer.write(bytes, to: descriptor) { throw .spool(folder, fault) }
  }
}

extension RosterError {
  static func spool(_ folder: String, _ number: Int32) -> RosterError {
    let remedy =
      [ENOSPC, EDQUOT, EFBIG].contains(number) ? "make room, or choose another folder" : "check the path"
    return RosterError(
      code: .spool,
      description: "the rows cannot be kept in \(VisibleText.line(folder)): "
        + "\(String(cString: strerror(number))); \(remedy)")
  }
}
