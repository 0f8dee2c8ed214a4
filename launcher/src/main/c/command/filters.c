/* Filters of system calls that somebody else has compiled. They are read while the host's files can be seen, and installed last. */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdlib.h>

#include "actions.h"
#include "caller_limits.h"
#include "inherited.h"
#include "kernel.h"
#include "messages.h"
#include "processor.h"
#include "run.h"

enum { MOST_FILTERS = 16, LONGEST = BPF_MAXINSNS * sizeof(struct sock_filter) };

/* A plan may be tried twice, and a pipe can be read once. */
static struct {
    struct sock_filter *program;
    size_t length;
    int descriptor; /* -1: it came from a file */
} filters[MOST_FILTERS];
static unsigned count;

static size_t read_all(int from, char *bytes, const char *name)
{
    size_t length = 0;
    while (length < LONGEST + 1) {
        ssize_t got = read(from, bytes + length, LONGEST + 1 - length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            die("cannot read the filter of system calls in %s", name);
        if (got == 0)
            break;
        length += (size_t)got;
    }
    return length;
}

static void read_filter(int from, int descriptor, const char *name)
{
    char *bytes = malloc(LONGEST + 1);
    if (bytes == NULL)
        die("cannot allocate memory for a filter of system calls");
    size_t length = read_all(from, bytes, name);
    if (length == 0 || length > LONGEST || length % sizeof(struct sock_filter) != 0)
        refuse_with_help("it is an array of `struct sock_filter`, as seccomp_export_bpf(3) writes it; at most 4096 of them",
                         "%s holds no filter of system calls", name);
    if (count == MOST_FILTERS)
        refuse("there are more than %d filters of system calls", MOST_FILTERS);
    filters[count].program = (struct sock_filter *)(void *)bytes;
    filters[count].length = length / sizeof(struct sock_filter);
    filters[count++].descriptor = descriptor;
}

void do_filter_file(struct run *run, const struct operand *operands)
{
    (void)run;
    const char *path = operands[0].data;
    int file = openat(AT_FDCWD, path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (file < 0)
        die("cannot open the filter of system calls `%s`", path);
    read_filter(file, -1, path);
    close(file);
}

void do_filter_descriptor(struct run *run, const struct operand *operands)
{
    (void)run;
    for (unsigned i = 0; i < count; i++) {
        if (filters[i].descriptor >= 0 && (uint64_t)filters[i].descriptor == operands[0].number)
            return;
    }
    int descriptor = inherited_take(operands[0].number, INHERITED_ABOVE_STANDARD, "filter of system calls");
    read_filter(descriptor, descriptor, "the descriptor given");
}

void do_install_filters(struct run *run, const struct operand *operands)
{
    (void)run;
    (void)operands;
    processor_leave();
    caller_limits_restore();
    for (unsigned i = 0; i < count; i++) {
        struct sock_fprog program = {.len = (unsigned short)filters[i].length, .filter = filters[i].program};
        if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0UL, &program) < 0)
            die("cannot install the filter of system calls that was given");
    }
}
