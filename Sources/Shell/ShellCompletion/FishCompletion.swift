/// What `mfsh completion fish` prints.
enum FishCompletion {
  static var script: String {
    CompletionShell.fish.title + "\n\n" + walk + files + words + options
  }

  /// Tells whether the cursor is at one of the places.
  private static var walk: String {
    let valued = CompletionPlace.all.flatMap { $0.options }.filter { $0.value != nil }.flatMap(\.names)
    return """
      function __mfsh_at
          set -l valued \(unique(valued).joined(separator: " "))
          set -l place main
          set -l skips no
          for word in (commandline -opc)[2..]
              if test $skips = yes
                  set skips no
                  continue
              end
              if contains -- $word $valued
                  set skips yes
              end
              switch $place/$word
                  case '*/-e'
                      set place code
                  case '*/-*' '*/*://*'
                  case \(entries)
                      set place (string replace -r '^main_' '' -- (string replace / _ -- $place/$word))
                  case 'main/*'
                      set place script
              end
          end
          contains -- $place $argv
      end


      """
  }

  /// Which words lead from which place to another one.
  private static var entries: String {
    let places = CompletionPlace.commands
    let commands = places.map { "main/\($0.name)" }
    let words = places.flatMap { place in place.subplaces.map { "\(place.name)/\($0)" } }
    return (commands + words).joined(separator: " ")
  }

  /// Files are offered where a script or a roster may stand, and where an option wants one.
  private static var files: String {
    let places = CompletionPlace.all
    let others = places.filter { $0.inputs != .files }.map(\.name)
    let folders = places.filter { $0.inputs == .folders }.map(\.name)
    return "complete -c mfsh -n '__mfsh_at \(others.joined(separator: " "))' -f\n"
      + "complete -c mfsh -n '__mfsh_at \(folders.joined(separator: " "))' -a '(__fish_complete_directories)'\n"
  }

  private static var words: String {
    CompletionPlace.all.flatMap { place in
      place.words.map {
        "complete -c mfsh -n '__mfsh_at \(place.name)' -a \(quoted($0.word)) -d \(quoted($0.help))\n"
      }
    }.joined()
  }

  /// Each option once, with the places that have it.
  private static var options: String {
    var lines: [(text: String, places: [String])] = []
    for place in CompletionPlace.all {
      for option in place.options {
        let text = line(option)
        if let index = lines.firstIndex(where: { $0.text == text }) {
          lines[index].places.append(place.name)
        } else {
          lines.append((text, [place.name]))
        }
      }
    }
    return lines.map { line in
      // Before a script further options may follow the code.
      let places = line.places.contains("main") ? line.places + ["code"] : line.places
      return "complete -c mfsh -n '__mfsh_at \(places.joined(separator: " "))'\(line.text)\n"
    }.joined()
  }

  private static func line(_ option: OptionSpec) -> String {
    var text = option.letter.map { " -s \($0)" } ?? ""
    if option.name.hasPrefix("--") { text += " -l \(option.name.dropFirst(2))" }
    switch option.candidates {
    case .words(let words)?: text += " -x -a \(quoted(words.joined(separator: " ")))"
    case .files?: text += " -r -F"
    case .folders?: text += " -x -a '(__fish_complete_directories)'"
    case .profiles?: text += " -x -a '(command mfsh completion profiles 2>/dev/null)'"
    case .text?, .beginnings?: text += " -x"
    case nil: break
    }
    return text + " -d \(quoted(option.help))"
  }

  private static func unique(_ words: [String]) -> [String] {
    var seen: Set<String> = []
    return words.filter { seen.insert($0).inserted }
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
  }
}
