import TestSupport
import Testing

@testable import LineEditing

/// Keys that act on the line of the text that the cursor is in.
@Suite(.serialized) struct LineCommandTests {
  private func probe(settings: String? = nil) throws -> PseudoTerminal {
    let home = try TemporaryFolder()
    if let settings { try home.write(".editrc", settings) }
    let terminal = try PseudoTerminal([BuiltBinary.path("EditorProbe")], environment: ["HOME": home.path])
    try terminal.expect("probe> ")
    return terminal
  }

  private static let cuts = [
    ("one\ntwo three\nfour\u{10}\u{1}\u{B}", "one||four"),
    ("one\ntwo\u{10}\u{5}\u{B}", "onetwo"),
    ("one\ntwo\nthree\u{10}\u{1}\u{B}\u{B}!\u{19}", "one|!two|three"),
    ("one\ntwo\nthree\u{10}\u{15}X", "one|X|three"),
    ("one\ntwo\u{1}\u{15}", "onetwo"),
    ("one\ntwo\u{15}\u{15}\u{1}\u{19}", "|twoone"),
    ("one two\u{2}\u{2}\u{2}\u{15}\u{5}\u{19}", "twoone "),
    ("one two\u{1}\u{B}\u{19} \u{19}", "one two one two"),
    ("one\ntwo\u{10}\u{1}\u{B}\u{E}\u{10}\u{B}\u{19}", "|two"),
    ("one two three\u{17}\u{17}!\u{19}", "one !two three"),
    ("one two three\u{1B}\u{7F}\u{1B}\u{7F}!\u{19}", "one !two three"),
    ("one two three\u{1}\u{1B}d\u{1B}d!\u{19}", "!one two three"),
    ("one two three\u{17}\u{15}\u{19}", "one two three"), ("one two\u{17}x\u{17}\u{19}\u{19}", "one xx"),
    ("one\ntwo three\u{17}\u{17}\u{19}!", "one|two three!"),
    ("one\ntwo\u{10}\u{5}\u{14}!", "oen!|two"), ("one\ntwo\u{1}\u{14}!", "one|!two"),
    ("one\u{2}\u{14}!", "oen!"), ("one\u{1}\u{6}\u{14}!", "no!e"), ("one\na\u{14}!", "one|a!"),
    ("日本語abc\nabcdefghij\u{10}!", "日本語abc!|abcdefghij"),
    ("日本語\nabcdefghij\u{10}\u{2}\u{E}!", "日本語|abcd!efghij"),
  ]

  @Test func emacsCutsWithinALine() throws {
    let terminal = try probe()
    for (keys, statement) in Self.cuts {
      terminal.send(keys + "\r")
      try terminal.expect("[\(statement)]")
      try terminal.expect("probe> ")
    }
  }

  /// Whatever else deletes something meanwhile.
  @Test(arguments: [
    ("abc def\u{15}xyz\u{1F}\u{19}", "abc def"), ("abc def\u{15}xyz\u{14}\u{19}", "xzyabc def"),
    ("abc def\u{17}x\u{7F}\u{19}", "abc def"), ("abc def\u{1}\u{1B}dxy\u{1F}\u{19}", "abc def"),
    ("abc\u{15}\u{1B}.\u{1B}.\u{19}", "fourabc"),
    ("abc def\u{17}\u{1F}\u{15}\u{19}", "abc def"),
  ])
  func whatWasCutStaysUntilTheNextCut(keys: String, statement: String) throws {
    let terminal = try probe()
    for (keys, statement) in [("three four", "three four"), ("five six", "five six"), (keys, statement)] {
      terminal.send(keys + "\r")
      try terminal.expect("[\(statement)]")
      try terminal.expect("probe> ")
    }
  }

  private static let undone = [
    ("one two\u{17}\u{1F}!", "one two!"), ("one two\u{17}x\u{1F}\u{1F}!", "one two!"),
    ("one\u{1F}two", "two"),
    ("one\ntwo\u{B}\u{10}\u{B}\u{1F}", "one|two"), ("one\u{2}\u{4}x\u{18}\u{15}!", "on!"),
    ("\u{1F}one", "one"),
    ("one\u{1B}b\u{1B}u\u{1F}\u{5}!", "one!"),
  ]

  @Test func emacsUndoes() throws {
    let terminal = try probe()
    for (keys, statement) in Self.undone {
      terminal.send(keys + "\r")
      try terminal.expect("[\(statement)]")
      try terminal.expect("probe> ")
    }
  }

  @Test func theLastWordComesBack() throws {
    let terminal = try probe()
    for (keys, statement) in [
      ("first one", "first one"), ("second two", "second two"), ("x \u{1B}.", "x two"),
      ("y\u{1B}.\u{1B}.\u{1B}.!", "yone!"), ("z\u{1B}. \u{1B}.", "zyone! yone!"),
    ] {
      terminal.send(keys + "\r")
      try terminal.expect("[\(statement)]")
      try terminal.expect("probe> ")
    }
  }

