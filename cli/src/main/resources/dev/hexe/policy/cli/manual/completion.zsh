#compdef hexe-policy
# zsh completion for hexe-policy
_hexe_policy_profile_names() {
  local -a names
  names=(@profiles@)
  names+=(${XDG_CONFIG_HOME:-$HOME/.config}/hexe-policy/profiles/*.yaml(N:t:r))
  names+=(/etc/hexe-policy/profiles/*.yaml(N:t:r))
  echo $names
}

_hexe_policy_profiles() {
  compadd -- ${(z)$(_hexe_policy_profile_names)}
  _files -g '*.(yaml|yml)'
}

# The words that an option of a command takes; files where there are none.
_hexe_policy_values() {
  case $1:$2 in
@values@
  esac
}

_hexe_policy_value() {
  local -a found
  found=(${(z)$(_hexe_policy_values $words[2] $1)})
  compadd -- ${found:#*=}
  compadd -S '' -- ${(M)found:#*=}
  (($#found)) || _files
}

_hexe_policy_options() {
  case $1 in
@options@
  esac
}

_hexe_policy() {
  local dashes=${words[(i)--]}
  if ((CURRENT == 2)); then
    compadd -- @commands@ --help --version
  elif ((dashes < CURRENT)); then
    # Behind `--` stands another command, with completions of its own.
    shift $dashes words
    ((CURRENT -= dashes))
    _normal
  elif [[ $words[CURRENT] == --*=* ]]; then
    local option=${words[CURRENT]%%=*}
    compset -P '*='
    _hexe_policy_value $option
  elif [[ " $(_hexe_policy_options $words[2]) " == *" $words[CURRENT-1]= "* ]]; then
    _hexe_policy_value $words[CURRENT-1]
  elif [[ $words[CURRENT] == -* ]]; then
    local -a flags valued
    flags=(${${(z)$(_hexe_policy_options $words[2])}:#*=})
    valued=(${(M)${(z)$(_hexe_policy_options $words[2])}:#*=})
    compadd -- $flags
    compadd -S '' -- $valued
  else
    case $words[2] in
      @with-profile@) _hexe_policy_profiles ;;
      help) compadd -- @commands@ ;;
      *) _files ;;
    esac
  fi
}
# Found by its name, as completions are, this file is itself what completes at the first time.
if [[ $funcstack[1] == _hexe-policy ]]; then
  compdef _hexe_policy hexe-policy
  _hexe_policy "$@"
else
  compdef _hexe_policy hexe-policy
fi
