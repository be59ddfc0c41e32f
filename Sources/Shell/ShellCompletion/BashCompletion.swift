/// What `mfsh completion bash` prints. It needs nothing of the package bash-completion.
enum BashCompletion {
  static var script: String {
    CompletionShell.bash.title + "\n\n" + places + values + frame
  }

  /// Sets what may stand at a place.
  private static var places: String {
    let cases = CompletionPlace.all.map { place in
      """
          \(place.name))
            options=(\(list(place.options.flatMap(\.names))))
            valued=(\(list(place.options.filter { $0.value != nil }.flatMap(\.names))))
            positional=(\(list(place.words.map(\.word)))) subplaces=(\(list(place.subplaces)))
            inputs=\(place.inputs) ;;

      """
    }
    return """
      _mfsh_place() {
        case $1 in
      \(cases.joined())    *) options=() valued=() positional=() subplaces=() inputs=files ;;
        esac
      }


      """
  }

  /// Offers what may stand as a value.
  private static var values: String {
    var lines = ""
    for place in CompletionPlace.all {
      for option in place.options {
        let names = option.names.map { "\"\(place.name) \($0)\"" }.joined(separator: " | ")
        switch option.candidates {
        case .words(let words)?: lines += "    \(names)) _mfsh_offer \(list(words)) ;;\n"
        case .beginnings(let words)?: lines += "    \(names)) _mfsh_begin \(list(words)) ;;\n"
        case .files?: lines += "    \(names)) compopt -o default ;;\n"
        case .folders?: lines += "    \(names)) compopt -o dirnames ;;\n"
        case .profiles?:
          lines += "    \(names))\n"
          lines += "      mapfile -t names < <(command mfsh completion profiles 2>/dev/null)\n"
          lines += "      _mfsh_offer \"${names[@]}\" ;;\n"
        case .text?, nil: break
        }
      }
    }
    return """
      _mfsh_value() {
        local names
        case "$1 $2" in
      \(lines)  esac
      }


      """
  }

  private static func list(_ words: [String]) -> String { words.joined(separator: " ") }

  private static let frame = #"""
    # Offers the words that begin with what was typed.
    _mfsh_offer() {
      local word
      for word in "$@"; do
        if [[ $word == "$current"* ]]; then COMPREPLY+=("$prefix$word"); fi
      done
    }

    # Offers what a value begins with, and then files.
    _mfsh_begin() {
      if [[ $current == *:* ]]; then
        compopt -o default
      else
        compopt -o nospace
        _mfsh_offer "$@"
      fi
    }

    # Offers files besides what is offered already. Where nothing is, readline knows more of their spelling. With
    # "compopt -o filenames" it would take the words for files as well.
    _mfsh_files() {
      local name names words=" ${COMPREPLY[*]} "
      if ((${#COMPREPLY[@]} == 0)); then
        compopt -o default
        return
      fi
      mapfile -t names < <(compgen -f -- "$current")
      for name in "${names[@]}"; do
        if [[ $words == *" $name "* ]]; then continue; fi
        if [[ -d $name ]]; then name+=/; fi
        COMPREPLY+=("$(printf %q "$name")")
      done
    }

    # Whether a word is an option whose value is the next word.
    _mfsh_wants_value() {
      local rest=${1#-}
      if [[ $1 == --* ]]; then
        [[ " ${valued[*]} " == *" $1 "* ]]
        return
      fi
      while [[ -n $rest ]]; do
        if [[ " ${valued[*]} " == *" -${rest:0:1} "* ]]; then
          [[ ${#rest} -eq 1 ]]
          return
        fi
        rest=${rest:1}
      done
      return 1
    }

    # Puts together what readline has taken apart at = and : into words.
    _mfsh_words() {
      local word i
      for ((i = 1; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if ((${#words[@]})) && [[ $word == [=:]* || (-n $word && ${words[-1]} == *[=:]) ]]; then
          words[-1]+=$word
        else
          words+=("$word")
        fi
      done
    }

    # Finds the place, and the option whose value is wanted.
    _mfsh_walk() {
      local i word last=$((${#words[@]} - 1)) address=''
      _mfsh_place main
      for ((i = 0; i < last; i++)); do
        word=${words[i]}
        if [[ $word == -- ]]; then
          final=yes
        elif [[ $word == -?* && -z $final ]]; then
          if [[ $word == -e* && $place == main ]]; then code=yes; fi
          if _mfsh_wants_value "$word"; then
            if ((++i == last)); then option=$word; fi
          fi
        elif [[ $place == main && $word == *://* && -z $address$code ]]; then
          address=yes
        elif [[ $place == main ]]; then
          place=script
          if [[ -z $code && " ${positional[*]} " == *" $word "* ]]; then place=$word; fi
          _mfsh_place "$place"
        elif [[ -z $worded && " ${subplaces[*]} " == *" $word "* ]]; then
          place+=_$word
          _mfsh_place "$place"
        else
          worded=yes
        fi
      done
    }

    _mfsh() {
      local place=main option='' final='' code='' worded='' current prefix='' words=()
      local options valued positional subplaces inputs
      _mfsh_words
      current=${words[-1]}
      _mfsh_walk
      if [[ -n $option ]]; then
        if [[ $option != --* ]]; then option=-${option: -1}; fi
        _mfsh_value "$place" "$option"
      elif [[ $current == --*=* && -z $final ]]; then
        option=${current%%=*}
        current=${current#*=}
        if [[ $COMP_WORDBREAKS != *=* ]]; then prefix="$option="; fi
        _mfsh_value "$place" "$option"
      elif [[ $current == -* && -z $final && $place != script ]]; then
        _mfsh_offer "${options[@]}"
      else
        # Behind code or a file there are only files.
        if [[ $inputs == none || -z $code$worded ]]; then _mfsh_offer "${positional[@]}"; fi
        case $inputs in
          files) _mfsh_files ;;
          folders) compopt -o dirnames ;;
        esac
      fi
    }

    complete -F _mfsh mfsh

    """#
}
