import Testing

@testable import LineEditing

/// The table of the keys that the help shows.
struct KeyMeaningTests {
  private static func name(_ control: UInt32) -> String {
    switch control {
    case 0x09: "Tab"
    case 0x0A: "Enter"
    // libedit swaps the two line ends.
    case 0x0D: "Ctrl-J"
    default: "Ctrl-" + EditBuffer.string([control ^ 0x40])
    }
  }

  @Test func everyKeyOfOursIsInIt() {
    let keys = Set(KeyMeaning.all.flatMap { $0.keys.split(separator: ", ") }.map(String.init))
    for control in EditKey.controls + EditKey.emacsControls {
      #expect(keys.contains(Self.name(control.character)))
    }
    for command in EditKey.commands { #expect(keys.contains(Self.name(command.character))) }
    for key in ["Up", "Down", "Left", "Right", "Home", "End", "Delete", "Ctrl-X h", "Ctrl-X Ctrl-E"] {
      #expect(keys.contains(key))
    }
  }

  @Test func nothingIsInItTwice() {
    #expect(Set(KeyMeaning.all.map(\.meaning)).count == KeyMeaning.all.count)
    for key in KeyMeaning.all { #expect(!(key.keys + key.vi).isEmpty && key.meaning.count <= 40) }
  }
}
