#compdef hexe-policy
# zsh completion for hexe-policy
_hexe_policy_profiles() {
  local -a names
  names=(@profiles@)
  names+=(${XDG_CONFIG_HOME:-$HOME/.config}/hexe-policy/profiles/*.yaml(N:t:r))
  names+=(/etc/hexe-policy/profiles/*.yaml(N:t:r))
  compadd -a names
  _files -g '*.(yaml|yml)'
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
    compset -P '*='
    _files
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
compdef _hexe_policy hexe-policy
