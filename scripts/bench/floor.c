/*
 * floor COMMAND…: the least that a sandbox like the profile `sandbox` can take, written by hand: one clone3, the mounts,
 * pivot_root, PID 1, Landlock, exec, wait. It checks nothing but the results, knows one policy, and is for comparison.
 *
 * What the profile mounts and allows on this host comes from its plan, in the environment, a path in each line:
 * FLOOR_READ, FLOOR_TMPFS, FLOOR_RULES, FLOOR_GUARDED; and in FLOOR_FILTER how many bytes the filter of system calls has.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/mount.h>
#include <linux/prctl.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define MUST(call)                                                                                                     \
    do {                                                                                                               \
        if ((call) < 0)                                                                                                \
            perror(#call), _exit(125);                                                                                 \
    } while (0)

static const uint64_t reading = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
static const uint64_t everything = (1 << 15) - 1;
static int ruleset;
static unsigned uid, gid;

static void write_text(const char *path, const char *text)
{
    int file = open(path, O_WRONLY | O_CLOEXEC);
    MUST(file);
    MUST(write(file, text, strlen(text)));
    close(file);
}

static void attach(int mount, const char *destination)
{
    MUST(syscall(SYS_move_mount, mount, "", AT_FDCWD, destination, MOVE_MOUNT_F_EMPTY_PATH));
    close(mount);
}

static void make_directories(const char *path)
{
    char part[4096];
    for (const char *slash = strchr(path, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        snprintf(part, sizeof part, "%.*s", (int)(slash - path), path);
        if (mkdir(part, 0755) < 0 && errno != EEXIST)
            perror(part), _exit(125);
    }
}

static void bind_tree(const char *source, const char *destination, uint64_t attributes, int file)
{
    struct mount_attr change = {.attr_set = attributes, .propagation = 1 << 18};
    unsigned flags = OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | 0x8000;
    int tree = (int)syscall(467 /* open_tree_attr */, AT_FDCWD, source, flags, &change, sizeof change);
    if (tree < 0 && errno == ENOSYS) {
        tree = (int)syscall(SYS_open_tree, AT_FDCWD, source, flags);
        MUST(tree < 0 ? 0 : syscall(SYS_mount_setattr, tree, "", 0x8000 | AT_EMPTY_PATH, &change, sizeof change));
    }
    if (tree < 0)
        return;
    if (file)
        MUST(mknod(destination, S_IFREG | 0444, 0));
    else if (mkdir(destination, 0755) < 0 && errno != EEXIST)
        MUST(-1);
    attach(tree, destination);
}

static int new_mount(const char *type, const char *size, const char *mode, unsigned attributes)
{
    int context = (int)syscall(SYS_fsopen, type, FSOPEN_CLOEXEC);
    MUST(context);
    if (size != NULL)
        MUST(syscall(SYS_fsconfig, context, FSCONFIG_SET_STRING, "size", size, 0));
    if (mode != NULL)
        MUST(syscall(SYS_fsconfig, context, FSCONFIG_SET_STRING, "mode", mode, 0));
    MUST(syscall(SYS_fsconfig, context, FSCONFIG_CMD_CREATE, NULL, NULL, 0));
    int mount = (int)syscall(SYS_fsmount, context, FSMOUNT_CLOEXEC, attributes);
    MUST(mount);
    close(context);
    return mount;
}

static void allow(const char *path, uint64_t access)
{
    struct landlock_path_beneath_attr rule = {.allowed_access = access};
    rule.parent_fd = open(path, O_PATH | O_CLOEXEC);
    if (rule.parent_fd < 0)
        return;
    MUST(syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0));
    close(rule.parent_fd);
}

static void map_ids(void)
{
    char line[64];
    write_text("/proc/self/setgroups", "deny");
    snprintf(line, sizeof line, "%u %u 1", uid, uid);
    write_text("/proc/self/uid_map", line);
    snprintf(line, sizeof line, "%u %u 1", gid, gid);
    write_text("/proc/self/gid_map", line);
    write_text("/proc/sys/user/max_user_namespaces", "0");
}

/* The first path of a list in the environment, and with NULL the next one. */
static char *next_of(const char *list)
{
    char *lines = list == NULL ? NULL : getenv(list);
    return list != NULL && lines == NULL ? NULL : strtok(lines, "\n");
}

/* What is protected or hidden. Mostly it is not there. */
static void guard(void)
{
    struct mount_attr change = {.attr_set = MOUNT_ATTR_RDONLY, .propagation = 1 << 18};
    for (char *path = next_of("FLOOR_GUARDED"); path != NULL; path = next_of(NULL)) {
        int tree = (int)syscall(467, AT_FDCWD, path, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | 0x8000, &change, sizeof change);
        if (tree >= 0)
            attach(tree, path + 1);
    }
}

static void bind_what_is_read(void)
{
    const unsigned read_only = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;
    for (char *path = next_of("FLOOR_READ"); path != NULL; path = next_of(NULL)) {
        make_directories(path + 1);
        bind_tree(path, path + 1, read_only, 0);
    }
}

static void mount_tmpfs(void)
{
    for (char *path = next_of("FLOOR_TMPFS"); path != NULL; path = next_of(NULL)) {
        make_directories(path + 1);
        MUST(mkdir(path + 1, 0755));
        attach(new_mount("tmpfs", "134217728", "1777", 6), path + 1);
    }
}

