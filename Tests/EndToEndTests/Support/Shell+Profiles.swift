import Glibc
import TestSupport

extension Shell {
  /// Writes the file of profiles into the home folder.
  func write(profiles: String) throws {
    for folder in [".config", ".config/mfsh"] { mkdir(home.path(folder), 0o700) }
    try home.write(".config/mfsh/profiles.lua", profiles)
  }
}
