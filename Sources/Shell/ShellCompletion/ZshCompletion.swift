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

      # Sets REPLY to the first word before the cursor that is no option and no value of one. The arguments are the
      # options that have a value.
      _mfsh_first_word() {
        local -a valued=("$@")
        local -i i
        local word letters
        REPLY=
        for (( i = 2; i < CURRENT; i++ )); do
          word=$words[i]
          case $word in
            --) (( i + 1 < CURRENT )) && REPLY=$words[i+1]; return ;;
            --*) (( ${valued[(Ie)$word]} )) && (( i++ )) ;;
            -?*)
              letters=${word#-}
              while [[ -n $letters ]]; do
                word=-${letters[1]}
                (( ${valued[(Ie)$word]} )) && break
                letters=${letters#?}
              done
              (( $#letters == 1 )) && (( i++ )) ;;
            *) REPLY=$word; return ;;
          esac
        done
      }


      """
  }

  private static var commands: String {
    (CompletionPlace.commands + CompletionPlace.subcommands).map { place in
      """
      _mfsh_\(place.name)() {
      \(detours(of: place))_arguments -s -S : \\
      \(specs(place.options))    \(inputs(of: place))
      }


      """
    }.joined()
  }

  /// The ways to the places of words, which lead there as the first word, wherever options stand.
  private static func detours(of place: CompletionPlace) -> String {
    if place.subplaces.isEmpty { return "  " }
    let valued = place.options.filter { $0.value != nil }.flatMap(\.names).joined(separator: " ")
    let ways = place.subplaces.map { "    \($0)) _mfsh_\(place.name)_\($0); return ;;\n" }
    return """
        local REPLY
        _mfsh_first_word \(valued)
        case $REPLY in
      \(ways.joined())  esac

      """ + "  "
  }

  private static func inputs(of place: CompletionPlace) -> String {
    let words = "_mfsh_words_of_\(place.name)"
    return switch place.inputs {
    case .none where place.words.isEmpty: "'*:argument:()'"
    case .none: "'1:word:\(words)'"
    case .files where place.words.isEmpty: "'*:file:_files'"
    case .files: "'1:word or file: _mfsh_words_or_files \(place.name)' '*:file:_files'"
    case .folders: "'*:folder:_files -/'"
    }
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
    let spelling = names.count > 1 ? "{\(names.joined(separator: ","))}" : names[0]
    if option.isRepeatable { return "'*'\(spelling)\(rest)" }
    let others = names.count > 1 ? "'(\(option.names.joined(separator: " ")))'" : ""
    return others + spelling + rest
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
