/* One line that points to `why`, where a command has failed and a refusal may be the reason. */
#include "hint.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "messages.h"
#include "observe.h"
#include "opcodes.h"
#include "run.h"

/* Above are errors, as npm has them: -EACCES is 243. */
enum { MOST_SIGNALS = EXIT_SIGNAL + 64 };

static bool restricts_files(const struct run *run)
{
    return plan_has(run->plan, OP_ROOT_TMPFS) || plan_has(run->plan, OP_LANDLOCK_RULESET) || plan_has(run->plan, OP_PROTECT) ||
           plan_has(run->plan, OP_HIDE);
}

static bool is_one_of(const char *command, const char *const *names)
{
    const char *slash = strrchr(command, '/');
    const char *name = slash == NULL ? command : slash + 1;
    for (; *names != NULL; names++) {
        if (strcmp(name, *names) == 0)
            return true;
    }
    return false;
}

/* Their status is an answer, or that of the last thing somebody typed. */
static bool fails_often(char *const *command)
{
    static const char *const answers[] = {"grep", "egrep", "fgrep", "diff", "cmp", "test", "[", "false", "pgrep", "which", NULL};
    static const char *const shells[] = {"sh", "bash", "dash", "zsh", "fish", "ksh", "tcsh", "csh", NULL};
    return is_one_of(command[0], answers) || (is_one_of(command[0], shells) && (command[1] == NULL || strcmp(command[1], "-c") != 0));
}

static bool is_silenced(void)
{
    const char *value = getenv("HEXE_HINTS");
    return value != NULL && (strcmp(value, "0") == 0 || strcmp(value, "false") == 0);
}

void hint_say(const struct run *run, int status)
{
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
    bool failed = code != 0 && (code < EXIT_SIGNAL || code > MOST_SIGNALS);
    if (!failed || observe_socket() >= 0 || !isatty(STDERR_FILENO) || is_silenced() || fails_often(run->command) ||
        !restricts_files(run))
        return;
    say("status %d; to see what was refused, and what would allow it, put `why` in place of `%s` (HEXE_HINTS=0 hides this line)",
        WEXITSTATUS(status), run->changes == NULL ? "apply" : "try");
}
