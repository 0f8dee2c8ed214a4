/*
 * A JVM that runs into a limit tells of its own insides, where it tells anything. So limits that are too low for it are
 * found before it is started: those with a number by that, the one on processes, which counts those of others, by trying.
 */
#include "java_limits.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kernel.h"
#include "messages.h"

#define MEBIBYTE (1024ULL * 1024)

enum { JAVA_THREADS = 24 };

/* As measured, and half as much again; see `add_options` for what bounds them. */
static const struct requirement {
    int resource;
    const char *name, *unit, *option;
    uint64_t unit_size, least;
} requirements[] = {
    {RLIMIT_NOFILE, "open files", "", "-n", 1, 64},
    {RLIMIT_AS, "address space", " MiB", "-v", MEBIBYTE, 900 * MEBIBYTE},
    {RLIMIT_DATA, "data", " MiB", "-d", MEBIBYTE, 450 * MEBIBYTE},
    {RLIMIT_FSIZE, "the size of files", " KiB", "-f", 1024, MEBIBYTE}, /* of the plan, and of what the compiler says */
    {RLIMIT_NPROC, "processes", "", "-u", 1, 0}, /* what is left of it is found by trying */
};

static void require(const struct requirement *requirement)
{
    struct rlimit limit; /* the C libraries differ in the type of the resource */
    if (syscall(SYS_prlimit64, 0UL, requirement->resource, NULL, &limit) < 0)
        die("cannot read the limits of this process");
    uint64_t there = limit.rlim_max;
    if (there < requirement->least)
        refuse_with_help("raise it, or run `hexe-policy compile` where there is more and `hexe-policy run` here, which takes no Java",
                         "the limit on %s (`ulimit %s`) is %llu%s, and the policy compiler takes %llu%s",
                         requirement->name, requirement->option,
                         (unsigned long long)(there / requirement->unit_size), requirement->unit,
                         (unsigned long long)(requirement->least / requirement->unit_size), requirement->unit);
    limit.rlim_cur = limit.rlim_max;
    if (syscall(SYS_prlimit64, 0UL, requirement->resource, &limit, NULL) < 0)
        die("cannot raise the limit on %s", requirement->name);
}

void java_raise_limits(void)
{
    for (size_t i = 0; i < sizeof requirements / sizeof *requirements; i++)
        require(&requirements[i]);
}

static void end_all(const pid_t *processes, int count)
{
    for (int i = 0; i < count; i++)
        kill(processes[i], SIGKILL);
    for (int i = 0; i < count; i++)
        waitpid(processes[i], NULL, 0);
}

void java_require_processes(void)
{
    pid_t processes[JAVA_THREADS];
    int count = 0;
    while (count < JAVA_THREADS && (processes[count] = sys_clone(SIGCHLD)) > 0)
        count++;
    if (count < JAVA_THREADS && processes[count] == 0)
        for (;;)
            pause();
    int error = errno;
    end_all(processes, count);
    errno = error;
    if (count < JAVA_THREADS)
        die_with_help("end some, or raise the limit (`ulimit -u`, or pids.max of the control group)",
                      "the policy compiler takes %d threads, and there can be only %d more", JAVA_THREADS, count);
}
