import LuaKit
import MFWS

/// `profiles.lua`: what it says.
struct ProfileFile {
  private let file: ConfigurationFile
  var path: String { file.path }

  /// - Parameter path: where it is.
  init(path: String) { file = ConfigurationFile(path: path, effect: "change your profiles") }

  /// `$XDG_CONFIG_HOME/mfsh/profiles.lua`, or the same in `~/.config`.
  static func standard() throws(ProfileError) -> ProfileFile {
    guard let folder = ConfigurationFile.folder else {
      throw ProfileError("profiles cannot be found: set HOME or XDG_CONFIG_HOME")
    }
    return ProfileFile(path: "\(folder)/profiles.lua")
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
    guard let content = try file.read() else {
      let example = #"return { prod = { url = "https://host", user = "name" } }"#
      throw ProfileError("\(path): No such file or directory; profiles stand there, like \(example)")
    }
    do {
      let value = try LuaDataFile.value(of: content.code, named: path)
      let reading = ProfileReading(path: path, folder: file.folder, isPrivate: content.isPrivate)
      return try reading.profiles(value)
    } catch let error as ProfileError {
      throw error
    } catch {
      throw ProfileError("\(error)")
    }
  }
}
