import Glibc
import LuaKit

/// `profiles.lua`: where it is, who may change it, what it says.
struct ProfileFile {
  let path: String

  /// `$XDG_CONFIG_HOME/mfsh/profiles.lua`, or the same in `~/.config`.
  static func standard() throws(ProfileError) -> ProfileFile {
    if let folder = Environment.value("XDG_CONFIG_HOME"), folder.hasPrefix("/") {
      return ProfileFile(path: "\(folder)/mfsh/profiles.lua")
    }
    guard let home = Environment.value("HOME") else {
      throw ProfileError("profiles cannot be found: set HOME or XDG_CONFIG_HOME")
    }
    return ProfileFile(path: "\(home)/.config/mfsh/profiles.lua")
  }

  /// The profile of that name.
  ///
  /// - Throws: `ProfileError` when the file cannot be used, `UsageError` when it has no such profile.
  func profile(named name: String) throws -> Profile {
    let profiles = try load()
    if let profile = profiles.first(where: { $0.name == name }) { return profile }
    let names = profiles.map(\.name)
    let near = nearest(to: name, in: names).map { "did you mean \($0)? " } ?? ""
    let known = names.isEmpty ? "there is none" : "there are \(names.joined(separator: ", "))"
    throw UsageError("no profile is named '\(name)' in \(path); \(near)\(known)")
  }

  /// The names of all profiles, but for those that are no plain text.
  var names: [String] {
    get throws(ProfileError) { try load().map(\.name).filter { TerminalText.line($0) == $0 } }
  }

  private func load() throws(ProfileError) -> [Profile] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw unreadable() }
    defer { close(descriptor) }
    let isPrivate = try checkOwnership(descriptor)
    do {
      let code = LuaSourceFile.code(try FileContent.readAll(descriptor, named: path))
      let value = try LuaDataFile.value(of: code, named: path)
      return try ProfileReading(path: path, folder: folder, isPrivate: isPrivate).profiles(value)
    } catch let error as ProfileError {
      throw error
    } catch {
      throw ProfileError("\(error)")
    }
  }

  private var folder: String { String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]) }

  private func unreadable() -> ProfileError {
    let reason = describe(errno)
    let example = #"return { prod = { url = "https://host", user = "name" } }"#
    return ProfileError("\(path): \(reason); profiles stand there, like \(example)")
  }

  // MARK: who may change it

  private static let largest = 1 << 20

  /// Nobody but the user and root may change what is read, in whatever way it is reached.
  ///
  /// - Returns: whether nobody else can read it either.
  private func checkOwnership(_ descriptor: Int32) throws(ProfileError) -> Bool {
    var file = stat()
    guard fstat(descriptor, &file) == 0 else { throw unreadable() }
    guard file.st_mode & S_IFMT == S_IFREG else { throw ProfileError("\(path): it is no regular file") }
    guard file.st_size <= Self.largest else { throw ProfileError("\(path): it has more than 1 MiB") }
    try check(file, path)
    try checkFolder(of: path)
    var link = stat()
    if lstat(path, &link) == 0, link.st_mode & S_IFMT == S_IFLNK {
      try checkOwner(link, path)
      guard let target = realpath(path, nil) else { throw unreadable() }
      defer { free(target) }
      try checkFolder(of: String(cString: target))
    }
    return file.st_mode & 0o044 == 0
  }

  private func checkFolder(of path: String) throws(ProfileError) {
    let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    var status = stat()
    guard stat(folder, &status) == 0 else { throw unreadable() }
    try check(status, folder)
  }

  private func check(_ status: stat, _ path: String) throws(ProfileError) {
    try checkOwner(status, path)
    guard status.st_mode & 0o022 == 0 else {
      throw ProfileError("\(path): others may write it, and so change your profiles: chmod go-w \(path)")
    }
  }

  private func checkOwner(_ status: stat, _ path: String) throws(ProfileError) {
    guard status.st_uid == geteuid() || status.st_uid == 0 else {
      throw ProfileError("\(path): it belongs to somebody else: make a file of your own")
    }
  }
}
