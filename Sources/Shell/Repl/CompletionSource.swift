import Glibc
import LuaKit

/// What completion looks things up in. Nothing here runs code of the user, or makes a request.
struct CompletionSource {
  /// The names below the value at the end of a path from the globals.
  var members: ([LuaMembers.Step]) -> LuaMembers = { _ in LuaMembers() }
  /// The vaults seen so far.
  var vaults: () -> [SeenVaults.Vault] = { [] }
  /// The names in a folder, folders with `/` at their end.
  var files: (_ folder: [UInt8]) -> [[UInt8]] = { _ in [] }
}

extension CompletionSource {
  /// The names of the global variables, and of those that the prompt keeps.
  var globalNames: Set<String> { Set(members([]).members.map { String(decoding: $0.name, as: UTF8.self) }) }

  /// What a run of mfsh knows.
  init(_ runtime: Runtime) {
    runtime.seenVaults.isWanted = true
    self.init(
      members: { [unowned runtime] in runtime.state.members(at: $0) },
      vaults: { [unowned runtime] in runtime.seenVaults.vaults }, files: FolderListing.names)
  }
}

/// The names in a folder.
enum FolderListing {
  /// More are not read.
  static let limit = 10_000

  /// The names in the order of the folder, without `.` and `..`; none when it cannot be read.
  static func names(in folder: [UInt8]) -> [[UInt8]] {
    let path = folder.isEmpty ? "." : String(decoding: folder, as: UTF8.self)
    guard let stream = opendir(path) else { return [] }
    defer { closedir(stream) }
    var names: [[UInt8]] = []
    while names.count < limit, let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if name == [0x2E] || name == [0x2E, 0x2E] { continue }
      names.append(name + (isFolder(name, entry.pointee.d_type, dirfd(stream)) ? [0x2F] : []))
    }
    return names
  }

  private static func isFolder(_ name: [UInt8], _ type: UInt8, _ folder: Int32) -> Bool {
    if type == DT_DIR { return true }
    guard type == DT_LNK || type == DT_UNKNOWN else { return false }
    var status = stat()
    let isFound = (name + [0]).withUnsafeBytes { bytes in
      bytes.withMemoryRebound(to: CChar.self) { text in
        text.baseAddress.map { fstatat(folder, $0, &status, 0) } == 0
      }
    }
    return isFound && status.st_mode & S_IFMT == S_IFDIR
  }
}
