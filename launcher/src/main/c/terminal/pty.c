/* The making of a pty, and the command's end of it. */
#include <sys/ioctl.h>

#include "actions.h"
#include "job_control.h"
#include "kernel.h"
#include "messages.h"
#include "run.h"
#include "terminal.h"

#ifndef TIOCGPTPEER
#define TIOCGPTPEER 0x5441
#endif

static const char help_for_pty[] = "with `--no-pty` the command runs on the caller's terminal";

/* The other end is opened through this one: no path leads to a pty of another instance. */
static void open_ends(struct terminal *terminal, const char *path)
{
    int unlocked = 0;
    terminal->pty = openat(AT_FDCWD, path, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (terminal->pty < 0)
        die_with_help(help_for_pty, "cannot open `%s`", path);
    if (ioctl(terminal->pty, TIOCSPTLCK, &unlocked) < 0)
        die_with_help(help_for_pty, "cannot unlock a new terminal");
    terminal->command_end = ioctl(terminal->pty, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (terminal->command_end < 0)
        die_with_help(help_for_pty, "cannot open a new terminal");
}

static void close_ends(struct terminal *terminal)
{
    close(terminal->pty);
    close(terminal->command_end);
    terminal->pty = terminal->command_end = -1;
}

void pty_open_outside(struct run *run)
{
    struct plan_cursor cursor = plan_start(run->plan);
    struct record record;
    if (run->terminal->there && plan_find(&cursor, OP_TERMINAL, &record) && record.operands[0].data[0] == '\0')
        open_ends(run->terminal, "/dev/ptmx");
}

/* In the supervisor, to which the child sends its own. */
void pty_forget(struct run *run)
{
    if (run->terminal->pty >= 0)
        close_ends(run->terminal);
}

/* The command's terminal looks like the caller's. */
static void take_after(const struct terminal *caller, int terminal)
{
    if ((caller->meant && tcsetattr(terminal, TCSANOW, &caller->modes) < 0) || ioctl(terminal, TIOCSWINSZ, &caller->size) < 0)
        die("cannot set up the new terminal");
}

void pty_open_like_callers(struct terminal *terminal)
{
    open_ends(terminal, "/dev/ptmx");
    take_after(terminal, terminal->command_end);
}

static void replace_standard(const struct terminal *terminal)
{
    for (int i = 0; i < 3; i++) {
        if (terminal->standard[i] && dup3(terminal->command_end, i, 0) < 0)
            die("cannot put the new terminal in the place of descriptor %d", i);
    }
}

/* Not even one that is not used now could be reached later: a new session has none. */
void do_terminal(struct run *run, const struct operand *operands)
{
    struct terminal *terminal = run->terminal;
    const char *path = operands[0].data;
    if (run->probe) {
        open_ends(terminal, path[0] == '\0' ? "/dev/ptmx" : path);
        close_ends(terminal);
        return;
    }
    if (setsid() < 0)
        die("cannot start a new session");
    if (!terminal->there)
        return;
    if (terminal->pty < 0)
        open_ends(terminal, path);
    take_after(terminal, terminal->command_end);
    if (ioctl(terminal->command_end, TIOCSCTTY, 0) < 0)
        die("cannot make the new terminal the controlling one");
    orders_send_terminal(run, terminal->pty, terminal->command_end);
    replace_standard(terminal);
    terminal_forget(run);
    if (!run->init) { /* and so nobody to say more */
        close(run->channels.orders);
        run->channels.orders = -1;
    }
}
