#include "observe.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "calls.h"
#include "denied.h"
#include "kernel.h"
#include "messages.h"
#include "opcodes.h"
#include "plan.h"
#include "process.h"
#include "run.h"
#include "signals.h"
#include "watcher.h"

static int launcher_end = -1;

int observe_socket(void)
{
    return launcher_end;
}

static void become_launcher(const int ends[2])
{
    close(ends[0]);
    launcher_end = ends[1];
    process_remember_caller();
}

static bool is_of_system(const char *file)
{
    return strncmp(file, "/dev/", 5) == 0 || strncmp(file, "/proc/", 6) == 0;
}

/* Which open descriptor the name stands for, or -1. Opened again it would be another file, or not be allowed to be. */
static int named_descriptor(const char *file)
{
    static const char *const directories[] = {"/dev/fd/", "/proc/self/fd/"};
    if (strcmp(file, "/dev/stdout") == 0 || strcmp(file, "/dev/stderr") == 0)
        return file[8] == 'o' ? STDOUT_FILENO : STDERR_FILENO;
    for (size_t i = 0; i < sizeof directories / sizeof *directories; i++) {
        size_t length = strlen(directories[i]);
        const char *number = file + length;
        if (strncmp(file, directories[i], length) == 0 && strlen(number) < 6 && number[0] != '\0' &&
            strspn(number, "0123456789") == strlen(number))
            return atoi(number);
    }
    return -1;
}

/* The directory may be one that the command can write: what is there later, or since another run, is of its making. */
static int open_report(const char *file)
{
    if (file == NULL)
        return -1;
    int named = named_descriptor(file);
    bool written = named >= 0 && (fcntl(named, F_GETFL) & O_ACCMODE) != O_RDONLY;
    int how = is_of_system(file) ? O_APPEND : O_NOFOLLOW | O_TRUNC;
    int descriptor = written ? fcntl(named, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)
                             : open(file, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY | how, 0666);
    if (descriptor < 0 && errno == ELOOP)
        refuse_with_help("name the file itself", "`%s` is a symlink, and where it leads would be overwritten", file);
    if (descriptor < 0)
        die("cannot write `%s`", file);
    return descriptor;
}

void observe_start(const struct observation *observation)
{
    int ends[2], yes = 1, report = open_report(observation->file);
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0 ||
        setsockopt(ends[0], SOL_SOCKET, SO_PASSCRED, &yes, sizeof yes) < 0)
        die("cannot make a socket to the watcher");
    signals_expect_children();
    denied_start();
    watcher_prepare(ends[0]);
    pid_t launcher = sys_clone(SIGCHLD);
    if (launcher < 0)
        die("cannot start the launcher beside the watcher");
    if (launcher == 0) {
        watcher_forget();
        denied_leave();
        if (report >= 0)
            close(report);
        become_launcher(ends);
        return;
    }
    close(ends[1]);
    watcher_run(launcher, observation, report);
}

/* A filter can be installed by who gives up privileges, or rules over its user namespace. */
static bool needs_no_new_privileges(void)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];
    if (syscall(SYS_capget, &header, data) < 0)
        die("cannot read the capabilities");
    return sys_prctl(PR_GET_NO_NEW_PRIVS, 0, 0) == 0 && (data[0].effective >> CAP_SYS_ADMIN & 1) == 0;
}

/* What is refused without a call that fails: a gateway has a log of its own. */
static int others_refuse(const struct plan *plan)
{
    return plan_has(plan, OP_GATEWAY) ? HAS_GATEWAY : 0;
}

static int ask_to_be_watched(int watcher, char traits)
{
    int error;
    ssize_t got;
    if (write(watcher, &traits, 1) != 1)
        die("the watcher of this run is gone");
    while ((got = read(watcher, &error, sizeof error)) < 0 && errno == EINTR)
        continue;
    if (got != (ssize_t)sizeof error)
        refuse("the watcher of this run is gone");
    return error;
}

/*
 * Before the filters of the profile, which could forbid what is done here, and before the first process is made
 * undumpable: no process of the command exists yet that could look into this one.
 */
void observe_begin(struct run *run)
{
    int watcher = run->channels.watcher;
    if (watcher < 0 || run->probe)
        return;
    run->channels.watcher = -1;
    if (sys_prctl(PR_SET_DUMPABLE, 1, 0) < 0)
        die("cannot let the watcher in");
    bool gives_up = needs_no_new_privileges();
    int error = ask_to_be_watched(watcher, (char)((gives_up ? GIVES_UP : 0) | others_refuse(run->plan)));
    close(watcher);
    if (error != 0)
        return; /* the watcher says so */
    if (gives_up && syscall(SYS_prctl, PR_SET_NO_NEW_PRIVS, 1UL, 0UL, 0UL, 0UL) < 0)
        die("cannot give up gaining privileges");
    run->channels.observed = true;
    if (!calls_install_filter(plan_has(run->plan, OP_RLIMIT) || plan_has(run->plan, OP_COMMAND_LIMIT)))
        die_with_help("leave out `why`", "cannot install the filter that shows what is refused");
}

/* Who has gone needs to know nothing. */
void observe_end(const struct limits_reached *limits)
{
    ssize_t ignored = launcher_end < 0 ? 0 : write(launcher_end, limits, sizeof *limits);
    (void)ignored;
}
