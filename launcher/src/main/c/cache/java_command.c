#include "java_command.h"

#include <stdlib.h>
#include <string.h>

#include "cache_directory.h"
#include "dependencies.h"
#include "kernel.h"
#include "messages.h"
#include "process.h"
#include "self.h"
#include "text.h"

void arguments_add(struct arguments *arguments, const char *text)
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
        arguments_add(arguments, text_of("-Dhexe.cache=%s", directory));
    else
        arguments_add(arguments, text_of("-Dhexe.cache.problem=%s", problem));
}

bool java_is_debugging(void)
{
    const char *value = getenv("HEXE_DEBUG");
    return value != NULL && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}

/* A JVM that cannot go on says so in its own terms and leaves a file in the working directory; the launcher has a sentence. */
static void add_silence(struct arguments *arguments)
{
    arguments_add(arguments, "-XX:-CreateCoredumpOnCrash");
    arguments_add(arguments, "-XX:-PrintWarnings"); /* as that a kernel has no huge pages, on 17 */
    if (java_is_debugging())
        return;
    arguments_add(arguments, "-XX:+SuppressFatalErrorMessage");
    arguments_add(arguments, "-XX:-DisplayVMOutput");
}

/* The archive of classes fits one JDK, these options and this way to name the class path; see cli/src/main/dist/assemble. */
void java_add_options(struct arguments *arguments, const char *java, int version, int plan, const char *compiled_for)
{
    const char *directory = self_library();
    char *archive = text_of("%s/hexe-policy-%d.jsa", directory, version);
    arguments_add(arguments, "-XX:TieredStopAtLevel=1");
    arguments_add(arguments, "-XX:+UseG1GC"); /* the one collector with which JDK 17 takes objects from the archive */
    arguments_add(arguments, "-XX:ParallelGCThreads=1");
    arguments_add(arguments, "-XX:+UseTransparentHugePages"); /* a heap that is full in one run costs a fault each 4 kB without */
    arguments_add(arguments, "-XX:+UnlockDiagnosticVMOptions");
    arguments_add(arguments, "-XX:ArchiveRelocationMode=0"); /* at the address it was made for: no pointer has to be changed */
    arguments_add(arguments, "-XX:Tier3InvocationThreshold=2000"); /* compile less: what is run some hundred times is done then */
    arguments_add(arguments, "-XX:Tier3MinInvocationThreshold=1000");
    arguments_add(arguments, "-XX:Tier3CompileThreshold=8000");
    arguments_add(arguments, "-XX:-UsePerfData");
    arguments_add(arguments, "-XX:-MaxFDLimit");
    arguments_add(arguments, "-Xmn40m"); /* all that a run allocates: to collect garbage takes longer than to leave it */
    arguments_add(arguments, "-Xmx192m"); /* bounds of what is reserved: a JVM's own follow the machine's memory, not `ulimit -v` */
    arguments_add(arguments, "-XX:CompressedClassSpaceSize=48m");
    arguments_add(arguments, "-XX:ReservedCodeCacheSize=24m");
    add_silence(arguments);
    arguments_add(arguments, "-Xshare:auto");
    if (access(archive, R_OK) == 0)
        arguments_add(arguments, text_of("-XX:SharedArchiveFile=%s", archive));
    arguments_add(arguments, "-Xlog:disable");
    arguments_add(arguments, "-Xlog:all=error:stderr");
    arguments_add(arguments, "-Xlog:cds=off:stderr"); /* an archive of another JDK is not an error: it is not used */
    arguments_add(arguments, "-Duser.language=en"); /* the one locale whose digits the JDK knows without looking them up */
    arguments_add(arguments, "-Duser.country=US");
    arguments_add(arguments, "-Djnr.ffi.asm.enabled=false");
    arguments_add(arguments, text_of("-Djffi.boot.library.path=%s/native", directory));
    arguments_add(arguments, text_of("-Dhexe.filters=%s/filters", directory));
    arguments_add(arguments, text_of("-Dhexe.launcher=%s", self_known_path()));
    arguments_add(arguments, text_of("-Dhexe.java=%s", java));
    arguments_add(arguments, text_of("-Dhexe.caller=%s", java_caller()));
    add_cache(arguments);
    if (plan >= 0)
        arguments_add(arguments, text_of("-Dhexe.plan=/proc/self/fd/%d", plan));
    if (compiled_for != NULL)
        arguments_add(arguments, text_of("-Dhexe.command=%s", compiled_for));
    arguments_add(arguments, "-jar");
    arguments_add(arguments, text_of("%s/hexe-policy.jar", directory));
}

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

char **java_environment(bool starts_again)
{
    struct arguments kept = {.items = NULL};
    arguments_add(&kept, "");
    kept.count = 0;
    for (char **variable = environ; *variable != NULL; variable++) {
        if (is_for_java(*variable))
            arguments_add(&kept, *variable);
        else if (starts_again)
            arguments_add(&kept, text_of("_HEXE_SAVED_%s", *variable));
    }
    arguments_add(&kept, "LC_ALL=C.UTF-8"); /* in the plain C locale Java cannot name files outside ASCII */
    const char *arenas = getenv("MALLOC_ARENA_MAX");
    if (arenas == NULL)
        arguments_add(&kept, "MALLOC_ARENA_MAX=1"); /* each thread's own would reserve 64 MiB */
    else if (starts_again)
        arguments_add(&kept, text_of("_HEXE_SAVED_MALLOC_ARENA_MAX=%s", arenas));
    kept.items[kept.count] = NULL;
    return kept.items;
}
