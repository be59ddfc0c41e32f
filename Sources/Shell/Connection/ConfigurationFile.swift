import Glibc

/// A file of the user's configuration, written in Lua: where it is, and who may change it.
struct ConfigurationFile {
  let path: String
  /// What somebody else could do who may write it, for the message.
  let effect: String

  /// `$XDG_CONFIG_HOME/mfsh`, or the same in `~/.config`; nil without a home folder.
  static var folder: String? {
    if let folder = Environment.value("XDG_CONFIG_HOME"), folder.hasPrefix("/") { return "\(folder)/mfsh" }
    return Environment.value("HOME").map { "\($0)/.config/mfsh" }
  }

  /// The folder that it lies in.
  var folder: String { Self.folder(of: path) }

  /// Its Lua code, and whether nobody else can read it; nil when there is no such file.
  ///
  /// - Throws: `ProfileError`: others may write it, or it cannot be read.
  func read() throws(ProfileError) -> (code: [UInt8], isPrivate: Bool)? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw unreadable(path)
    }
    defer { close(descriptor) }
    let isPrivate = try checkOwnership(descriptor)
    do throws(UsageError) {
      return (LuaSourceFile.code(try FileContent.readAll(descriptor, named: path)), isPrivate)
    } catch {
      throw ProfileError("\(error)")
    }
  }

  private static let largest = 1 << 20

  /// Nobody but the user and root may change what is read, in whatever way it is reached.
  ///
  /// - Returns: whether nobody else can read it either.
  private func checkOwnership(_ descriptor: Int32) throws(ProfileError) -> Bool {
    var file = stat()
    guard fstat(descriptor, &file) == 0 else { throw unreadable(path) }
    guard file.st_mode & S_IFMT == S_IFREG else { throw ProfileError("\(path): it is no regular file") }
    guard file.st_size <= Self.largest else { throw ProfileError("\(path): it has more than 1 MiB") }
    try check(file, path)
    try checkFolder(of: path)
    var link = stat()
    if lstat(path, &link) == 0, link.st_mode & S_IFMT == S_IFLNK {
      try checkOwner(link, path)
      guard let target = realpath(path, nil) else { throw unreadable(path) }
      defer { free(target) }
      try checkFolder(of: String(cString: target))
    }
    return file.st_mode & 0o044 == 0
  }

  private func checkFolder(of path: String) throws(ProfileError) {
    let folder = Self.folder(of: path)
    var status = stat()
    guard stat(folder, &status) == 0 else { throw unreadable(folder) }
    try check(status, folder)
  }

  private func check(_ status: stat, _ path: String) throws(ProfileError) {
    try checkOwner(status, path)
    guard status.st_mode & 0o022 == 0 else {
      throw ProfileError("\(path): others may write it, and so \(effect): chmod go-w \(path)")
    }
  }

  private func checkOwner(_ status: stat, _ path: String) throws(ProfileError) {
    guard status.st_uid == geteuid() || status.st_uid == 0 else {
      throw ProfileError("\(path): it belongs to somebody else: make a file of your own")
    }
  }

  private func unreadable(_ path: String) -> ProfileError { ProfileError("\(path): \(describe(errno))") }

  private static func folder(of path: String) -> String {
    String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
  }
}
