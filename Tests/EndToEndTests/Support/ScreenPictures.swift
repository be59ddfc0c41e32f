import FoundationEssentials
import Glibc
import TestSupport

extension PseudoTerminal {
  /// Waits until the screen is that of `Screens/NAME.txt`. `MFSH_WRITE_SCREENS=1` writes the file anew instead, once
  /// nothing more has come for a while.
  func expectScreen(_ name: String, withStyles: Bool = false, withDurations: Bool = false) throws {
    let path = "Tests/EndToEndTests/Screens/\(name).txt"
    if getenv("MFSH_WRITE_SCREENS") != nil {
      waitForSilence()
      let picture = ScreenPicture.text(of: screen, withStyles: withStyles, withDurations: withDurations)
      return try Data(picture.utf8).write(to: URL(filePath: "\(Documentation.root)/\(path)"))
    }
    let wanted = try Documentation.read(path)
    var found = ""
    do {
      try waitForScreen(path) {
        found = ScreenPicture.text(of: $0, withStyles: withStyles, withDurations: withDurations)
        return found == wanted
      }
    } catch {
      throw SupportError(
        "the screen is not that of \(path) (-):\n\(ScreenPicture.difference(wanted: wanted, found: found))")
    }
  }
}