/* As the launcher makes it: below what covers the directory. */
static void copy_hosts(int covered)
{
    static char text[65536];
    struct mount_attr change = {.attr_set = MOUNT_ATTR_RDONLY, .propagation = 1 << 18};
    int from = open("/etc/hosts", O_RDONLY | O_CLOEXEC);
    ssize_t length = from < 0 ? 0 : read(from, text, sizeof text);
    int to = openat(covered, "hosts", O_WRONLY | O_CREAT | O_CLOEXEC, 0444);
    MUST(to);
    MUST(write(to, text, (size_t)length));
    close(from);
    close(to);
    int tree = (int)syscall(467, covered, "hosts", OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC, &change, sizeof change);
    if (tree >= 0)
        attach(tree, "etc/hosts");
    close(covered);
}

static void make_tree(const char *home)
{
    static const char *const devices[] = {"full", "null", "random", "tty", "urandom", "zero"};
    static const char *const covered[] = {"acpi", "bus", "driver", "fs", "irq", "sys"};
    static const char *const links[] = {"bin", "lib", "lib32", "lib64", "libx32", "sbin"};
    char path[64], own[64];
    MUST(syscall(SYS_mount, NULL, "/", NULL, (1UL << 19) | (1UL << 14), NULL));
    int root = new_mount("tmpfs", "16777216", "755", 6);
    MUST(syscall(SYS_move_mount, root, "", AT_FDCWD, "/", MOVE_MOUNT_F_EMPTY_PATH));
    MUST(fchdir(root));
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        snprintf(path, sizeof path, "usr/%s", links[i]);
        MUST(symlink(path, links[i]));
    }
    MUST(mkdir("dev", 0755));
    int below_dev = open("dev", O_PATH | O_CLOEXEC);
    attach(new_mount("tmpfs", "65536", "755", 10), "dev");
    for (size_t i = 0; i < sizeof devices / sizeof *devices; i++) {
        snprintf(path, sizeof path, "/dev/%s", devices[i]);
        bind_tree(path, path + 1, 10, 1);
    }
    MUST(symlink("/proc/self/fd", "dev/fd"));
    MUST(symlink("pts/ptmx", "dev/ptmx"));
    MUST(symlink("/proc/self/fd/0", "dev/stdin"));
    MUST(symlink("/proc/self/fd/1", "dev/stdout"));
    MUST(symlink("/proc/self/fd/2", "dev/stderr"));
    MUST(mkdir("dev/pts", 0755));
    attach(new_mount("devpts", NULL, "0620", 10), "dev/pts");
    bind_what_is_read();
    copy_hosts(below_dev);
    MUST(mkdir("proc", 0755));
    attach(new_mount("proc", NULL, NULL, 14), "proc");
    for (size_t i = 0; uid == 0 && i < sizeof covered / sizeof *covered; i++) {
        snprintf(path, sizeof path, "/proc/%s", covered[i]);
        snprintf(own, sizeof own, "proc/%s", covered[i]);
        bind_tree(path, own, 15, 0);
    }
    mount_tmpfs();
    make_directories(home + 1);
    bind_tree(home, home + 1, 6, 0);
    guard();
    struct mount_attr change = {.attr_set = MOUNT_ATTR_RDONLY};
    MUST(syscall(SYS_mount_setattr, AT_FDCWD, "dev", 0, &change, sizeof change));
    MUST(syscall(SYS_mount_setattr, root, "", AT_EMPTY_PATH, &change, sizeof change));
    MUST(syscall(SYS_pivot_root, ".", "."));
    MUST(syscall(SYS_umount2, ".", 2));
    close(root);
}

static void drop_privileges(void)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct none[2] = {{0}};
    for (unsigned long capability = 0; syscall(SYS_prctl, PR_CAPBSET_DROP, capability, 0, 0, 0) == 0; capability++)
        ;
    MUST(syscall(SYS_capset, &header, none));
    MUST(syscall(SYS_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
}

static void restrict_files(const char *home)
{
    struct landlock_ruleset_attr attributes = {.handled_access_fs = everything};
    ruleset = (int)syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0);
    MUST(ruleset);
    allow("/", LANDLOCK_ACCESS_FS_READ_DIR);
    for (char *path = next_of("FLOOR_RULES"); path != NULL; path = next_of(NULL))
        allow(path, reading | LANDLOCK_ACCESS_FS_WRITE_FILE);
    allow(home, everything);
    MUST(syscall(SYS_landlock_restrict_self, ruleset, 0));
    close(ruleset);
}

/* As long as the profile's filter, and allows everything. */
static void filter_calls(void)
{
    static struct sock_filter program[4096];
    const char *bytes = getenv("FLOOR_FILTER");
    unsigned long length = bytes == NULL ? 53 : strtoul(bytes, NULL, 10) / sizeof *program;
    unsigned short last = (unsigned short)(length < 1 || length > 4096 ? 0 : length - 1);
    for (int i = 0; i < last; i++)
        program[i] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0);
    program[last] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    struct sock_fprog filter = {.len = (unsigned short)(last + 1), .filter = program};
    MUST(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter));
}

static void sandbox(char **command)
{
    const char *home = getenv("HOME");
    map_ids();
    make_tree(home);
    MUST(sethostname("floor", 5));
    MUST(chdir(home));
    drop_privileges();
    restrict_files(home);
    filter_calls();
    int status;
    pid_t child = fork();
    MUST(child);
    if (child == 0) {
        execvp(command[0], command);
        _exit(127);
    }
    while (wait(&status) != child)
        ;
    _exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

int main(int count, char **arguments)
{
    struct clone_args clone = {
        .flags = CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS,
        .exit_signal = SIGCHLD,
    };
    int status;
    if (count < 2)
        return 2;
    uid = getuid();
    gid = getgid();
    umask(0);
    pid_t child = (pid_t)syscall(SYS_clone3, &clone, sizeof clone);
    MUST(child);
    if (child == 0)
        sandbox(arguments + 1);
    MUST(waitpid(child, &status, 0));
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
