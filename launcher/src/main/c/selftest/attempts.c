#include "prover.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "acts.h"
#include "kernel.h"
#include "messages.h"

/* In milliseconds for each attempt: on an emulated or busy processor, hundreds of processes take a while to be made. */
enum { PATIENCE = 30000 };

struct answer {
    int result;
    char value[ACT_VALUE];
};

static int missing_arguments(const struct act *act, char **words)
{
    for (int i = 1; i <= act->arguments; i++) {
        if (words[i] == NULL)
            return 1;
    }
    return 0;
}

static void attempts_check(char **words)
{
    while (*words != NULL) {
        const struct act *act = act_find(*words);
        if (act == NULL)
            refuse("there is no act `%s`", *words);
        if (missing_arguments(act, words))
            refuse("the act `%s` takes %d arguments", *words, act->arguments);
        words += 1 + act->arguments;
    }
}

/* In a group of its own, so that whatever it starts can be ended with it. */
static _Noreturn void try(const struct act *act, char **arguments, int report)
{
    struct answer answer = {.result = 0};
    setpgid(0, 0);
    answer.result = act->try(arguments, answer.value);
    _exit(write(report, &answer, sizeof answer) == (ssize_t)sizeof answer ? 0 : 1);
}

/* One line of printable characters: what a sandbox shows may be anything. */
static void print(unsigned index, const char *kind, const char *detail)
{
    char line[ACT_VALUE + 64];
    int length = snprintf(line, sizeof line - 1, "%u %s%s%s", index, kind, detail[0] != '\0' ? " " : "", detail);
    for (int i = 0; i < length; i++) {
        if (line[i] < ' ' || line[i] > '~')
            line[i] = '?';
    }
    line[length] = '\n';
    if (write(STDOUT_FILENO, line, (size_t)length + 1) != length + 1)
        _exit(EXIT_NOTHING_RAN);
}

static void print_error(unsigned index, int result)
{
    char number[16];
    int error = result & ~ACT_UNABLE;
    const char *name = error_name(error);
    snprintf(number, sizeof number, "%d", error);
    print(index, (result & ACT_UNABLE) != 0 ? "unable" : "errno", name != NULL ? name : number);
}

static void print_end(unsigned index, int status)
{
    char number[16];
    bool killed = WIFSIGNALED(status);
    const char *name = killed ? signal_name(WTERMSIG(status)) : NULL;
    snprintf(number, sizeof number, "%d", killed ? WTERMSIG(status) : WEXITSTATUS(status));
    print(index, killed ? "signal" : "exited", name != NULL ? name : number);
}

static void judge(unsigned index, int report, pid_t child)
{
    struct answer answer;
    struct pollfd ready = {.fd = report, .events = POLLIN};
    int status = 0;
    bool late = poll(&ready, 1, PATIENCE) == 0;
    bool answered = !late && read(report, &answer, sizeof answer) == (ssize_t)sizeof answer;
    if (late)
        kill(child, SIGKILL);
    if (late || answered)
        kill(-child, SIGKILL);
    waitpid(child, &status, 0);
    if (late)
        print(index, "timeout", "");
    else if (!answered)
        print_end(index, status);
    else if (answer.result == 0)
        print(index, "ok", answer.value);
    else
        print_error(index, answer.result);
}

static void attempt(unsigned index, const struct act *act, char **arguments)
{
    int report[2];
    if (pipe2(report, O_CLOEXEC) < 0) {
        print_error(index, UNABLE(errno));
        return;
    }
    pid_t child = sys_clone(SIGCHLD);
    if (child == 0)
        try(act, arguments, report[1]);
    close(report[1]);
    if (child < 0)
        print_error(index, UNABLE(errno));
    else
        judge(index, report[0], child);
    close(report[0]);
}

/* Whoever hears no more than this knows that the sandbox was started, and that the first act ended it. */
static void announce(void)
{
    static const char line[] = "ready\n";
    if (write(STDOUT_FILENO, line, sizeof line - 1) != sizeof line - 1)
        _exit(EXIT_NOTHING_RAN);
}

_Noreturn void attempts_main(char **words)
{
    attempts_check(words);
    announce();
    for (unsigned index = 0; *words != NULL; index++) {
        const struct act *act = act_find(*words);
        attempt(index, act, words + 1);
        words += 1 + act->arguments;
    }
    _exit(0);
}