  @Test(arguments: [("a\u{16}\tb\u{11}\u{1B}[Ac\u{16}\u{1B}[200~d\u{1B}[201~", "a\tbcd")])
  func aKeyIsTypedAsItIs(keys: String, statement: String) throws {
    let terminal = try probe()
    terminal.send(keys + "\r")
    try terminal.expect("[\(statement)]")
  }

  /// Behind `one`, `  two`, `three`, the cursor on the last letter.
  private static let commands = [
    ("k0x", "one| two|three"), ("k^x", "one|  wo|three"), ("0k$x", "one|  tw|three"),
    ("kD", "one|  tw|three"), ("k0DiX", "one|X|three"), ("k0Dj0.", "one||"),
    ("kdd", "one|three"), ("kddx", "one|hree"), ("dd", "one|  two"), ("kdddd", "one"),
    ("kddu", "one|  two|three"), ("kddP", "one|  two|three"), ("ddp", "one|  two|three"),
    ("kkddjP", "  two|one|three"), ("kkdd.", "three"),
    ("kccX", "one|  X|three"), ("kSX", "one|  X|three"), ("k^CX", "one|  X|three"),
    ("k0DCX", "one|X|three"), ("kAX", "one|  twoX|three"),
    ("AX", "one|  two|threeX"), ("kIX", "one|  Xtwo|three"),
    ("k^d$", "one|  |three"), ("kd0", "one|o|three"), ("kd^", "one|  o|three"), ("k0c$X", "one|X|three"),
    ("k^d$j0.", "one|  |"),
    ("k^y$$p", "one|  twotwo|three"), ("k^YP", "one|  twotwo|three"), ("kyyP", "one|  two|  two|three"),
    ("kk010x", "|  two|three"), ("kkIabcdefg\u{1B}0CX", "X|  two|three"), ("k0dw", "one|two|three"),
    ("k^fod0x", "one||three"),
    ("k2dd", "one"), ("kd2d", "one"), ("kk2ddu", "one|  two|three"), ("kk4yyP2dd.", "  two|three"),
    ("kk2ccX", "X|three"), ("kk2SX", "X|three"), ("kk02DiX", "Xthree"), ("kk0d2$iX", "Xthree"),
    ("2k0x", "ne|  two|three"), ("kk2$x", "one|  tw|three"), ("k3yyP", "one|  two|three|  two|three"),
    ("kk^rd$x", "dn|  two|three"),
    ("k0i\u{1B}x", "one| two|three"),
    ("k0iab\u{1B}x", "one|a  two|three"), ("k0iab\u{1B}u", "one|  two|three"),
    ("A\nX\u{8}\u{1B}x", "one|  two|three|"), ("A\nX\u{8}\u{1B}iY", "one|  two|three|Y"),
    ("xd2k", ""), ("kkd2j", ""), ("kkdj", "three"), ("kyjP", "one|  two|three|  two|three"), ("dk", "one"),
    ("x3p", "one|  two|threeee"), ("0xk3P", "one|ttt  two|hree"), ("3Ahi\u{1B}0", "one|  two|threehihihi"),
    ("k2I\u{16}\t\u{1B}0", "one|  \t\ttwo|three"), ("kofour\u{1B}.", "one|  two|  four|  four|three"),
    ("kJ", "one|  two three"), ("A xx yy\u{17}\u{17}z", "one|  two|three z"),
    ("A\u{2}\u{2}X\u{6}Y\u{7}\u{F}\u{14}\u{1C}\u{1D}\u{1E}\u{1F}\u{13}Z", "one|  two|thrXeYZe"),
    ("kA b\u{15}c\u{19}", "one|c  two b|three"), ("\u{14}\u{7}\u{16}x", "one|  two|thre"),
  ]

  /// With `p` and `P`.
  private static let puts = [
    ("kyyp", "one|  two|  two|three"), ("kyyjp", "one|  two|three|  two"), ("kkddp", "  two|one|three"),
    ("yykP", "one|three|  two|three"), ("kkddjp", "  two|three|one"), ("kddkp", "one|  two|three"),
    ("kk2d2dp", "one|  two|three"), ("kyy2p", "one|  two|  two|  two|three"),
    ("kyypx", "one|  two|  wo|three"),
    ("kyypu", "one|  two|three"), ("kyyp.", "one|  two|  two|  two|three"), ("kyyxP", "one|  tow|three"),
    ("kyydwp", "one|  two|three"), ("kyyAxd\u{1B}p", "one|  twoxd|  two|three"),
    ("kccX\u{1B}p", "one|  X|  two|three"), ("kAx\u{1B}[Dy\u{1B}j.", "one|  twoyx|threeyx"),
    ("3ddiX\u{1B}P", "one|three|  Xtwo"),
  ]

  @Test func viActsOnALine() throws {
    let terminal = try probe(settings: "bind -v\n")
    for (keys, statement) in Self.commands + Self.puts {
      terminal.send("one\n  two\nthree")
      try terminal.waitForScreen("the text") { $0.rows.last == "three" && $0.cursor.column == 5 }
      terminal.send("\u{1B}")
      try terminal.waitForScreen("command mode") { $0.cursor.column == 4 }
      terminal.send(keys + "\r")
      try terminal.expect("[\(statement)]")
      try terminal.expect("probe> ")
    }
  }
}
