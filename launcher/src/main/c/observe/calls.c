#include "calls.h"

#include <linux/audit.h>
#include <linux/capability.h>

#include "kernel.h"

#if defined(__x86_64__)
#define OUR_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OUR_ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#ifndef SYS_faccessat2
#define SYS_faccessat2 439
#endif
#ifndef SYS_fspick
#define SYS_fspick 433
#endif
#ifndef SYS_fchmodat2
#define SYS_fchmodat2 452
#endif
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif

static const struct call calls[] = {
#define CALL(name, want, directory, path, flags) {#name, SYS_##name, WANT_##want, directory, path, flags},
#include "calls.def"
#undef CALL
};

enum { CALLS = sizeof calls / sizeof *calls };

const struct call *call_find(uint64_t number)
{
    for (unsigned i = 0; i < CALLS; i++) {
        if (calls[i].number == number)
            return &calls[i];
    }
    return NULL;
}

const char *want_name(enum want want)
{
    static const char *const names[] = {
        [WANT_LOOK] = "look",         [WANT_LOOK_AT_LINK] = "look", [WANT_ACCESS] = "look",   [WANT_OPEN] = "read",
        [WANT_READ] = "read",         [WANT_WRITE] = "write",       [WANT_EXECUTE] = "execute", [WANT_CREATE] = "create",
        [WANT_REMOVE] = "remove",     [WANT_RENAME] = "rename",     [WANT_OWN] = "change",     [WANT_GIVE] = "change",    [WANT_CONNECT] = "connect",
        [WANT_BIND] = "bind",         [WANT_SEND] = "send",         [WANT_SIGNAL] = "signal", [WANT_PRIVILEGE] = "call",
        [WANT_IDENTITY] = "call",     [WANT_NAMESPACE] = "call",    [WANT_TRACE] = "trace",       [WANT_FILTER] = "filter",
        [WANT_SOCKET] = "call",
        [WANT_IPC] = "ipc",           [WANT_START] = "start",       [WANT_DESCRIPTOR] = "open",  [WANT_MEMORY] = "memory",
        [WANT_LIMIT] = "limit",       [WANT_GAIN] = "gain",
    };
    return names[want];
}

enum { MOST_INSTRUCTIONS = 8 + 8 * CALLS };

static struct sock_filter program[MOST_INSTRUCTIONS];
static unsigned length;

static void add(uint16_t code, uint32_t value, uint8_t if_so, uint8_t otherwise)
{
    program[length++] = (struct sock_filter){.code = code, .jt = if_so, .jf = otherwise, .k = value};
}

static void load(size_t offset)
{
    add(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0);
}

static size_t argument(unsigned index)
{
    return offsetof(struct seccomp_data, args) + index * sizeof(uint64_t);
}

/* Some do nothing that can be refused where an argument is NULL; pointers below 4 GiB are none that matter. */
static int decisive_pointer(const struct call *call)
{
    if (call->want == WANT_SEND)
        return 4; /* the address */
    return call->number == SYS_prlimit64 ? 2 : -1; /* the new limit */
}

/* The accumulator has the number again behind it, unless the filter has returned. */
static void add_call(const struct call *call)
{
    static const uint32_t stop = SECCOMP_RET_TRACE;
    bool by_descriptor = call->number == SYS_newfstatat || call->number == SYS_statx;
    if (by_descriptor) { /* fstat(3) is one of these on an empty path; what walks a tree looks at names that it has read there */
        add(BPF_JMP | BPF_JEQ | BPF_K, call->number, 0, 7);
        load(argument((unsigned)call->flags));
        add(BPF_JMP | BPF_JSET | BPF_K, AT_EMPTY_PATH, 3, 0);
        add(BPF_JMP | BPF_JSET | BPF_K, AT_SYMLINK_NOFOLLOW, 0, 3);
        load(argument((unsigned)call->directory));
        add(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)AT_FDCWD, 1, 0);
        add(BPF_RET | BPF_K, SECCOMP_RET_ALLOW, 0, 0);
        add(BPF_RET | BPF_K, stop, 0, 0);
    } else if (decisive_pointer(call) >= 0) {
        add(BPF_JMP | BPF_JEQ | BPF_K, call->number, 0, 4);
        load(argument((unsigned)decisive_pointer(call)));
        add(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 1);
        add(BPF_RET | BPF_K, SECCOMP_RET_ALLOW, 0, 0);
        add(BPF_RET | BPF_K, stop, 0, 0);
    } else {
        add(BPF_JMP | BPF_JEQ | BPF_K, call->number, 0, 1);
        add(BPF_RET | BPF_K, stop, 0, 0);
    }
}

static bool fails_at_limits_alone(const struct call *call)
{
    return call->want == WANT_DESCRIPTOR || call->want == WANT_MEMORY;
}

bool calls_install_filter(bool limited)
{
    length = 0;
    load(offsetof(struct seccomp_data, arch));
    add(BPF_JMP | BPF_JEQ | BPF_K, OUR_ARCHITECTURE, 1, 0);
    add(BPF_RET | BPF_K, SECCOMP_RET_ALLOW, 0, 0);
    load(offsetof(struct seccomp_data, nr));
    for (unsigned i = 0; i < CALLS; i++) {
        if (limited || !fails_at_limits_alone(&calls[i]))
            add_call(&calls[i]);
    }
    add(BPF_RET | BPF_K, SECCOMP_RET_ALLOW, 0, 0);
    struct sock_fprog filter = {.len = (unsigned short)length, .filter = program};
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0UL, &filter) == 0;
}

unsigned capability_of_call(unsigned number)
{
    switch (number) {
    case SYS_socket:
        return CAP_NET_RAW;
    case SYS_chroot:
        return CAP_SYS_CHROOT;
    case SYS_clock_settime:
    case SYS_settimeofday:
        return CAP_SYS_TIME;
    case SYS_syslog:
        return CAP_SYSLOG;
    case SYS_setpriority:
    case SYS_sched_setscheduler:
        return CAP_SYS_NICE;
    case SYS_setrlimit:
    case SYS_prlimit64:
        return CAP_SYS_RESOURCE;
    default: /* what is mounted, and the names of the machine */
        return CAP_SYS_ADMIN;
    }
}
