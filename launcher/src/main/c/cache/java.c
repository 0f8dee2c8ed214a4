#include "java.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "cache_directory.h"
#include "dependencies.h"
#include "java_limits.h"
#include "kernel.h"
#include "messages.h"
#include "process.h"
#include "processor.h"
#include "self.h"
#include "signals.h"
#include "text.h"
#include "working_directory.h"

/* The first word of the command that a plan is compiled for. */
static const char *compiled_for;

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

static uint64_t effective_capabilities(void)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];
    if (syscall(SYS_capget, &header, data) < 0)
        die("cannot read the capabilities");
    return data[0].effective | (uint64_t)data[1].effective << 32;
}

/* Real and effective ids, capabilities, groups. */
const char *java_caller(void)
{
    static gid_t groups[65536];
    static struct text caller;
    if (caller.length > 0)
        return caller.bytes;
    int count = getgroups(sizeof groups / sizeof *groups, groups);
    if (count < 0)
        die("cannot read the supplementary groups");
    const struct caller_ids *ids = process_caller_ids();
    text_add(&caller, "%u:%u:%u:%u:%llx:", ids->user, ids->effective_user, ids->group, ids->effective_group,
             (unsigned long long)effective_capabilities());
    for (int i = 0; i < count; i++)
        text_add(&caller, "%s%u", i > 0 ? "," : "", groups[i]);
    return caller.bytes;
}

/* Where plans are kept, or why none are. */
static void add_cache(struct arguments *arguments)
{
    const char *problem;
    const char *directory = cache_directory(true, &problem);
    if (directory != NULL)
        add(arguments, text_of("-Dhexe.cache=%s", directory));
    else
        add(arguments, text_of("-Dhexe.cache.problem=%s", problem));
}

static bool is_debugging(void)
{
    const char *value = getenv("HEXE_DEBUG");
    return value != NULL && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}

/* A JVM that cannot go on says so in its own terms and leaves a file in the working directory; the launcher has a sentence. */
static void add_silence(struct arguments *arguments)
{
    add(arguments, "-XX:-CreateCoredumpOnCrash");
    add(arguments, "-XX:-PrintWarnings"); /* as that a kernel has no huge pages, on 17 */
    if (is_debugging())
        return;
    add(arguments, "-XX:+SuppressFatalErrorMessage");
    add(arguments, "-XX:-DisplayVMOutput");
}

/* The archive of classes fits one JDK, these options and this way to name the class path; see cli/src/main/dist/assemble. */
static void add_options(struct arguments *arguments, const char *java, int version, int plan)
{
    const char *directory = self_library();
    char *archive = text_of("%s/hexe-policy-%d.jsa", directory, version);
    add(arguments, "-XX:TieredStopAtLevel=1");
    add(arguments, "-XX:+UseG1GC"); /* the one collector with which JDK 17 takes objects from the archive */
    add(arguments, "-XX:ParallelGCThreads=1");
    add(arguments, "-XX:+UseTransparentHugePages"); /* a heap that is full in one run costs a fault each 4 kB without */
    add(arguments, "-XX:+UnlockDiagnosticVMOptions");
    add(arguments, "-XX:ArchiveRelocationMode=0"); /* at the address it was made for: no pointer has to be changed */
    add(arguments, "-XX:Tier3InvocationThreshold=2000"); /* compile less: what is run some hundred times is done then */
    add(arguments, "-XX:Tier3MinInvocationThreshold=1000");
    add(arguments, "-XX:Tier3CompileThreshold=8000");
    add(arguments, "-XX:-UsePerfData");
    add(arguments, "-XX:-MaxFDLimit");
    add(arguments, "-Xmn40m"); /* all that a run allocates: to collect garbage takes longer than to leave it */
    add(arguments, "-Xmx192m"); /* bounds of what is reserved: a JVM's own follow the machine's memory, not `ulimit -v` */
    add(arguments, "-XX:CompressedClassSpaceSize=48m");
    add(arguments, "-XX:ReservedCodeCacheSize=24m");
    add_silence(arguments);
    add(arguments, "-Xshare:auto");
    if (access(archive, R_OK) == 0)
        add(arguments, text_of("-XX:SharedArchiveFile=%s", archive));
    add(arguments, "-Xlog:disable");
    add(arguments, "-Xlog:all=error:stderr");
    add(arguments, "-Xlog:cds=off:stderr"); /* an archive of another JDK is not an error: it is not used */
    add(arguments, "-Duser.language=en"); /* the one locale whose digits the JDK knows without looking them up */
    add(arguments, "-Duser.country=US");
    add(arguments, "-Djnr.ffi.asm.enabled=false");
    add(arguments, text_of("-Djffi.boot.library.path=%s/native", directory));
    add(arguments, text_of("-Dhexe.filters=%s/filters", directory));
    add(arguments, text_of("-Dhexe.launcher=%s", self_known_path()));
    add(arguments, text_of("-Dhexe.java=%s", java));
    add(arguments, text_of("-Dhexe.caller=%s", java_caller()));
    add_cache(arguments);
    if (plan >= 0)
        add(arguments, text_of("-Dhexe.plan=/proc/self/fd/%d", plan));
    if (compiled_for != NULL)
        add(arguments, text_of("-Dhexe.command=%s", compiled_for));
    add(arguments, "-jar");
    add(arguments, text_of("%s/hexe-policy.jar", directory));
}

