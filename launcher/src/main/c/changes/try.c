#include "try.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/wait.h>

#include "commit.h"
#include "java.h"
#include "kernel.h"
#include "messages.h"
#include "process.h"
#include "record.h"
#include "run.h"
#include "scan.h"
#include "signals.h"
#include "store.h"
#include "text.h"

static volatile pid_t launcher;

static const int passed_on[] = {SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGTERM, SIGCONT};
static const int of_terminal[] = {SIGTSTP, SIGTTIN, SIGTTOU, SIGPIPE};

/* The terminal sends its own to the launcher as well. */
static void pass_on(int number, siginfo_t *information, void *context)
{
    int error = errno;
    (void)context;
    if (information->si_code != SI_KERNEL && launcher > 0)
        kill(launcher, number);
    errno = error;
}

static void take_over_signals(void)
{
    struct sigaction action = {.sa_sigaction = pass_on, .sa_flags = SA_SIGINFO | SA_RESTART};
    for (size_t i = 0; i < sizeof passed_on / sizeof *passed_on; i++) {
        if (sigaction(passed_on[i], &action, NULL) < 0)
            die("cannot set what signals do");
    }
    for (size_t i = 0; i < sizeof of_terminal / sizeof *of_terminal; i++) {
        if (signal(of_terminal[i], SIG_IGN) == SIG_ERR)
            die("cannot set what signals do");
    }
}

static int wait_for(pid_t child, bool stops)
{
    int status;
    for (;;) {
        if (waitpid(child, &status, stops ? WUNTRACED : 0) < 0) {
            if (errno != EINTR)
                die("cannot wait for the command");
        } else if (!WIFSTOPPED(status)) {
            return status;
        } else if (kill(getpid(), SIGSTOP) < 0) { /* the shell waits for this process, and not for the launcher */
            die("cannot stop with the command");
        }
    }
}

/* Of several times that the run was begun, the last one; empty where it came to none. */
static const char *take_path(int pipe)
{
    static char paths[8192];
    const char *last = "";
    ssize_t length = read(pipe, paths, sizeof paths - 1);
    for (ssize_t at = 0; at < length; at += (ssize_t)strlen(paths + at) + 1)
        last = paths + at;
    return last;
}

/* No Java has to be started where nothing was changed. */
static bool is_unchanged(const char *path)
{
    const char *slash = strrchr(path, '/');
    int store = store_open(text_of("%.*s", (int)(slash - path), path));
    int record = store < 0 ? -1 : store_open_in(store, slash + 1);
    if (record < 0 || flock(record, LOCK_EX | LOCK_NB) < 0)
        return false;
    struct scan scan = {.count = 0};
    scan_take(&scan, record);
    if (scan.count != 0)
        return false;
    if (!record_remove(path))
        say("cannot remove the record of changes `%s`", path);
    return true;
}

enum { UNCHANGED = 1, CHANGED = 2 };

/* In a child: a record that cannot be read must not change how this process ends. */
static bool had_no_changes(const char *path)
{
    pid_t child = sys_clone(SIGCHLD);
    if (child < 0)
        die("cannot look at what was changed");
    if (child == 0)
        _exit(is_unchanged(path) ? UNCHANGED : CHANGED);
    int status = wait_for(child, false);
    return WIFEXITED(status) && WEXITSTATUS(status) == UNCHANGED;
}

static _Noreturn void become_reporter(const char *path, char **arguments)
{
    size_t count = 0;
    while (arguments[count] != NULL && strcmp(arguments[count], "--") != 0)
        count++;
    char **all = calloc(count + 2, sizeof *all);
    if (all == NULL || dup2(STDERR_FILENO, STDOUT_FILENO) < 0)
        die("cannot prepare the report of what was changed");
    all[0] = arguments[0];
    all[1] = text_of("--after=%s", path);
    for (size_t i = 1; i < count; i++)
        all[i + 1] = arguments[i];
    java_execute(all, -1);
}

static void ask(const char *path, char **arguments)
{
    pid_t child = sys_clone(SIGCHLD);
    if (child < 0)
        die("cannot start Java to show what was changed");
    if (child == 0)
        become_reporter(path, arguments);
    int status = wait_for(child, true);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        say("the changes are kept; `hexe-policy changes` lists them");
}

static _Noreturn void wait_and_ask(pid_t child, int pipe, char **arguments)
{
    launcher = child;
    take_over_signals();
    int status = wait_for(child, true);
    launcher = 0;
    const char *path = take_path(pipe);
    bool ran = !WIFEXITED(status) || WEXITSTATUS(status) != EXIT_NOTHING_RAN;
    if (path[0] != '\0' && !had_no_changes(path))
        ask(path, arguments);
    else if (path[0] != '\0' && ran)
        say("nothing was changed");
    signals_end_like(status, false);
}

static bool has_command(char **arguments)
{
    for (; *arguments != NULL; arguments++) {
        if (strcmp(*arguments, "--") == 0)
            return arguments[1] != NULL;
        if (strcmp(*arguments, "--help") == 0 || strcmp(*arguments, "-h") == 0)
            return false;
    }
    return false;
}

void try_begin(char **arguments)
{
    int ends[2];
    if (!has_command(arguments))
        return;
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) < 0)
        die("cannot make a pipe");
    signals_expect_children();
    pid_t child = sys_clone(SIGCHLD);
    if (child < 0)
        die("cannot start the launcher");
    if (child == 0) {
        close(ends[0]);
        record_report_to(ends[1]);
        process_remember_caller();
        return;
    }
    close(ends[1]);
    wait_and_ask(child, ends[0], arguments);
}
