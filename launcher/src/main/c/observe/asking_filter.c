/*
 * The plan's filters as one whose denials are seen. Only one listener can be had, and of two filters the one that denies
 * is asked before the one that notifies: so programs wait for the last of them, and what one allows the next decides.
 */
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <string.h>
#include <sys/syscall.h>

#include "kernel.h"
#include "messages.h"
#include "observe.h"
#include "opcodes.h"
#include "run.h"

static struct {
    struct sock_filter program[BPF_MAXINSNS];
    unsigned length, programs;
} waiting;

static unsigned filters_of(const struct run *run)
{
    struct plan_cursor cursor = plan_start(run->plan);
    struct record record;
    unsigned count = 0;
    while (plan_find(&cursor, OP_SECCOMP_FILTER, &record))
        count += record.operands[1].number == 0 ? 1U : 0U;
    return count;
}

static bool is_return(const struct sock_filter *at)
{
    return BPF_CLASS(at->code) == BPF_RET;
}

/* Whether it fits behind the others; room is left for the end. What it allows goes on behind it. */
static bool append(const struct sock_fprog *program)
{
    if (waiting.length + program->len >= BPF_MAXINSNS)
        return false;
    struct sock_filter *copy = waiting.program + waiting.length;
    memcpy(copy, program->filter, program->len * sizeof *copy);
    for (unsigned i = 0; i < program->len; i++) {
        if (is_return(&copy[i]) && BPF_RVAL(copy[i].code) != BPF_K)
            return false;
        if (is_return(&copy[i]) && copy[i].k == SECCOMP_RET_ALLOW)
            copy[i] = (struct sock_filter){.code = BPF_JMP | BPF_JA, .k = program->len - i - 1U};
    }
    waiting.length += program->len;
    waiting.programs++;
    return true;
}

static bool install(unsigned long flags, const struct sock_fprog *program)
{
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, program) >= 0;
}

/* The waiting program with each denial made a question, or none. ERRNO with 0 is a success that does nothing. */
static bool ask(struct sock_filter *program, unsigned length)
{
    bool asks = false;
    memcpy(program, waiting.program, length * sizeof *program);
    for (unsigned i = 0; i < length; i++) {
        bool denies = is_return(&program[i]) && (program[i].k & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_ERRNO;
        if (denies && (program[i].k & SECCOMP_RET_DATA) != 0) {
            program[i].k = SECCOMP_RET_USER_NOTIF | (program[i].k & SECCOMP_RET_DATA);
            asks = true;
        }
    }
    return asks;
}

/* Where another program holds a listener, the filter stays as it is. */
static void install_waiting(void)
{
    static struct sock_filter questions[BPF_MAXINSNS];
    struct sock_fprog plain = {.len = (unsigned short)(waiting.length + 1), .filter = waiting.program};
    struct sock_fprog asking = {.len = plain.len, .filter = questions};
    waiting.program[waiting.length] = (struct sock_filter){.code = BPF_RET | BPF_K, .k = SECCOMP_RET_ALLOW};
    if (ask(questions, plain.len) && install(SECCOMP_FILTER_FLAG_NEW_LISTENER, &asking))
        return;
    if (!install(0, &plain))
        die("cannot install the seccomp filter");
}

/* Whether it is taken care of: installed, or one of those that are when the last has come. */
bool observe_install_filter(struct run *run, uint64_t flags, const struct sock_fprog *program)
{
    if (!run->channels.observed || flags != 0)
        return false;
    bool fits = append(program);
    if (fits && waiting.programs < filters_of(run))
        return true;
    run->channels.observed = false;
    if (waiting.programs > 0)
        install_waiting();
    return fits;
}
