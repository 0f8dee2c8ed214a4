#include "process.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kernel.h"
#include "messages.h"

static pid_t caller;
static bool cleared;
static mode_t original_mask;

void process_clear_mask(void)
{
    original_mask = umask(0);
    cleared = true;
}

void process_choose_mask(unsigned mask)
{
    original_mask = (mode_t)mask;
}

void process_restore_mask(void)
{
    if (cleared)
        umask(original_mask);
    cleared = false;
}

void process_open_standard_descriptors(void)
{
    struct pollfd standard[] = {{.fd = STDIN_FILENO}, {.fd = STDOUT_FILENO}, {.fd = STDERR_FILENO}};
    if (poll(standard, 3, 0) < 0)
        die("cannot examine the standard descriptors");
    for (int i = 0; i < 3; i++) {
        /* the lowest one that is free is the one that was found closed */
        if ((standard[i].revents & POLLNVAL) != 0 && open("/dev/null", O_RDWR) != i)
            die("cannot open `/dev/null`");
    }
}

void process_close_input(void)
{
    int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0)
        die("cannot open `/dev/null`");
    close(nothing);
}

void process_remember_caller(void)
{
    caller = getppid();
}

static unsigned id_of(unsigned long which, unsigned (*ask)(void))
{
    errno = 0;
    unsigned long told = getauxval(which);
    return errno == 0 ? (unsigned)told : ask();
}

const struct caller_ids *process_caller_ids(void)
{
    static struct caller_ids ids;
    static bool known;
    if (!known)
        ids = (struct caller_ids){id_of(AT_UID, getuid), id_of(AT_EUID, geteuid), id_of(AT_GID, getgid), id_of(AT_EGID, getegid)};
    known = true;
    return &ids;
}

void process_die_with_caller(void)
{
    if (sys_prctl(PR_SET_PDEATHSIG, SIGKILL, 0) < 0)
        die("cannot ask to die with the caller");
    if (getppid() != caller)
        _exit(EXIT_NOTHING_RAN);
}
