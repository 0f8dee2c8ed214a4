#include "open_files.h"

#include <stdbool.h>
#include <sys/resource.h>

#include "closing.h"
#include "kernel.h"
#include "messages.h"

enum { ENOUGH = 512 /* what waits to be closed, and as many more */ };

static struct rlimit of_caller; /* the C libraries differ in the type of the resource */
static bool raised;

void open_files_raise(void)
{
    if (syscall(SYS_prlimit64, 0UL, RLIMIT_NOFILE, NULL, &of_caller) < 0)
        die("cannot read the limit on open files");
    close_may_wait(of_caller.rlim_max >= ENOUGH);
    if (of_caller.rlim_cur >= ENOUGH || of_caller.rlim_cur == of_caller.rlim_max)
        return;
    struct rlimit more = {
        .rlim_cur = of_caller.rlim_max < ENOUGH ? of_caller.rlim_max : ENOUGH,
        .rlim_max = of_caller.rlim_max,
    };
    raised = syscall(SYS_prlimit64, 0UL, RLIMIT_NOFILE, &more, NULL) == 0;
    if (!raised)
        close_may_wait(false);
}

void open_files_restore(void)
{
    if (!raised)
        return;
    close_may_wait(false);
    if (syscall(SYS_prlimit64, 0UL, RLIMIT_NOFILE, &of_caller, NULL) < 0)
        die("cannot give back the limit on open files");
    raised = false;
}
