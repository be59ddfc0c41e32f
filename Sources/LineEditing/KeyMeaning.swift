/// What the keys do at the prompt, for people: the help, the manual page and the tests take it from here.
package struct KeyMeaning: Sendable {
  /// As they are called, with commas between.
  package let keys: String
  /// In vi's command mode, with commas between; empty: the same keys, or none.
  package let vi: String
  /// In a few words.
  package let meaning: String

  private init(_ keys: String, _ vi: String, _ meaning: String) {
    self.keys = keys
    self.vi = vi
    self.meaning = meaning
  }

  /// All of them.
  package static let all = statements + helpers + earlier + movements + cuts

  private static let statements = [
    KeyMeaning("Enter", "", "run it, or go on in the next line"),
    KeyMeaning("Ctrl-J, Alt-Enter", "", "begin a new line"),
    KeyMeaning("Ctrl-C", "", "drop what is typed, stop what runs"),
    KeyMeaning("Ctrl-D", "", "leave, where nothing is typed"),
    KeyMeaning("Ctrl-Z", "", "suspend mfsh; fg brings it back"),
    KeyMeaning("Ctrl-L", "", "clear the screen"),
    KeyMeaning("Ctrl-V, Ctrl-Q", "", "type the next key as it is"),
  ]

  private static let helpers = [
    KeyMeaning("Tab", "", "complete, or list what is possible"),
    KeyMeaning("Ctrl-X h", "", "show the signature of the call"),
    KeyMeaning("Ctrl-X Ctrl-E", "v", "open it in $VISUAL, $EDITOR or vi"),
    KeyMeaning("Right, End", "", "take what is suggested in grey"),
    KeyMeaning("Ctrl-Right", "", "take its next word"),
  ]

  private static let earlier = [
    KeyMeaning("Up, Ctrl-P", "k, -", "line above, then earlier statement"),
    KeyMeaning("Down, Ctrl-N", "j, +", "line below, then later statement"),
    KeyMeaning("Ctrl-R", "/, ?", "search earlier ones; Ctrl-S goes back"),
    KeyMeaning("", "n, N", "search on, or back"),
    KeyMeaning("Alt-.", "_", "insert the last statement's last word"),
  ]

  private static let movements = [
    KeyMeaning("Left, Ctrl-B", "h", "one character left"),
    KeyMeaning("Right, Ctrl-F", "l", "one character right"),
    KeyMeaning("Ctrl-Left, Alt-B", "b", "one word left"),
    KeyMeaning("Ctrl-Right, Alt-F", "w", "one word right"),
    KeyMeaning("", "e, ge", "end of the word, or of the one before"),
    KeyMeaning("", "W, B, E, gE", "the same with words between blanks"),
    KeyMeaning("", "f, F, t, T, ;, ,", "to a character, again, back"),
    KeyMeaning("", "%, |", "to the other bracket, to a column"),
    KeyMeaning("", "gg, G", "first line, last one or by its number"),
    KeyMeaning("Home, Ctrl-A", "0", "start of the line"),
    KeyMeaning("", "^", "first word of the line"),
    KeyMeaning("End, Ctrl-E", "$", "end of the line"),
  ]

  private static let cuts = [
    KeyMeaning("Backspace", "X", "delete the character before"),
    KeyMeaning("Delete, Ctrl-D", "x", "delete the character at the cursor"),
    KeyMeaning("Ctrl-W", "db", "cut the word before"),
    KeyMeaning("Alt-D", "dw", "cut the word behind"),
    KeyMeaning("Ctrl-U", "d0", "cut to the start of the line"),
    KeyMeaning("Ctrl-K", "D, d$", "cut to its end; there, join the next"),
    KeyMeaning("", "dd, dj, dk", "cut the line, with the next or former"),
    KeyMeaning("", "diw, da\", ci(", "cut or change what stands around it"),
    KeyMeaning("", "C, cc, S", "change to the line's end, or all of it"),
    KeyMeaning("", "Y, yy", "copy to the line's end, or all of it"),
    KeyMeaning("", "s, r, R, ~", "replace characters, change their case"),
    KeyMeaning("", "J, >>, <<", "join lines, move one right or left"),
    KeyMeaning("", "i, a, I, A", "insert here, behind, at start or end"),
    KeyMeaning("", "o, O", "insert a line below, or above"),
    KeyMeaning("Ctrl-Y", "p, P", "put back what was cut or copied"),
    KeyMeaning("Ctrl-T", "", "swap the characters beside the cursor"),
    KeyMeaning("Ctrl-_", "u", "undo"),
    KeyMeaning("", "U, .", "undo all, do again"),
  ]
}
