/* What is done outside before a sandbox is tried out. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>

#include "attempts.h"
#include "input.h"
#include "kernel.h"
#include "messages.h"
#include "program.h"
#include "run.h"
#include "signals.h"
#include "text.h"

enum { LIST_MAXIMUM = 1 << 20, INHERITED = 40 };

static size_t count_words(const struct input *list, const char *file)
{
    size_t count = 0;
    if (list->length > 0 && list->bytes[list->length - 1] != '\0')
        refuse("`%s` does not end with a NUL", file);
    for (size_t i = 0; i < list->length; i++)
        count += list->bytes[i] == '\0' ? 1 : 0;
    return count;
}

/* What tells the terminal that must not be typed into from another one that the command may get; 0 where there is none. */
static char *attempts_option(void)
{
    struct stat terminal = {.st_dev = 0};
    if (isatty(STDIN_FILENO) && fstat(STDIN_FILENO, &terminal) < 0)
        die("cannot examine the terminal");
    return text_of("--attempts=%llu:%llu", (unsigned long long)terminal.st_dev, (unsigned long long)terminal.st_rdev);
}

/* The command line of the copy: its name, the option, the words. */
static char **command_of(const char *file)
{
    int descriptor = openat(AT_FDCWD, file, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        die("cannot open the attempts `%s`", file);
    struct input list = input_read(descriptor, LIST_MAXIMUM, file);
    close(descriptor);
    size_t count = count_words(&list, file);
    char **words = calloc(count + 3, sizeof *words);
    if (words == NULL)
        die("cannot read the attempts");
    words[0] = strdup("hexe-prover");
    words[1] = attempts_option();
    char *next = (char *)list.bytes;
    for (size_t i = 0; i < count; i++) {
        words[i + 2] = next;
        next += strlen(next) + 1;
    }
    return words;
}

/* Something to close: a descriptor that leads out, as a careless parent leaves it. */
static void leave_descriptor_open(void)
{
    int root = openat(AT_FDCWD, "/", O_PATH | O_DIRECTORY);
    if (root < 0 || dup2(root, INHERITED) < 0)
        die("cannot leave a descriptor open");
    close(root);
}

/* The raw call: C libraries do not agree on the type of a request. */
static int control(int terminal, unsigned long request, void *argument)
{
    return (int)syscall(SYS_ioctl, terminal, request, argument);
}

static int open_terminal(int *master)
{
    int zero = 0;
    unsigned number;
    char path[32];
    *master = openat(AT_FDCWD, "/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (*master < 0 || control(*master, TIOCSPTLCK, &zero) < 0 || control(*master, TIOCGPTN, &number) < 0)
        return -1;
    snprintf(path, sizeof path, "/dev/pts/%u", number);
    return openat(AT_FDCWD, path, O_RDWR | O_NOCTTY | O_CLOEXEC);
}

/* The keyboard of a terminal that is nobody's but ours. Where there is none, acts on it say so. */
static void sit_at_terminal(void)
{
    int master;
    if (setsid() < 0)
        return;
    int terminal = open_terminal(&master);
    if (terminal >= 0 && control(terminal, TIOCSCTTY, NULL) == 0)
        dup2(terminal, STDIN_FILENO);
    if (terminal >= 0)
        close(terminal);
}

static void die_with(pid_t parent)
{
    if (sys_prctl(PR_SET_PDEATHSIG, SIGKILL, 0) < 0)
        die("cannot ask to die with the parent");
    if (getppid() != parent)
        _exit(EXIT_NOTHING_RAN);
}

static int wait_for(pid_t child)
{
    int status;
    while (waitpid(child, &status, 0) < 0) {
        if (errno != EINTR)
            die("cannot wait for the attempts");
    }
    return signals_exit_status(status);
}

/* This process leads the terminal's session, as a shell would; the plan is executed by its child, as by a shell's. */
_Noreturn void attempts_run(const struct plan *plan, const char *file, const char *prover)
{
    program_use(program_copy(prover));
    die_with(getppid());
    sit_at_terminal();
    char **command = command_of(file);
    signals_expect_children();
    pid_t self = getpid(), child = sys_clone(SIGCHLD);
    if (child < 0)
        die("cannot start the attempts");
    if (child > 0)
        _exit(wait_for(child));
    die_with(self);
    leave_descriptor_open();
    run_plan(plan, command, false);
}
