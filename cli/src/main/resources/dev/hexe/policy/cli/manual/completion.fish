# fish completion for hexe-policy
function __hexe_policy_profiles
    printf '%s\n' @profiles@
    set -l config $XDG_CONFIG_HOME
    test -n "$config"; or set config $HOME/.config
    for file in $config/hexe-policy/profiles/*.yaml /etc/hexe-policy/profiles/*.yaml
        string replace -r '\.yaml$' '' (basename $file)
    end
end

function __hexe_policy_in
    set -l words (commandline -opc)
    not contains -- -- $words; and test (count $words) -ge 2; and test $words[2] = $argv[1]
end

function __hexe_policy_wants_profile
    set -l words (commandline -opc)
    not contains -- -- $words; and test (count $words) -ge 2; and string match -qr '^(@with-profile@)$' -- $words[2]
end

complete -c hexe-policy -n 'test (count (commandline -opc)) -eq 1' -f -a '@commands@'
complete -c hexe-policy -n __hexe_policy_wants_profile -a '(__hexe_policy_profiles)'
# Behind `--` stands another command, with completions of its own.
complete -c hexe-policy -n 'contains -- -- (commandline -opc)' -a '(complete -C (string join " " -- (commandline -opc)[(math (contains -i -- -- (commandline -opc)) + 1)..-1] (commandline -ct)))'