/* A JVM would say so itself, but not where the launcher belongs. */
static void require_library(void)
{
    if (access(text_of("%s/hexe-policy.jar", self_library()), R_OK) < 0)
        die_with_help("the launcher belongs into `bin` of the distribution, beside `lib`", "cannot read `%s/%s`",
                      self_library(), "hexe-policy.jar");
}

/* `learn` starts the launcher again, for the command, and needs what the JVM is spared. */
static bool starts_again;

static bool begins_with_one_of(const char *variable, const char *const *names)
{
    for (; *names != NULL; names++) {
        if (strncmp(variable, *names, strlen(*names)) == 0)
            return true;
    }
    return false;
}

/*
 * Variables that would add options to ours, or change how files are named; and, where a site has rules, those that would
 * put other code into the process that reads them. Only the JVM loses them; the command's environment is what it was.
 */
static bool is_for_java(const char *variable)
{
    static const char *const options[] = {"JAVA_TOOL_OPTIONS=", "_JAVA_OPTIONS=", "JDK_JAVA_OPTIONS=", "JDK_AOT_VM_OPTIONS=",
                                          "OPENJ9_JAVA_OPTIONS=", "IBM_JAVA_OPTIONS=", "CLASSPATH=", "LC_ALL=", NULL};
    static const char *const code[] = {"LD_", "GCONV_PATH=", "LOCPATH=", NULL};
    return !begins_with_one_of(variable, options) && !(begins_with_one_of(variable, code) && dependencies_site_has_rules());
}

static char **environment_for_java(void)
{
    struct arguments kept = {.items = NULL};
    add(&kept, "");
    kept.count = 0;
    for (char **variable = environ; *variable != NULL; variable++) {
        if (is_for_java(*variable))
            add(&kept, *variable);
        else if (starts_again)
            add(&kept, text_of("_HEXE_SAVED_%s", *variable));
    }
    add(&kept, "LC_ALL=C.UTF-8"); /* in the plain C locale Java cannot name files outside ASCII */
    const char *arenas = getenv("MALLOC_ARENA_MAX");
    if (arenas == NULL)
        add(&kept, "MALLOC_ARENA_MAX=1"); /* each thread's own would reserve 64 MiB */
    else if (starts_again)
        add(&kept, text_of("_HEXE_SAVED_MALLOC_ARENA_MAX=%s", arenas));
    kept.items[kept.count] = NULL;
    return kept.items;
}

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
    add(&command, java);
    add_options(&command, java, version, plan);
    for (; *arguments != NULL; arguments++)
        add(&command, *arguments);
    reset_signals();
    execve(java, command.items, environment_for_java());
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
    if (chosen || is_debugging())
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
    add(&arguments, "why");
    add(&arguments, text_of("--observed=/proc/self/fd/%d", records));
    if (file >= 0)
        add(&arguments, "--why=-");
    for (; *question != NULL; question++)
        add(&arguments, *question);
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
