# Somebody works in a shell.
see in>
type stty size\r
see 24 80
see in>
size 30 100
type stty size\r
see 30 100
see in>
type stty -a | grep -c 'rows 30; columns 100'\r
see 1
see in>
type echo be"gin"; cat\r
see begin
type here\r
see here
see here
type \x1a
see Stopped
see in>
type jobs\r
see Stopped
see in>
type fg\r
see cat
type again\r
see again
see again
type \x03
see in>
type sleep 100 & jobs; kill %1\r
see Running
see in>
type echo loop"ing"; while :; do :; done\r
see looping
type \x03
see in>
type echo his"tory"\r
see history
see in>
type \x1b[A\r
see history
see in>
type \x04
same
never cannot set terminal
never job control
end 0
