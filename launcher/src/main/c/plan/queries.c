/* Questions to the kernel that a probe asks without changing anything. */
#include <errno.h>
#include <signal.h>
#include <sys/wait.h>

#include "actions.h"
#include "kernel.h"
#include "messages.h"
#include "run.h"

/* One question is answered; the plan goes on with the next. */
void do_probed(struct run *run, const struct operand *operands)
{
    (void)operands;
    messages_report(REPORT_PART, run->value);
}

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

static pid_t one_more(void)
{
    pid_t child = sys_clone(SIGCHLD);
    if (child != 0)
        return child;
    sys_prctl(PR_SET_PDEATHSIG, SIGKILL, 0);
    for (;;)
        pause();
}

static void finish(pid_t child)
{
    if (child > 0 && kill(child, SIGKILL) == 0)
        waitpid(child, NULL, 0);
}

/*
 * The rlimit on processes must be in force, for this namespace: one that did not bind this user would be none, and one that
 * counts the user's processes elsewhere would leave nothing. So, under a limit of two, there can be a second process and no third.
 */
void do_process_limit_query(struct run *run, const struct operand *operands)
{
    (void)operands;
    pid_t second = one_more(), third = second > 0 ? one_more() : -1;
    int error = third > 0 ? ERANGE : errno;
    finish(second);
    finish(third);
    errno = error;
    if (second < 0)
        die("the limit on processes counts others, too");
    if (error != EAGAIN)
        die("the limit on processes does not hold");
    run->value = 1;
}
