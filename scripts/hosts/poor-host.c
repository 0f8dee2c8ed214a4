/*
 * poor-host OPTION… COMMAND…: runs a command as on a host that forbids or lacks something. The options take effect in the
 * order in which they stand, the system-call filters last.
 *
 *   --deny=CALL[,CALL…]:ERRNO  the calls fail with ERRNO
 *   --no-namespaces            no call makes a namespace: EPERM, and ENOSYS from clone3, as in most containers
 *   --hollow-userns            a user namespace can be entered and gives nothing: its id maps cannot be written, nothing can be
 *                              mounted and no name set, as where AppArmor restricts user namespaces (Ubuntu 24.04)
 *   --userns                   in a user namespace in which ids 0 to 65535 are those of the host (needs root)
 *   --sysctl=NAME=VALUE        writes below /proc/sys
 *   --user=UID:GID             as this user, without other groups
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#define NAMESPACES                                                                                                       \
    (CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWCGROUP)

#define COUNT(array) (sizeof(array) / sizeof *(array))

struct name {
    const char *name;
    unsigned number;
};

static const struct name calls[] = {
    {"clone3", SYS_clone3},
    {"close_range", SYS_close_range},
    {"chroot", SYS_chroot},
    {"fsconfig", SYS_fsconfig},
    {"fsmount", SYS_fsmount},
    {"fsopen", SYS_fsopen},
    {"fspick", SYS_fspick},
    {"landlock_add_rule", SYS_landlock_add_rule},
    {"landlock_create_ruleset", SYS_landlock_create_ruleset},
    {"landlock_restrict_self", SYS_landlock_restrict_self},
    {"mount", SYS_mount},
    {"mount_setattr", SYS_mount_setattr},
    {"move_mount", SYS_move_mount},
    {"open_tree", SYS_open_tree},
    {"open_tree_attr", 467}, /* Linux 6.15 */
    {"openat2", SYS_openat2},
    {"pidfd_open", SYS_pidfd_open},
    {"pidfd_send_signal", SYS_pidfd_send_signal},
    {"pivot_root", SYS_pivot_root},
    {"seccomp", SYS_seccomp},
    {"setdomainname", SYS_setdomainname},
    {"sethostname", SYS_sethostname},
    {"setns", SYS_setns},
    {"umount2", SYS_umount2},
    {"unshare", SYS_unshare},
};

static const struct name errors[] = {
    {"EACCES", EACCES}, {"EINVAL", EINVAL}, {"ENOSPC", ENOSPC},
    {"ENOSYS", ENOSYS}, {"EOPNOTSUPP", EOPNOTSUPP}, {"EPERM", EPERM},
};

static const char powers[] =
    "mount,umount2,pivot_root,chroot,open_tree,open_tree_attr,move_mount,mount_setattr,fsopen,fsmount,fspick,sethostname,setdomainname,setns";

static struct sock_filter filter[256];
static unsigned short length;
static int to_guard = -1;

static _Noreturn void die(const char *format, ...)
{
    int error = errno;
    va_list list;
    va_start(list, format);
    fputs("poor-host: ", stderr);
    vfprintf(stderr, format, list);
    va_end(list);
    fprintf(stderr, ": %s\n", strerror(error));
    exit(2);
}

static unsigned number_of(const char *name, const struct name *table, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(table[i].name, name) == 0)
            return table[i].number;
    }
    errno = EINVAL;
    die("`%s`", name);
}

static void add(unsigned short code, unsigned char yes, unsigned char no, unsigned value)
{
    if (length == COUNT(filter)) {
        errno = E2BIG;
        die("too many options");
    }
    filter[length++] = (struct sock_filter){code, yes, no, value};
}

static void load(size_t offset) { add(BPF_LD | BPF_W | BPF_ABS, 0, 0, (unsigned)offset); }

static void answer_where_equal(unsigned call, unsigned answer)
{
    add(BPF_JMP | BPF_JEQ | BPF_K, 0, 1, call);
    add(BPF_RET | BPF_K, 0, 0, answer);
}

/* The lower half of an argument is enough for the flags that are looked for; the accumulator is the call again afterwards. */
static void answer_where_flags(unsigned call, unsigned argument, unsigned flags, unsigned answer)
{
    add(BPF_JMP | BPF_JEQ | BPF_K, 0, 4, call);
    load(offsetof(struct seccomp_data, args) + argument * sizeof(__u64));
    add(BPF_JMP | BPF_JSET | BPF_K, 0, 1, flags);
    add(BPF_RET | BPF_K, 0, 0, answer);
    load(offsetof(struct seccomp_data, nr));
}

