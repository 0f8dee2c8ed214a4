#include "terminal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include "actions.h"
#include "kernel.h"
#include "messages.h"
#include "opcodes.h"
#include "run.h"

/*
 * An open file of our own can be made non-blocking; the one we inherited is shared with the caller's shell. Without
 * /proc, or for a terminal that now belongs to somebody else, the inherited one has to do.
 */
static int open_again(struct terminal *terminal, int descriptor)
{
    char path[40];
    snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
    int again = openat(AT_FDCWD, path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (again >= 0 && isatty(again))
        return again;
    if (again >= 0)
        close(again);
    terminal->blocking = true;
    again = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
    if (again < 0)
        die("cannot open the terminal once more");
    return again;
}

static int first_of(const struct terminal *terminal, const int order[3])
{
    for (int i = 0; i < 3; i++) {
        if (terminal->standard[order[i]])
            return order[i];
    }
    return -1;
}

bool terminal_is_foreground(int terminal)
{
    pid_t group = tcgetpgrp(terminal);
    return group < 0 ? errno == ENOTTY : group == getpgrp();
}

/* One that was hung up answers nothing more, but its path may lead to the next user's. */
static bool is_terminal(int descriptor)
{
    struct winsize size;
    if (ioctl(descriptor, TIOCGWINSZ, &size) == 0) /* isatty(3) does not tell one failure from another */
        return true;
    if (errno == EIO)
        refuse_with_help("redirect it, such as with `</dev/null >log 2>&1`",
                         "descriptor %d is a terminal that was hung up", descriptor);
    return false;
}

void terminal_find(struct run *run)
{
    static struct terminal of_this_run;
    struct terminal *terminal = run->terminal = &of_this_run;
    struct plan_cursor cursor = plan_start(run->plan);
    struct record record;
    *terminal = (struct terminal){.in = -1, .out = -1, .pty = -1, .command_end = -1};
    if (!run->probe && plan_find(&cursor, OP_TERMINAL, &record))
        terminal_find_callers(terminal, run->init);
}

void terminal_find_callers(struct terminal *terminal, bool jobs)
{
    *terminal = (struct terminal){.in = -1, .out = -1, .pty = -1, .command_end = -1};
    for (int i = 0; i < 3; i++)
        terminal->standard[i] = is_terminal(i);
    int in = first_of(terminal, (const int[]){0, 1, 2}), out = first_of(terminal, (const int[]){1, 2, 0});
    terminal->there = in >= 0;
    const char *type = getenv("TERM");
    terminal->escapes = type != NULL && type[0] != '\0' && strcmp(type, "dumb") != 0;
    if (!terminal->there)
        return;
    terminal->in = open_again(terminal, in);
    terminal->out = open_again(terminal, out);
    if (tcgetattr(terminal->in, &terminal->modes) < 0)
        die("cannot read the modes of the terminal");
    if (ioctl(terminal->out, TIOCGWINSZ, &terminal->size) < 0)
        terminal->size = (struct winsize){.ws_row = 0};
    /*
     * In a pipeline another process may be the one who reads the terminal: the command then starts in the background,
     * and is stopped when it wants to. Without a first process nobody would be told.
     */
    terminal->meant = terminal_is_foreground(in);
    terminal->foreground = jobs ? terminal->standard[0] && terminal->standard[1] && terminal->meant
                                     : terminal->standard[0];
}

static void close_if_open(int *descriptor)
{
    if (*descriptor >= 0)
        close(*descriptor);
    *descriptor = -1;
}

void terminal_forget(struct run *run)
{
    close_if_open(&run->terminal->in);
    close_if_open(&run->terminal->out);
    close_if_open(&run->terminal->pty);
    close_if_open(&run->terminal->command_end);
}
