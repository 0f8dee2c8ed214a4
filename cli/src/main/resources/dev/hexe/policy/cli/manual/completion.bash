# bash completion for hexe-policy
_hexe_policy_profile_names() {
  local directory file
  echo @profiles@
  for directory in "${XDG_CONFIG_HOME:-$HOME/.config}/hexe-policy/profiles" /etc/hexe-policy/profiles; do
    for file in "$directory"/*.yaml; do
      [[ -e $file ]] && file=${file##*/} && echo "${file%.yaml}"
    done
  done
}

# The words that an option of a command takes.
_hexe_policy_values() {
  case $1:$2 in
@values@
  esac
}

_hexe_policy_options() {
  case $1 in
@options@
  esac
}

_hexe_policy() {
  local word=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]} before option= start= i
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    mapfile -t COMPREPLY < <(compgen -W '@commands@ --help --version' -- "$word")
    return
  fi
  # Behind `--` stands another command, with completions of its own.
  for ((i = 2; i < COMP_CWORD; i++)); do
    if [[ ${COMP_WORDS[i]} == -- ]]; then
      if declare -F _command_offset >/dev/null; then
        _command_offset $((i + 1))
      elif ((COMP_CWORD == i + 1)); then
        mapfile -t COMPREPLY < <(compgen -c -- "$word")
      else
        mapfile -t COMPREPLY < <(compgen -f -- "$word")
      fi
      return
    fi
  done
  before=${COMP_WORDS[COMP_CWORD - 1]}
  # `--option=word` is three words here, unless `=` was taken out of COMP_WORDBREAKS.
  if [[ $word == = ]]; then
    option=$before word=
  elif [[ $before == = ]]; then
    option=${COMP_WORDS[COMP_CWORD - 2]}
  elif [[ $word == --*=* ]]; then
    option=${word%%=*} start=${word%%=*}= word=${word#*=}
  elif [[ $before == --* && " $(_hexe_policy_options "$command") " == *" $before= "* ]]; then
    option=$before
  fi
  if [[ -n $option ]]; then
    mapfile -t COMPREPLY < <(compgen -P "$start" -W "$(_hexe_policy_values "$command" "$option")" -- "$word")
    [[ ${#COMPREPLY[@]} != 1 || ${COMPREPLY[0]} != *= ]] || compopt -o nospace 2>/dev/null
    if ((${#COMPREPLY[@]} == 0)); then
      mapfile -t COMPREPLY < <(compgen -P "$start" -f -- "$word")
      compopt -o filenames 2>/dev/null
    fi
  elif [[ $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(_hexe_policy_options "$command") --" -- "$word")
    [[ ${#COMPREPLY[@]} != 1 || ${COMPREPLY[0]} != *= ]] || compopt -o nospace 2>/dev/null
  else
    case $command in
      @with-profile@)
        mapfile -t COMPREPLY < <(compgen -W "$(_hexe_policy_profile_names)" -- "$word"; compgen -f -X '!*.y*ml' -- "$word")
        ;;
      help) mapfile -t COMPREPLY < <(compgen -W '@commands@' -- "$word") ;;
      *) mapfile -t COMPREPLY < <(compgen -f -- "$word") ;;
    esac
  fi
}
complete -F _hexe_policy hexe-policy