static void deny(const char *names, unsigned error)
{
    char *copy = strdup(names), *rest = copy;
    for (char *name; (name = strsep(&rest, ",")) != NULL;)
        answer_where_equal(number_of(name, calls, COUNT(calls)), SECCOMP_RET_ERRNO | error);
    free(copy);
}

static void deny_as_asked(const char *value)
{
    char *copy = strdup(value), *colon = strrchr(copy, ':');
    if (colon == NULL) {
        errno = EINVAL;
        die("`%s` has no errno", value);
    }
    *colon = '\0';
    deny(copy, number_of(colon + 1, errors, COUNT(errors)));
    free(copy);
}

static void deny_namespaces(void)
{
    answer_where_flags(SYS_clone, 0, NAMESPACES, SECCOMP_RET_ERRNO | EPERM);
    answer_where_flags(SYS_unshare, 0, NAMESPACES, SECCOMP_RET_ERRNO | EPERM);
    deny("clone3", ENOSYS);
    deny("setns", EPERM);
}

static void write_file(const char *path, const char *text)
{
    int file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0 || write(file, text, strlen(text)) < 0)
        die("`%s`", path);
    close(file);
}

static void set_sysctl(const char *assignment)
{
    char path[256];
    int name = (int)strcspn(assignment, "=");
    snprintf(path, sizeof path, "/proc/sys/%.*s", name, assignment);
    write_file(path, assignment + name + 1);
}

/* The maps are written by a process outside, which has the right to. */
static void enter_user_namespace(void)
{
    int entered[2];
    char byte, path[64];
    pid_t self = getpid();
    if (pipe(entered) < 0)
        die("pipe");
    pid_t helper = fork();
    if (helper < 0)
        die("fork");
    if (helper == 0) {
        static const char *const maps[] = {"uid_map", "gid_map"};
        close(entered[1]);
        if (read(entered[0], &byte, 1) != 1)
            _exit(2);
        for (size_t i = 0; i < COUNT(maps); i++) {
            snprintf(path, sizeof path, "/proc/%d/%s", self, maps[i]);
            write_file(path, "0 0 65536");
        }
        _exit(0);
    }
    int status;
    if (unshare(CLONE_NEWUSER) < 0)
        die("unshare");
    if (write(entered[1], "", 1) != 1 || waitpid(helper, &status, 0) < 0 || status != 0)
        die("id maps");
    close(entered[0]);
    close(entered[1]);
}

static void become(const char *ids)
{
    char *rest;
    uid_t user = (uid_t)strtoul(ids, &rest, 10);
    gid_t group = (gid_t)strtoul(rest + (*rest == ':'), NULL, 10);
    if (setgroups(0, NULL) < 0 || setresgid(group, group, group) < 0 || setresuid(user, user, user) < 0)
        die("`%s`", ids);
}

/* A file whose write fails with EPERM, as an id map's does there: opening it succeeds. */
static int unwritable_file(void)
{
    int file = (int)syscall(SYS_memfd_create, "id map", 2U /* MFD_ALLOW_SEALING */);
    if (file < 0 || fcntl(file, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW) < 0)
        die("sealed file");
    return file;
}

static bool is_id_map(pid_t process, __u64 address)
{
    static const char *const names[] = {"/uid_map", "/gid_map", "/setgroups"};
    char path[256] = "/";
    /* a vector up to the page's end: what follows may not be mapped */
    size_t size = 4096 - address % 4096 < sizeof path - 2 ? 4096 - address % 4096 : sizeof path - 2;
    struct iovec here = {path + 1, size}, there = {(void *)(uintptr_t)address, size};
    ssize_t got = process_vm_readv(process, &here, 1, &there, 1, 0);
    if (got <= 0)
        return false;
    path[sizeof path - 1] = '\0';
    const char *last = strrchr(path, '/');
    for (size_t i = 0; i < COUNT(names); i++) {
        if (strcmp(last, names[i]) == 0)
            return true;
    }
    return false;
}

