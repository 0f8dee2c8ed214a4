/* Groups, limits, capabilities, and what else a command must not inherit. */
#include <errno.h>
#include <sys/resource.h>

#include "actions.h"
#include "caller_limits.h"
#include "closing.h"
#include "kernel.h"
#include "messages.h"
#include "process.h"
#include "processor.h"
#include "run.h"

void do_clear_groups(struct run *run, const struct operand *operands)
{
    (void)run;
    (void)operands;
    if (syscall(SYS_setgroups, 0UL, NULL) < 0)
        die("cannot drop the supplementary groups");
}

static uint64_t lower(uint64_t one, uint64_t other)
{
    return one < other ? one : other;
}

/* The plan's limit takes the place of ours. */
static void set_aside_ours(uint64_t resource)
{
    if (!caller_limits_have(resource))
        return;
    if (resource == RLIMIT_NOFILE)
        close_may_wait(false);
    caller_limits_restore();
}

/* Limits of the caller's that are lower hold already; nobody but a privileged process could raise them. */
void do_rlimit(struct run *run, const struct operand *operands)
{
    struct rlimit limit, wanted = {.rlim_cur = operands[1].number, .rlim_max = operands[2].number};
    (void)run;
    set_aside_ours(operands[0].number);
    if (syscall(SYS_prlimit64, 0UL, operands[0].number, NULL, &limit) < 0)
        die("cannot set resource limit %llu", (unsigned long long)operands[0].number);
    limit.rlim_max = lower(limit.rlim_max, wanted.rlim_max);
    limit.rlim_cur = lower(limit.rlim_max, wanted.rlim_cur);
    if (syscall(SYS_prlimit64, 0UL, operands[0].number, &limit, NULL) < 0)
        die("cannot set resource limit %llu", (unsigned long long)operands[0].number);
}

void do_command_limit(struct run *run, const struct operand *operands)
{
    uint64_t wanted = operands[2].number;
    struct rlimit limit;
    (void)run;
    set_aside_ours(operands[0].number);
    if (syscall(SYS_prlimit64, 0UL, operands[0].number, NULL, &limit) < 0)
        die("cannot read the limit on %s", operands[1].data);
    if (wanted > limit.rlim_max)
        say("warning: %s stays at %llu, the hard limit of who has started this", operands[1].data,
            (unsigned long long)limit.rlim_max);
    limit.rlim_cur = limit.rlim_max = lower(limit.rlim_max, wanted);
    if (syscall(SYS_prlimit64, 0UL, operands[0].number, &limit, NULL) < 0)
        die("cannot limit %s", operands[1].data);
}

/* Without CAP_SETPCAP the bounding set stays as it is; with no_new_privs it bounds nothing any more. */
#define BOUNDING_MAY_STAY 1

struct capability_sets {
    struct __user_cap_header_struct header;
    struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];
};

static bool has(const struct capability_sets *sets, unsigned capability)
{
    return (sets->data[CAP_TO_INDEX(capability)].effective & CAP_TO_MASK(capability)) != 0;
}

static bool keeps(uint64_t keep, unsigned capability)
{
    return capability < 64 && (keep >> capability & 1) != 0;
}

static void drop_bounding(uint64_t keep)
{
    for (unsigned capability = 0; capability < 64; capability++) {
        if (keeps(keep, capability) || sys_prctl(PR_CAPBSET_DROP, capability, 0) == 0)
            continue;
        if (errno == EINVAL)
            return; /* behind the kernel's last one */
        die("cannot drop capability %u from the bounding set", capability);
    }
}

static void drop_ambient(uint64_t keep)
{
    if (keep == 0) {
        if (sys_prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0) < 0)
            die("cannot clear the ambient capabilities");
        return;
    }
    for (unsigned capability = 0; capability < 64; capability++) {
        if (!keeps(keep, capability) && sys_prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_LOWER, capability) < 0) {
            if (errno == EINVAL)
                return;
            die("cannot drop ambient capability %u", capability);
        }
    }
}

void do_drop_capabilities(struct run *run, const struct operand *operands)
{
    uint64_t keep = operands[0].number;
    bool may_stay = (operands[1].number & BOUNDING_MAY_STAY) != 0;
    (void)run;
    struct capability_sets sets = {.header = {.version = _LINUX_CAPABILITY_VERSION_3}};
    if (syscall(SYS_capget, &sets.header, sets.data) < 0)
        die("cannot read the capabilities");
    if (has(&sets, CAP_SETPCAP) || !may_stay)
        drop_bounding(keep);
    drop_ambient(keep);
    for (unsigned i = 0; i < _LINUX_CAPABILITY_U32S_3; i++) {
        uint32_t mask = (uint32_t)(keep >> (32 * i));
        sets.data[i].effective &= mask;
        sets.data[i].permitted &= mask;
        sets.data[i].inheritable &= mask;
    }
    if (syscall(SYS_capset, &sets.header, sets.data) < 0)
        die("cannot drop the capabilities");
}

/* Only ambient ones are still there when a user other than root has executed a program. */
void do_keep_capabilities(struct run *run, const struct operand *operands)
{
    struct capability_sets sets = {.header = {.version = _LINUX_CAPABILITY_VERSION_3}};
    (void)run;
    if (syscall(SYS_capget, &sets.header, sets.data) < 0)
        die("cannot read the capabilities");
    for (unsigned i = 0; i < _LINUX_CAPABILITY_U32S_3; i++)
        sets.data[i].inheritable |= sets.data[i].permitted & (uint32_t)(operands[0].number >> (32 * i));
    if (syscall(SYS_capset, &sets.header, sets.data) < 0)
        die("cannot make the capabilities inheritable");
    for (unsigned capability = 0; capability < 64; capability++) {
        if (!keeps(operands[0].number, capability))
            continue;
        if ((sets.data[CAP_TO_INDEX(capability)].permitted & CAP_TO_MASK(capability)) == 0)
            say("warning: capability %u is not kept: who has started this does not have it", capability);
        else if (sys_prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability) < 0)
            die("cannot keep capability %u", capability);
    }
}

void do_no_new_privileges(struct run *run, const struct operand *operands)
{
    (void)run;
    (void)operands;
    if (sys_prctl(PR_SET_NO_NEW_PRIVS, 1, 0) < 0)
        die("cannot set no_new_privs");
}

void do_new_session(struct run *run, const struct operand *operands)
{
    (void)run;
    (void)operands;
    if (setsid() < 0)
        die("cannot start a new session");
}

void do_seccomp_filter(struct run *run, const struct operand *operands)
{
    const size_t size = sizeof(struct sock_filter);
    struct sock_fprog program = {
        .len = (unsigned short)(operands[0].length / size),
        .filter = (struct sock_filter *)(uintptr_t)operands[0].data,
    };
    if (operands[0].length % size != 0 || operands[0].length / size > BPF_MAXINSNS)
        refuse("the seccomp filter is not an array of instructions");
    /* Done now, because umask(2) cannot fail: one that the filter forbids would go unnoticed. */
    process_restore_mask();
    processor_leave();
    caller_limits_restore();
    if (observe_install_filter(run, operands[1].number, &program))
        return;
    if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, operands[1].number, &program) < 0)
        die("cannot install the seccomp filter");
}
