import LineEditing
import Testing

@testable import Shell

/// What the last line that was typed does to the indentation.
struct BlockLinesTests {
  @Test(arguments: [
    "for i = 1, 3 do", "if x then", "function f(a, b)", "local t = {", "else", "elseif x then", "repeat",
    "f(function()", "while true do -- end", "x = {{}, ",
  ])
  func opensABlock(line: String) { #expect(BlockLines.shape("do\n" + line).opensBlock) }

  @Test(arguments: [
    "print(1)", "if x then y() end", "f(function() end)", "-- do", "x = 'do'", "t = {1, 2}", "end", "until x",
    "",
  ])
  func opensNone(line: String) { #expect(!BlockLines.shape("do\n" + line).opensBlock) }

  @Test(arguments: ["end", "  end)", "}", "else", "elseif x then", "until x", "})"])
  func closesABlock(line: String) { #expect(BlockLines.shape("do\n" + line).closedBlock == []) }

  @Test(arguments: ["x = 1 end", "", "ending()", "'end'"])
  func closesNone(line: String) { #expect(BlockLines.shape("do\n" + line).closedBlock == nil) }

  @Test(arguments: [
    ("  do\n      x()\n      end", 2), ("if a then\n    if b then\n        x()\n    end\n    else", 0),
    ("f({\n   g(function()\n        x()\n        end", 3), ("t = {\n    a,\n    }", 0),
  ])
  func theEndBelongsUnderTheBeginning(text: String, column: Int) {
    #expect(BlockLines.shape(text).closedBlock == Array(repeating: 0x20, count: column))
  }

  @Test func whatClosesNothingStays() { #expect(BlockLines.shape("x()\n  end").closedBlock == nil) }

  @Test(arguments: ["x = [[", "x = [==[ a ]]", "--[[ a\nb", "x = \"a\\"])
  func leavesTextsAlone(text: String) { #expect(!BlockLines.shape(text).isCode) }
}
