/* Acts on the kernel's rarer entries: calls that filters forget, and the two other ways to make a call on x86. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/bpf.h>
#include <linux/perf_event.h>

#include "acts.h"

static int result(long value)
{
    return value < 0 ? errno : 0;
}

static int opened(long file)
{
    int error = result(file);
    if (file >= 0)
        close((int)file);
    return error;
}

static int try_io_uring(char **arguments)
{
    char parameters[256];
    (void)arguments;
    memset(parameters, 0, sizeof parameters);
    return opened(syscall(SYS_io_uring_setup, 1, parameters));
}

/* The smallest map there is. */
static int try_bpf(char **arguments)
{
    union bpf_attr attributes;
    (void)arguments;
    memset(&attributes, 0, sizeof attributes);
    attributes.map_type = BPF_MAP_TYPE_ARRAY;
    attributes.key_size = 4;
    attributes.value_size = 4;
    attributes.max_entries = 1;
    return opened(syscall(SYS_bpf, BPF_MAP_CREATE, &attributes, sizeof attributes));
}

/* What the processor does for this process, in the kernel too. */
static int try_perf(char **arguments)
{
    struct perf_event_attr attributes;
    (void)arguments;
    memset(&attributes, 0, sizeof attributes);
    attributes.size = sizeof attributes;
    attributes.type = PERF_TYPE_SOFTWARE;
    attributes.config = PERF_COUNT_SW_CPU_CLOCK;
    return opened(syscall(SYS_perf_event_open, &attributes, 0, -1, -1, 0));
}

static int try_userfaultfd(char **arguments)
{
    (void)arguments;
    return opened(syscall(SYS_userfaultfd, O_CLOEXEC));
}

/* A file by its handle, which passes all directories by. */
static int try_open_by_handle(char **arguments)
{
    struct {
        struct file_handle head;
        unsigned char bytes[128];
    } handle;
    int mount_id, top = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
    handle.head.handle_bytes = sizeof handle.bytes;
    if (top < 0 || name_to_handle_at(AT_FDCWD, arguments[0], &handle.head, &mount_id, 0) < 0)
        return errno;
    int from = open(arguments[0], O_RDONLY | O_CLOEXEC);
    int error = opened(open_by_handle_at(from < 0 ? top : from, &handle.head, O_RDONLY | O_CLOEXEC));
    close(top);
    if (from >= 0)
        close(from);
    return error;
}

/* Mounts by the newer calls, which have no flags to filter. */
static int try_new_mount(char **arguments)
{
    (void)arguments;
    return opened(syscall(SYS_fsopen, "tmpfs", 0UL));
}

static int try_clone_tree(char **arguments)
{
    return opened(syscall(SYS_open_tree, AT_FDCWD, arguments[0], 1UL /* OPEN_TREE_CLONE */));
}

static int try_set_attributes(char **arguments)
{
    struct {
        unsigned long long set, clear, propagation, namespace;
    } writable = {.clear = 1 /* MOUNT_ATTR_RDONLY */};
    return result(syscall(442 /* mount_setattr */, AT_FDCWD, arguments[0], 0UL, &writable, sizeof writable));
}

/* A root below, with the working directory left outside: the way out of every chroot. */
static int try_leave_root(char **arguments)
{
    int status;
    pid_t child = fork();
    if (child < 0)
        return errno;
    if (child == 0) {
        if (chroot(arguments[0]) < 0)
            _exit(errno);
        for (int i = 0; i < 64; i++) {
            if (chdir("..") < 0)
                _exit(errno);
        }
        _exit(result(chroot(".")));
    }
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    return WIFEXITED(status) ? WEXITSTATUS(status) : EINTR;
}

/* By a descriptor of a directory that the caller left open. */
static int try_read_at(char **arguments)
{
    return opened(openat(atoi(arguments[0]), arguments[1], O_RDONLY | O_CLOEXEC));
}

static int in_child(long (*call)(char **), char **arguments)
{
    int status;
    pid_t child = fork();
    if (child < 0)
        return errno;
    if (child == 0) {
        long answer = call(arguments);
        _exit(answer < 0 && answer > -4096 ? (int)-answer & 255 : 0);
    }
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    return WIFEXITED(status) ? WEXITSTATUS(status) : EINTR;
}

/* A call of 32 bits from a program of 64. */
static long do_small_call(char **arguments)
{
#ifdef __x86_64__
    long answer;
    __asm__ volatile("int $0x80"
                     : "=a"(answer)
                     : "a"(atol(arguments[0])), "b"(atol(arguments[1])), "c"(0), "d"(0)
                     : "memory", "r8", "r9", "r10", "r11");
    return (int)answer;
#else
    (void)arguments;
    return -ENOSYS;
#endif
}

static int try_small_call(char **arguments)
{
    return in_child(do_small_call, arguments);
}

/* A call of the x32 table: the number has this bit. */
static long do_x32_call(char **arguments)
{
#ifdef __x86_64__
    return syscall(0x40000000 | atol(arguments[0]), atol(arguments[1]), 0, 0) < 0 ? -errno : 0;
#else
    (void)arguments;
    return -ENOSYS;
#endif
}

static int try_x32_call(char **arguments)
{
    return in_child(do_x32_call, arguments);
}

const struct act entry_acts[] = {
    {"io-uring", 0, try_io_uring},
    {"bpf", 0, try_bpf},
    {"perf", 0, try_perf},
    {"userfaultfd", 0, try_userfaultfd},
    {"open-by-handle", 1, try_open_by_handle},
    {"new-mount", 0, try_new_mount},
    {"clone-tree", 1, try_clone_tree},
    {"set-attributes", 1, try_set_attributes},
    {"leave-root", 1, try_leave_root},
    {"read-at", 2, try_read_at},
    {"small-call", 2, try_small_call},
    {"x32-call", 2, try_x32_call},
    {NULL, 0, NULL},
};
