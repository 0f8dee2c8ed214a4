#include "caller_limits.h"

#include <signal.h>
#include <stddef.h>
#include <sys/resource.h>

#include "closing.h"
#include "kernel.h"
#include "messages.h"

#define MEBIBYTE (1024ULL * 1024)

enum { ENOUGH_FILES = 512 /* what waits to be closed, and as many more */ };

/* The C libraries differ in the type of the resource. */
static struct limit {
    int resource;
    const char *name;
    uint64_t enough;
    struct rlimit of_caller;
    bool raised;
} limits[] = {
    {.resource = RLIMIT_NOFILE, .name = "open files", .enough = ENOUGH_FILES},
    {.resource = RLIMIT_FSIZE, .name = "the size of files", .enough = 64 * MEBIBYTE},
};

static struct sigaction at_too_large; /* the caller's, while it is set aside */
static bool sets_aside;

bool caller_limits_have(uint64_t resource)
{
    return resource == RLIMIT_NOFILE || resource == RLIMIT_FSIZE;
}

static void raise_limit(struct limit *limit)
{
    if (syscall(SYS_prlimit64, 0UL, limit->resource, NULL, &limit->of_caller) < 0)
        die("cannot read the limit on %s", limit->name);
    const struct rlimit *caller = &limit->of_caller;
    if (caller->rlim_cur >= limit->enough || caller->rlim_cur == caller->rlim_max)
        return;
    struct rlimit more = {
        .rlim_cur = caller->rlim_max < limit->enough ? caller->rlim_max : limit->enough,
        .rlim_max = caller->rlim_max,
    };
    limit->raised = syscall(SYS_prlimit64, 0UL, limit->resource, &more, NULL) == 0;
}

/* A file that would be too large ends a process by a signal, without a word; without the signal the write fails, and that is told. */
static void set_signal_aside(const struct limit *sizes)
{
    static const struct sigaction ignore = {.sa_handler = SIG_IGN};
    if (sizes->of_caller.rlim_max >= sizes->enough)
        return;
    sets_aside = sigaction(SIGXFSZ, &ignore, &at_too_large) == 0;
}

void caller_limits_raise(void)
{
    struct limit *files = &limits[0], *sizes = &limits[1];
    raise_limit(files);
    raise_limit(sizes);
    set_signal_aside(sizes);
    bool lower = files->of_caller.rlim_cur < files->enough && files->of_caller.rlim_cur != files->of_caller.rlim_max;
    close_may_wait(files->of_caller.rlim_max >= files->enough && (files->raised || !lower));
}

static void restore(struct limit *limit)
{
    if (!limit->raised)
        return;
    if (limit->resource == RLIMIT_NOFILE)
        close_may_wait(false);
    if (syscall(SYS_prlimit64, 0UL, limit->resource, &limit->of_caller, NULL) < 0)
        die("cannot give back the limit on %s", limit->name);
    limit->raised = false;
}

void caller_limits_restore(void)
{
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        restore(&limits[i]);
    if (sets_aside && sigaction(SIGXFSZ, &at_too_large, NULL) < 0)
        die("cannot give back what a signal does");
    sets_aside = false;
}
