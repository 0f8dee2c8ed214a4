#include "java.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "java_command.h"
#include "java_limits.h"
#include "kernel.h"
#include "messages.h"
#include "processor.h"
#include "self.h"
#include "signals.h"
#include "text.h"
#include "working_directory.h"

/* The first word of the command that a plan is compiled for. */
static const char *compiled_for;

/* A JVM would say so itself, but not where the launcher belongs. */
static void require_library(void)
{
    if (access(text_of("%s/hexe-policy.jar", self_library()), R_OK) < 0)
        die_with_help("the launcher belongs into `bin` of the distribution, beside `lib`", "cannot read `%s/%s`",
                      self_library(), "hexe-policy.jar");
}

/* `learn` starts the launcher again, for the command, and needs what the JVM is spared. */
static bool starts_again;

static bool is_ignored(int number)
{
    struct sigaction before;
    return sigaction(number, NULL, &before) == 0 && before.sa_handler == SIG_IGN;
}

/* What ends a job does not end one that shall outlive it, by nohup or in the background of a script: a JVM leaves these alone. */
static bool stays_ignored(int number)
{
    bool ends_jobs = number == SIGHUP || number == SIGINT || number == SIGQUIT || number == SIGTERM;
    return ends_jobs && is_ignored(number);
}

/* The launcher may have been started with signals blocked or ignored; a JVM needs its own. */
static void reset_signals(void)
{
    sigset_t none;
    sigemptyset(&none);
    for (int number = 1; number < NSIG; number++) {
        if (!stays_ignored(number))
            signal(number, SIG_DFL);
    }
    if (sigprocmask(SIG_SETMASK, &none, NULL) < 0)
        die("cannot reset the signal mask");
}

static _Noreturn void become_java(char *const *arguments, int plan)
{
    int version;
    working_directory_require(); /* a JVM has no words for it */
    require_library();
    const char *java = java_find(&version);
    struct arguments command = {.items = NULL};
    arguments_add(&command, java);
    java_add_options(&command, java, version, plan, compiled_for);
    for (; *arguments != NULL; arguments++)
        arguments_add(&command, *arguments);
    reset_signals();
    execve(java, command.items, java_environment(starts_again));
    die("cannot start Java (`%s`)", java);
}

_Noreturn void java_execute(char *const *arguments, int plan)
{
    processor_leave();
    java_raise_limits();
    java_require_processes();
    starts_again = *arguments != NULL && strcmp(*arguments, "learn") == 0;
    become_java(arguments, plan);
}

/* The compiler's output is not the command's: what it prints goes where messages go, when it has come to its end. */
static _Noreturn void become_compiler(char *const *arguments, int plan, int output, pid_t launcher)
{
    if (sys_prctl(PR_SET_PDEATHSIG, SIGKILL, 0) < 0)
        die("cannot ask to die with the launcher");
    if (getppid() != launcher)
        _exit(EXIT_NOTHING_RAN);
    java_raise_limits(); /* it is told at once: a limit on the size of files would hold for what is put aside */
    umask(umask(0) & 077); /* what is made for the user's next runs is the user's to use */
    if (dup2(output, STDERR_FILENO) < 0 || dup2(output, STDOUT_FILENO) < 0 || fcntl(plan, F_SETFD, 0) < 0)
        die("cannot prepare the descriptors of Java");
    become_java(arguments, plan);
}

static int wait_for(pid_t child)
{
    int status;
    while (waitpid(child, &status, 0) < 0) {
        if (errno != EINTR)
            die("cannot wait for the compiler");
    }
    return status;
}

static int make_file(const char *name, const char *what)
{
    int file = (int)syscall(SYS_memfd_create, name, 1U /* MFD_CLOEXEC */);
    if (file < 0)
        die("cannot make a file for %s", what);
    return file;
}

/* Nobody has to read it. */
static void pass_on(int output)
{
    char part[4096];
    ssize_t length;
    for (off_t at = 0; (length = pread(output, part, sizeof part, at)) > 0; at += length) {
        ssize_t ignored = write(STDERR_FILENO, part, (size_t)length);
        (void)ignored;
    }
    close(output);
}

/* Every end that the compiler chooses is one of these; any other one is the JVM's, and so are the words. */
static void judge(int status, int output)
{
    static const char help[] = "memory, threads or open files may be too few: see `ulimit -a` and the limits of the surrounding container; "
                               "HEXE_DEBUG=1 shows what Java says";
    bool chosen = WIFEXITED(status) && (WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == EXIT_NOTHING_RAN);
    if (chosen || java_is_debugging())
        pass_on(output);
    if (!chosen)
        java_require_processes(); /* the one limit that is found by trying alone: not before it is known to be needed */
    if (WIFSIGNALED(status))
        refuse_with_help(help, "the policy compiler was killed by signal %d", WTERMSIG(status));
    if (!chosen)
        refuse_with_help(help, "the policy compiler could not go on: Java ended with status %d", WEXITSTATUS(status));
    if (WEXITSTATUS(status) != 0)
        _exit(EXIT_NOTHING_RAN);
}

int java_compile(char *const *arguments, const char *command)
{
    pid_t launcher = getpid();
    compiled_for = command;
    processor_leave();
    int plan = make_file("hexe-policy-plan", "the plan");
    int output = make_file("hexe-policy-messages", "the compiler's messages");
    signals_expect_children();
    pid_t child = sys_clone(SIGCHLD);
    if (child < 0)
        die("cannot start the compiler");
    if (child == 0)
        become_compiler(arguments, plan, output, launcher);
    judge(wait_for(child), output);
    return plan;
}

static _Noreturn void become_reporter(char *const *question, int records, int file)
{
    struct arguments arguments = {.items = NULL};
    arguments_add(&arguments, "why");
    arguments_add(&arguments, text_of("--observed=/proc/self/fd/%d", records));
    if (file >= 0)
        arguments_add(&arguments, "--why=-");
    for (; *question != NULL; question++)
        arguments_add(&arguments, *question);
    if (dup2(file >= 0 ? file : STDERR_FILENO, STDOUT_FILENO) < 0) /* by its name it might not be opened a second time */
        die("cannot prepare the descriptors of Java");
    java_execute(arguments.items, -1);
}

void java_report(char *const *question, int records, int file)
{
    pid_t child = sys_clone(SIGCHLD);
    if (child < 0) {
        say("cannot start Java to say what was refused");
        return;
    }
    if (child == 0)
        become_reporter(question, records, file);
    wait_for(child);
}
