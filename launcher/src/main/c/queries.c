/* Questions to the kernel that a probe asks without changing anything. */
#include <errno.h>
#include <signal.h>

#include "actions.h"
#include "kernel.h"
#include "messages.h"
#include "run.h"

void do_landlock_query(struct run *run, const struct operand *operands)
{
    run->value = syscall(SYS_landlock_create_ruleset, NULL, 0UL, operands[0].number);
    if (run->value < 0)
        die("cannot ask for Landlock's version");
}

/* A call with too small a structure is refused with EINVAL, which only a kernel that knows the call does. */
void do_clone3_query(struct run *run, const struct operand *operands)
{
    (void)operands;
    if (syscall(SYS_clone3, NULL, 0UL) >= 0 || errno != EINVAL)
        die("clone3 does not exist");
    run->value = 1;
}

/* Unknown flags give EINVAL. move_mount asks for CAP_SYS_ADMIN first, and then gives EPERM. */
void do_mount_api_query(struct run *run, const struct operand *operands)
{
    (void)operands;
    if (syscall(SYS_open_tree, -1, "", ~0U) >= 0 || errno != EINVAL)
        die("open_tree does not exist");
    if (sys_mount_setattr(-1, 0, NULL, 0) >= 0 || errno != EINVAL)
        die("mount_setattr does not exist");
    if (syscall(SYS_move_mount, -1, "", -1, "", ~0U) >= 0 || (errno != EINVAL && errno != EPERM))
        die("move_mount does not exist");
    run->value = 1;
}

/* The rlimit on processes must be in force: one that did not count, or did not bind this user, would be none. */
void do_process_limit_query(struct run *run, const struct operand *operands)
{
    (void)operands;
    pid_t child = sys_clone(SIGCHLD);
    if (child == 0)
        _exit(0);
    if (child > 0 || errno != EAGAIN) {
        errno = child > 0 ? ERANGE : errno;
        die("the limit on processes does not hold");
    }
    run->value = 1;
}
