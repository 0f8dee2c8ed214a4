/* A directory that is held open leads to all below it, whatever is mounted for the command. */
#include <sys/stat.h>

#include "actions.h"
#include "kernel.h"
#include "messages.h"

static const char *const streams[] = {"standard input", "standard output", "standard error"};

void do_refuse_directories(struct run *run, const struct operand *operands)
{
    (void)run;
    (void)operands;
    for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++) {
        struct stat status;
        if (fstat(stream, &status) < 0)
            die("cannot examine %s", streams[stream]);
        if (S_ISDIR(status.st_mode))
            refuse_with_help("redirect it, as with `</dev/null`; `--pass-fd` hands a directory over on purpose",
                             "%s is a directory, which would lead out of the sandbox", streams[stream]);
    }
}
