#include "java.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "kernel.h"
#include "messages.h"
#include "self.h"
#include "signals.h"

extern char **environ;

/* A growing argument vector; the JVM's own options make it a little longer than the program's arguments. */
struct arguments {
    char **items;
    size_t count, room;
};

static void add(struct arguments *arguments, const char *text)
{
    if (arguments->count + 1 >= arguments->room) {
        arguments->room = arguments->room * 2 + 32;
        arguments->items = realloc(arguments->items, arguments->room * sizeof *arguments->items);
        if (arguments->items == NULL)
            die("cannot build the command line of Java");
    }
    arguments->items[arguments->count++] = (char *)(uintptr_t)text;
    arguments->items[arguments->count] = NULL;
}

static char *text(const char *format, ...) __attribute__((format(printf, 1, 2)));
static char *text(const char *format, ...)
{
    char *result = NULL;
    va_list list;
    va_start(list, format);
    int length = vasprintf(&result, format, list);
    va_end(list);
    if (length < 0)
        die("cannot build the command line of Java");
    return result;
}

static const char *own_path(void)
{
    const char *path = self_path();
    if (path == NULL)
        die("cannot tell where this program is");
    return path;
}

/* BIN/../lib, where the distribution puts the rest of the program. */
static char *library(void)
{
    char *directory = text("%s", own_path());
    for (int levels = 0; levels < 2; levels++) {
        char *slash = strrchr(directory, '/');
        if (slash != NULL)
            *slash = '\0';
    }
    char *path = text("%s/lib", directory);
    free(directory);
    return path;
}

static int is_jar(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return length > 4 && strcmp(entry->d_name + length - 4, ".jar") == 0;
}

static int by_name(const struct dirent **left, const struct dirent **right)
{
    return strcmp((*left)->d_name, (*right)->d_name);
}

/* In a fixed order, which a shared archive of classes depends on; LIB/(star) would be expanded in the directory's. */
static char *class_path(const char *directory)
{
    struct dirent **jars = NULL;
    int count = scandir(directory, &jars, is_jar, by_name);
    if (count < 0)
        die_with_help("the launcher belongs into `bin` of the distribution, beside `lib`", "cannot list `%s`",
                      directory);
    if (count == 0)
        refuse_with_help("the launcher belongs into `bin` of the distribution, beside `lib`",
                         "there are no jars in `%s`", directory);
    char *path = text("%s/%s", directory, jars[0]->d_name);
    for (int i = 1; i < count; i++) {
        char *longer = text("%s:%s/%s", path, directory, jars[i]->d_name);
        free(path);
        path = longer;
    }
    return path;
}

static uint64_t effective_capabilities(void)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];
    if (syscall(SYS_capget, &header, data) < 0)
        die("cannot read the capabilities");
    return data[0].effective | (uint64_t)data[1].effective << 32;
}

/* Who started us, which the JVM cannot ask for itself: real and effective ids, capabilities, groups. */
static char *caller(void)
{
    static gid_t groups[65536];
    int count = getgroups(sizeof groups / sizeof *groups, groups);
    if (count < 0)
        die("cannot read the supplementary groups");
    char *list = text("%u:%u:%u:%u:%llx:", getuid(), geteuid(), getgid(), getegid(),
                      (unsigned long long)effective_capabilities());
    for (int i = 0; i < count; i++) {
        char *longer = text("%s%s%u", list, i > 0 ? "," : "", groups[i]);
        free(list);
        list = longer;
    }
    return list;
}

static void add_options(struct arguments *arguments, int version, int plan)
{
    const char *directory = library();
    char *archive = text("%s/hexe-policy.jsa", directory);
    add(arguments, "-XX:TieredStopAtLevel=1");
    add(arguments, "-XX:+UseSerialGC");
    add(arguments, "-XX:-UsePerfData");
    add(arguments, "-XX:-MaxFDLimit");
    add(arguments, "-Xshare:auto");
    if (access(archive, R_OK) == 0)
        add(arguments, text("-XX:SharedArchiveFile=%s", archive));
    if (version >= 24)
        add(arguments, "--enable-native-access=ALL-UNNAMED");
    add(arguments, "-Djnr.ffi.asm.enabled=false");
    add(arguments, text("-Djffi.boot.library.path=%s/native", directory));
    add(arguments, text("-Dhexe.launcher=%s", own_path()));
    add(arguments, text("-Dhexe.caller=%s", caller()));
    if (plan >= 0)
        add(arguments, text("-Dhexe.plan=/proc/self/fd/%d", plan));
    add(arguments, "-cp");
    add(arguments, class_path(directory));
    add(arguments, "dev.hexe.policy.cli.Main");
}

/* Variables that would add options to ours. Only the JVM loses them; the command's environment is what it was. */
static char **environment_for_java(void)
{
    static const char *const names[] = {"JAVA_TOOL_OPTIONS=", "_JAVA_OPTIONS=", "JDK_JAVA_OPTIONS=", "CLASSPATH="};
    struct arguments kept = {.items = NULL};
    add(&kept, "");
    kept.count = 0;
    for (char **variable = environ; *variable != NULL; variable++) {
        bool wanted = true;
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            wanted &= strncmp(*variable, names[i], strlen(names[i])) != 0;
        if (wanted)
            add(&kept, *variable);
    }
    kept.items[kept.count] = NULL;
    return kept.items;
}

/* The launcher may have been started with signals blocked or ignored; a JVM needs its own. */
static void reset_signals(void)
{
    sigset_t none;
    sigemptyset(&none);
    for (int number = 1; number < NSIG; number++)
        signal(number, SIG_DFL);
    if (sigprocmask(SIG_SETMASK, &none, NULL) < 0)
        die("cannot reset the signal mask");
}

_Noreturn void java_execute(char *const *arguments, int plan)
{
    int version;
    const char *java = java_find(&version);
    struct arguments command = {.items = NULL};
    add(&command, java);
    add_options(&command, version, plan);
    for (; *arguments != NULL; arguments++)
        add(&command, *arguments);
    reset_signals();
    execve(java, command.items, environment_for_java());
    die("cannot start Java (`%s`)", java);
}

/* The compiler's output is not the command's: what it prints goes where messages go. */
static _Noreturn void become_compiler(char *const *arguments, int plan, pid_t launcher)
{
    if (sys_prctl(PR_SET_PDEATHSIG, SIGKILL, 0) < 0)
        die("cannot ask to die with the launcher");
    if (getppid() != launcher)
        _exit(EXIT_NOTHING_RAN);
    if (dup2(STDERR_FILENO, STDOUT_FILENO) < 0 || fcntl(plan, F_SETFD, 0) < 0)
        die("cannot prepare the descriptors of Java");
    java_execute(arguments, plan);
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

int java_compile(char *const *arguments)
{
    pid_t launcher = getpid();
    int plan = (int)syscall(SYS_memfd_create, "hexe-policy-plan", 1U /* MFD_CLOEXEC */);
    if (plan < 0)
        die("cannot make a file for the plan");
    signals_expect_children();
    pid_t child = sys_clone(SIGCHLD);
    if (child < 0)
        die("cannot start the compiler");
    if (child == 0)
        become_compiler(arguments, plan, launcher);
    int status = wait_for(child);
    if (WIFSIGNALED(status))
        refuse("the compiler was killed by signal %d", WTERMSIG(status));
    if (WEXITSTATUS(status) != 0)
        _exit(EXIT_NOTHING_RAN);
    return plan;
}
