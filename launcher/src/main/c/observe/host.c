#include "host.h"

#include <errno.h>
#include <limits.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "calls.h"
#include "kernel.h"
#include "resources.h"

#ifndef SYS_faccessat2
#define SYS_faccessat2 439
#endif

static bool may(const char *path, int mode)
{
    if (syscall(SYS_faccessat2, AT_FDCWD, path, mode, AT_EACCESS) == 0)
        return true;
    return errno == ENOSYS && faccessat(AT_FDCWD, path, mode, 0) == 0;
}

static bool exists(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0;
}

static void parent_of(const char *path, char parent[8192])
{
    snprintf(parent, 8192, "%s", path);
    char *slash = strrchr(parent, '/');
    if (slash != NULL)
        slash[slash == parent ? 1 : 0] = '\0';
}

static bool may_change_directory_of(const char *path)
{
    char parent[8192];
    parent_of(path, parent);
    return may(parent, W_OK | X_OK);
}

static bool has_capability(unsigned number)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];
    return syscall(SYS_capget, &header, data) == 0 && (data[number / 32].effective >> number % 32 & 1) != 0;
}

/* Of who has started all this, or inside: root of a user namespace expects no less than root does. */
static bool may_use(const struct tried *tried, unsigned number)
{
    return has_capability(number) || (tried->capabilities >> number & 1) != 0;
}

static bool owns(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0 && (status.st_uid == geteuid() || has_capability(CAP_FOWNER));
}

static bool is_own_group(gid_t group)
{
    gid_t groups[NGROUPS_MAX];
    int count = getgroups(NGROUPS_MAX, groups), i = 0;
    while (i < count && groups[i] != group)
        i++;
    return group == getegid() || i < count;
}

/* To other groups of one's own; all else takes a capability. */
static bool may_give(const struct tried *tried)
{
    uid_t user = (uid_t)(tried->number >> 32);
    gid_t group = (gid_t)tried->number;
    bool own = (user == (uid_t)-1 || user == geteuid()) && (group == (gid_t)-1 || is_own_group(group));
    return may_use(tried, CAP_CHOWN) || (own && owns(tried->path));
}

static bool makes_device(const struct tried *tried)
{
    bool makes = tried->call == SYS_mknodat;
#ifdef SYS_mknod
    makes = makes || tried->call == SYS_mknod;
#endif
    return makes && (S_ISCHR((mode_t)tried->number) || S_ISBLK((mode_t)tried->number));
}

/* Of these an owner may not set all. */
static bool sets_privileged_attribute(const struct tried *tried)
{
    const char *name = (const char *)tried->address;
    return tried->call == SYS_setxattr && (strncmp(name, "security.", 9) == 0 || strncmp(name, "trusted.", 8) == 0);
}

static bool same_file_system(const char *one, const char *other)
{
    char first[8192], second[8192];
    struct stat here, there;
    parent_of(one, first);
    parent_of(other, second);
    return stat(first, &here) == 0 && stat(second, &there) == 0 && here.st_dev == there.st_dev;
}

/* It is removed nowhere; a bind within one file system is not seen. */
static bool is_mount_point(const char *path)
{
    char parent[8192];
    struct stat here, above;
    parent_of(path, parent);
    return strcmp(path, "/") == 0 || (lstat(path, &here) == 0 && stat(parent, &above) == 0 && here.st_dev != above.st_dev);
}

static bool path_is_usable(const struct tried *tried)
{
    const char *path = tried->path;
    bool there = exists(path);
    switch ((int)tried->want) {
    case WANT_LOOK:
        return may(path, F_OK);
    case WANT_LOOK_AT_LINK:
        return there;
    case WANT_ACCESS:
        return may(path, (int)tried->mode);
    case WANT_READ:
    case WANT_OPEN:
        return may(path, R_OK);
    case WANT_WRITE:
        return there ? may(path, W_OK) : tried->creates && may_change_directory_of(path);
    case WANT_EXECUTE:
        return may(path, X_OK);
    case WANT_CREATE:
        return !there && may_change_directory_of(path) && (!makes_device(tried) || has_capability(CAP_MKNOD));
    case WANT_REMOVE:
        return there && !is_mount_point(path) && may_change_directory_of(path);
    case WANT_RENAME:
        return there && !is_mount_point(path) && may_change_directory_of(path) && may_change_directory_of(tried->second) &&
               (tried->error != EXDEV || same_file_system(path, tried->second));
    case WANT_OWN:
        return owns(path) && (!sets_privileged_attribute(tried) || has_capability(CAP_SYS_ADMIN));
    case WANT_GIVE:
        return may_give(tried);
    default:
        return false;
    }
}

/* What can only be read, in a directory that the host does not have: the profile has put it there. */
static bool is_of_the_profile(const struct tried *tried)
{
    char parent[8192];
    parent_of(tried->path, parent);
    return tried->error == EROFS && !exists(parent) && strncmp(tried->path, "/proc/", 6) != 0;
}

/* Of the numbers of a process in /proc only its own are the same outside. */
static bool path_would_work(const struct tried *tried)
{
    bool own = strncmp(tried->path, "/proc/self", 10) == 0 || strncmp(tried->path, "/proc/thread-self", 17) == 0;
    return is_of_the_profile(tried) || (!own && path_is_usable(tried));
}

static bool listens(const char *table, unsigned port)
{
    char line[512];
    bool found = false;
    FILE *file = fopen(table, "re");
    while (file != NULL && !found && fgets(line, sizeof line, file) != NULL) {
        unsigned there, state;
        found = sscanf(line, "%*d: %*[0-9A-F]:%x %*[0-9A-F]:%*x %x", &there, &state) == 2 && there == port && state == 10;
    }
    if (file != NULL)
        fclose(file);
    return found;
}

