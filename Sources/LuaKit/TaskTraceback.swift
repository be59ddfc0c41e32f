/// The tracebacks of an error that tasks have handed on: the innermost task's first, the main one's last.
enum TaskTraceback {
  /// Without the frames of the program's own Lua code, the chunk `=mfsh`, and of the C functions that it calls.
  static func withoutOwnFrames(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var kept: [Substring] = []
    for line in lines {
      if line.hasPrefix("\tmfsh:") {
        if let before = kept.last, before.hasPrefix("\t[C]:") { kept.removeLast() }
      } else {
        kept.append(line)
      }
    }
    return kept.joined(separator: "\n")
  }
}