/* Answers each opening for writing, and ends with the last process that has the filter. */
static _Noreturn void guard_id_maps(int listener)
{
    int unwritable = unwritable_file();
    for (;;) {
        struct seccomp_notif request = {0};
        struct pollfd event = {.fd = listener, .events = POLLIN};
        poll(&event, 1, -1);
        if (event.revents & POLLHUP)
            _exit(0);
        if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &request) < 0)
            continue;
        struct seccomp_notif_resp response = {.id = request.id, .flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE};
        struct seccomp_notif_addfd file = {
            .id = request.id, .flags = SECCOMP_ADDFD_FLAG_SEND, .srcfd = (__u32)unwritable, .newfd_flags = O_CLOEXEC};
        bool by_directory = request.data.nr != SYS_open;
        if (is_id_map((pid_t)request.pid, request.data.args[by_directory ? 1 : 0]))
            ioctl(listener, SECCOMP_IOCTL_NOTIF_ADDFD, &file);
        else
            ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &response);
    }
}

/* Outside of the filter, no child of the command, and with the right to read its memory. */
static _Noreturn void become_guard(pid_t command, int from_command)
{
    int listener, null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (setsid() < 0 || read(from_command, &listener, sizeof listener) != sizeof listener)
        _exit(2);
    int process = (int)syscall(SYS_pidfd_open, command, 0U);
    int own = (int)syscall(SYS_pidfd_getfd, process, listener, 0U);
    if (own < 0)
        die("listener");
    for (int standard = 0; standard < 3; standard++)
        dup2(null, standard);
    close(process);
    close(from_command);
    guard_id_maps(own);
}

static void start_guard(void)
{
    int ends[2];
    pid_t command = getpid();
    if (pipe2(ends, O_CLOEXEC) < 0)
        die("pipe");
    pid_t parent = fork();
    if (parent < 0)
        die("fork");
    if (parent == 0) {
        close(ends[1]);
        if (fork() == 0)
            become_guard(command, ends[0]);
        _exit(0);
    }
    waitpid(parent, NULL, 0);
    close(ends[0]);
    to_guard = ends[1];
}

/* What opens a file for writing is decided by the guard, which can see its name. */
static void hollow_out(void)
{
    deny(powers, EPERM);
    answer_where_flags(SYS_open, 1, O_WRONLY | O_RDWR, SECCOMP_RET_USER_NOTIF);
    answer_where_flags(SYS_openat, 2, O_WRONLY | O_RDWR, SECCOMP_RET_USER_NOTIF);
    answer_where_equal(SYS_openat2, SECCOMP_RET_USER_NOTIF);
    start_guard();
}

/* The guard closes its end as soon as it has the listener, and writing fails with EPIPE. */
static void hand_to_guard(int listener)
{
    if (write(to_guard, &listener, sizeof listener) < 0)
        die("guard");
    signal(SIGPIPE, SIG_IGN);
    while (write(to_guard, "", 1) == 1)
        usleep(1000);
    signal(SIGPIPE, SIG_DFL);
    close(to_guard);
    close(listener);
}

static void install_filter(void)
{
    struct sock_fprog program = {.len = length, .filter = filter};
    unsigned flags = to_guard >= 0 ? SECCOMP_FILTER_FLAG_NEW_LISTENER : 0;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
        die("no_new_privs");
    int listener = (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program);
    if (listener < 0)
        die("seccomp");
    if (to_guard >= 0)
        hand_to_guard(listener);
}

static bool take(const char *option)
{
    static const struct {
        const char *name;
        void (*act)(const char *value);
    } with_value[] = {{"--deny=", deny_as_asked}, {"--sysctl=", set_sysctl}, {"--user=", become}};
    static const struct {
        const char *name;
        void (*act)(void);
    } without_value[] = {
        {"--hollow-userns", hollow_out}, {"--no-namespaces", deny_namespaces}, {"--userns", enter_user_namespace}};
    for (size_t i = 0; i < COUNT(with_value); i++) {
        size_t name = strlen(with_value[i].name);
        if (strncmp(option, with_value[i].name, name) == 0) {
            with_value[i].act(option + name);
            return true;
        }
    }
    for (size_t i = 0; i < COUNT(without_value); i++) {
        if (strcmp(option, without_value[i].name) == 0) {
            without_value[i].act();
            return true;
        }
    }
    return false;
}

int main(int count, char **arguments)
{
    int next = 1;
    load(offsetof(struct seccomp_data, nr));
    while (next < count && take(arguments[next]))
        next++;
    if (next == count || arguments[next][0] == '-') {
        fprintf(stderr, "usage: poor-host OPTION… COMMAND…\n");
        return 2;
    }
    add(BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW);
    if (length > 2)
        install_filter();
    execvp(arguments[next], arguments + next);
    die("`%s`", arguments[next]);
}