/* A datagram socket is connected by finding a route; nothing is sent. */
static bool has_route(const struct tried *tried)
{
    unsigned short family;
    memcpy(&family, tried->address, sizeof family);
    int probe = socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (probe < 0)
        return false;
    bool found = connect(probe, (const struct sockaddr *)(const void *)tried->address, tried->address_length) == 0;
    close(probe);
    return found;
}

static unsigned port_of(const struct tried *tried)
{
    return (unsigned)tried->address[2] << 8 | tried->address[3];
}

static bool is_bound_outside(const struct tried *tried)
{
    char line[512], name[128];
    bool found = false;
    size_t length = tried->address_length - sizeof(unsigned short);
    if (length < 2 || length >= sizeof name)
        return false;
    memcpy(name, tried->address + sizeof(unsigned short), length);
    name[0] = '@';
    name[length] = '\0';
    FILE *file = fopen("/proc/net/unix", "re");
    while (file != NULL && !found && fgets(line, sizeof line, file) != NULL) {
        const char *at = strchr(line, '@');
        found = at != NULL && strncmp(at, name, strlen(name)) == 0 && at[strlen(name)] == '\n';
    }
    if (file != NULL)
        fclose(file);
    return found;
}

static bool is_loopback(const struct tried *tried, unsigned family)
{
    static const unsigned char version_6[16] = {[15] = 1};
    return family == AF_INET ? tried->address[4] == 127 : memcmp(tried->address + 8, version_6, sizeof version_6) == 0;
}

static bool address_would_work(const struct tried *tried)
{
    unsigned short family = AF_UNSPEC;
    if (tried->address_length > sizeof family)
        memcpy(&family, tried->address, sizeof family);
    if (family == AF_UNIX && tried->path[0] != '\0')
        return tried->want == WANT_BIND ? !exists(tried->path) && may_change_directory_of(tried->path)
                                        : may(tried->path, W_OK);
    if (family == AF_UNIX)
        return tried->want != WANT_BIND && is_bound_outside(tried);
    if (family != AF_INET && family != AF_INET6)
        return false;
    if (tried->want == WANT_BIND)
        return (tried->error == EACCES || tried->error == EPERM) && (port_of(tried) >= 1024 || has_capability(CAP_NET_BIND_SERVICE));
    if (tried->error == ECONNREFUSED && !is_loopback(tried, family))
        return true; /* asking would take a packet; whoever reads this knows whether a gateway answers */
    if (tried->error == ECONNREFUSED)
        return listens("/proc/net/tcp", port_of(tried)) || listens("/proc/net/tcp6", port_of(tried));
    return has_route(tried);
}

/* All ids but -1 exist outside. */
static bool id_would_be_set(const struct tried *tried)
{
    bool group = tried->call == SYS_setgid || tried->call == SYS_setregid || tried->call == SYS_setresgid || tried->call == SYS_setgroups;
    bool one = tried->call == SYS_setuid || tried->call == SYS_setgid;
    return may_use(tried, group ? CAP_SETGID : CAP_SETUID) && !(one && tried->number == -1);
}

static bool user_namespaces_are_left(void)
{
    char text[16] = "";
    int file = open("/proc/sys/user/max_user_namespaces", O_RDONLY | O_CLOEXEC);
    ssize_t length = file < 0 ? -1 : read(file, text, sizeof text - 1);
    if (file >= 0)
        close(file);
    return length > 0 && text[0] != '0';
}

/* A segment, queue or set of semaphores of this key; to ask makes none. */
static bool is_found_outside(const struct tried *tried)
{
    return tried->number != IPC_PRIVATE && syscall(tried->call, tried->number, 0UL, 0UL) >= 0;
}

/* A process that is no child of who asks; any other is one inside. */
static bool is_stranger(const struct tried *tried)
{
    return tried->number > 0 && kill((pid_t)tried->number, 0) == 0;
}

static bool right_is_had(const struct tried *tried)
{
    bool raises = tried->call == SYS_prlimit64 || tried->call == SYS_setrlimit;
    return has_capability(capability_of_call(tried->call)) ||
           (raises && resource_reaches((int)tried->number, strtoull((const char *)tried->address, NULL, 10)));
}

bool host_would_allow(const struct tried *tried)
{
    switch (tried->want) {
    case WANT_CONNECT:
    case WANT_SEND:
    case WANT_BIND:
        return address_would_work(tried);
    case WANT_SIGNAL:
        return is_stranger(tried);
    case WANT_PRIVILEGE:
    case WANT_SOCKET:
        return right_is_had(tried);
    case WANT_IDENTITY:
        return id_would_be_set(tried);
    case WANT_NAMESPACE:
        return has_capability(CAP_SYS_ADMIN) || ((tried->number & CLONE_NEWUSER) != 0 && user_namespaces_are_left());
    case WANT_TRACE:
        return tried->error != ESRCH || is_stranger(tried);
    case WANT_IPC:
        return is_found_outside(tried);
    case WANT_LIMIT: /* it was looked at when they were noted */
    case WANT_GAIN:
        return true;
    case WANT_START: /* more can be started where fewer processes count */
        return true;
    case WANT_FILTER:
    case WANT_DESCRIPTOR:
    case WANT_MEMORY:
        return false;
    case WANT_LOOK:
    case WANT_LOOK_AT_LINK:
    case WANT_ACCESS:
    case WANT_OPEN:
    case WANT_READ:
    case WANT_WRITE:
    case WANT_EXECUTE:
    case WANT_CREATE:
    case WANT_REMOVE:
    case WANT_RENAME:
    case WANT_OWN:
    case WANT_GIVE:
        return path_would_work(tried);
    }
    return false;
}
