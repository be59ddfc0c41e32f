/// What `mfsh completion zsh` prints: a function for a folder of `$fpath`, which can be sourced as well.
enum ZshCompletion {
  static var script: String {
    "#compdef mfsh\n\(CompletionShell.zsh.title)\n\n" + lists + commands + main + end
  }

  /// The words with their meanings.
  private static var lists: String {
    CompletionPlace.all.filter { !$0.words.isEmpty }.map { place in
      let entries = place.words.map { "    " + "\($0.word):\($0.help)".singleQuoted + "\n" }
      return """
        _mfsh_words_of_\(place.name)() {
          local -a words_of=(
        \(entries.joined())  )
          _describe -t words word words_of
        }


        """
    }.joined() + """
      _mfsh_words_or_files() {
        _alternative "words:word:_mfsh_words_of_$1" 'files:file:_files'
      }

      _mfsh_profiles() {
        local -a names=(${(f)"$(command mfsh completion profiles 2>/dev/null)"})
        compadd -a names
      }


      """
  }

  private static var commands: String {
    CompletionPlace.commands.map { place in
      let words = words(of: place)
      return """
        _mfsh_\(place.name)() {
          _arguments -s -S : \\
        \(specs(place.options))    \(words)
        }


        """
    }.joined()
  }

  private static func words(of place: CompletionPlace) -> String {
    if place.words.isEmpty { return place.takesFiles ? "'*:file:_files'" : "'*:argument:()'" }
    guard place.takesFiles else { return "'1:word:_mfsh_words_of_\(place.name)'" }
    return "'1:word or file: _mfsh_words_or_files \(place.name)' '*:file:_files'"
  }

  private static var main: String {
    let names = CompletionPlace.commands.map(\.name).joined(separator: " | ")
    return """
      _mfsh_first() {
        _alternative 'words:command:_mfsh_words_of_main' 'files:script:_files'
      }

      _mfsh() {
        local curcontext=$curcontext state state_descr line
        local -A opt_args
        _arguments -s -S -C : \\
      \(specs(OptionSpec.main))    '(-)1:command or script:_mfsh_first' \\
          '(-)*::argument:->arguments' && return
        [[ $state == arguments ]] || return
        case $words[1] in
          *://*) _mfsh ;;
          \(names)) _mfsh_$words[1] ;;
          *) _files ;;
        esac
      }

      """
  }

  private static let end = """

    if [[ $funcstack[1] == _mfsh ]]; then
      _mfsh "$@"
    else
      compdef _mfsh mfsh
    fi

    """

  private static func specs(_ options: [OptionSpec]) -> String {
    options.map { "    \(spec($0)) \\\n" }.joined()
  }

  /// `'(-u --user)'{-u+,--user=}'[the account]:NAME: '`; what can be repeated has a `*` in front.
  private static func spec(_ option: OptionSpec) -> String {
    let names = option.names.map { name in
      option.value == nil ? name : name + (name.hasPrefix("--") ? "=" : "+")
    }
    let rest = ("[\(escaped(option.help))]" + action(option)).singleQuoted
    if option.isRepeatable { return "'*'" + names[0] + rest }
    guard names.count > 1 else { return names[0] + rest }
    return "'(\(option.names.joined(separator: " ")))'{\(names.joined(separator: ","))}\(rest)"
  }

  private static func action(_ option: OptionSpec) -> String {
    let name = escaped(option.value ?? "")
    return switch option.candidates {
    case .words(let words)?: ":\(name):(\(words.joined(separator: " ")))"
    case .files?: ":\(name):_files"
    case .folders?: ":\(name):_files -/"
    case .profiles?: ":\(name):_mfsh_profiles"
    case .text?, .beginnings?: ":\(name): "
    case nil: ""
    }
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("[", with: "\\[").replacing("]", with: "\\]").replacing(":", with: "\\:")
  }
}
