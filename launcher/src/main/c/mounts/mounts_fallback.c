/*
 * Mounts with mount(2), for kernels before 5.12 and for hosts that refuse the newer calls. Paths are those of
 * descriptors below /proc/self/fd, so nothing is resolved twice. A recursive bind takes over its submounts with the
 * flags they have; each one is found in /proc/self/mountinfo and remounted with the plan's attributes added.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernel.h"
#include "messages.h"
#include "mountinfo.h"
#include "mounts.h"
#include "tree.h"

struct descriptor_path {
    char text[40];
};

static struct descriptor_path path_of(int descriptor)
{
    struct descriptor_path path;
    snprintf(path.text, sizeof path.text, "/proc/self/fd/%d", descriptor);
    return path;
}

static unsigned long mount_flags(uint64_t attributes)
{
    static const struct {
        uint64_t attribute;
        unsigned long flag;
    } pairs[] = {
        {MOUNT_ATTR_RDONLY, MS_RDONLY},
        {MOUNT_ATTR_NOSUID, MS_NOSUID},
        {MOUNT_ATTR_NODEV, MS_NODEV},
        {MOUNT_ATTR_NOEXEC, MS_NOEXEC},
        {MOUNT_ATTR_NOATIME, MS_NOATIME},
        {MOUNT_ATTR_STRICTATIME, MS_STRICTATIME},
        {MOUNT_ATTR_NODIRATIME, MS_NODIRATIME},
        {MOUNT_ATTR_NOSYMFOLLOW, MS_NOSYMFOLLOW},
    };
    unsigned long flags = 0;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if ((attributes & pairs[i].attribute) != 0) {
            flags |= pairs[i].flag;
            attributes &= ~pairs[i].attribute;
        }
    }
    if (attributes != 0)
        refuse("mount(2) does not know the mount attributes %#llx", (unsigned long long)attributes);
    return flags;
}

static void mount_type(const struct filesystem *filesystem, const char *target)
{
    char data[64] = "";
    if (filesystem->type[0] == 't') {
        int length = snprintf(data, sizeof data, "mode=%o", filesystem->mode);
        if (filesystem->size != 0)
            snprintf(data + length, sizeof data - (size_t)length, ",size=%llu", (unsigned long long)filesystem->size);
    } else if (filesystem->type[0] == 'd') {
        snprintf(data, sizeof data, "newinstance,ptmxmode=0666,mode=0620");
    }
    if (sys_mount(filesystem->type, target, filesystem->type, mount_flags(filesystem->attributes), data) < 0)
        die("cannot mount a %s", filesystem->type);
}

/* `..` of the root is the root, and then what is mounted over it. */
static int open_above_root(void)
{
    int root = openat(AT_FDCWD, "/..", O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (root < 0)
        die("cannot open the new root");
    return root;
}

int fallback_mount_on_root(const struct filesystem *filesystem)
{
    struct stat before, after;
    if (stat("/", &before) < 0)
        die("cannot examine `/`");
    mount_type(filesystem, "/");
    int root = open_above_root();
    if (fstat(root, &after) < 0)
        die("cannot examine the new root");
    if (before.st_dev == after.st_dev)
        refuse("the new root cannot be reached over `/`");
    return root;
}

/* What is mounted there now, where a descriptor opened before still shows what is below. */
static int open_top(const struct run *run, const char *destination)
{
    int top = tree_is_root(destination) ? open_above_root() : tree_resolve(run, destination, 0);
    if (top < 0)
        die("cannot open `%s`", destination);
    return top;
}

int fallback_mount(const struct run *run, const struct filesystem *filesystem, int point, const char *destination)
{
    mount_type(filesystem, path_of(point).text);
    return open_top(run, destination);
}

static void remount(int mount, const struct mountinfo *entry, unsigned long flags)
{
    unsigned long old = entry->flags;
    if ((flags & (MS_NOATIME | MS_STRICTATIME)) != 0)
        old &= ~(unsigned long)(MS_NOATIME | MS_RELATIME);
    if (sys_mount(NULL, path_of(mount).text, NULL, MS_REMOUNT | MS_BIND | old | flags, NULL) < 0)
        die("cannot set the flags of the mount `%s`", entry->path);
}

/* A mount that another one covers, or that nobody here can reach, needs no flags. */
static void remount_submount(const struct run *run, const struct mountinfo *entry, unsigned long flags)
{
    int mount = tree_resolve(run, entry->path, 0);
    if (mount < 0 && errno == EACCES)
        return;
    if (mount < 0)
        die("cannot open the mount `%s`", entry->path);
    if (mountinfo_id(mount) == entry->id)
        remount(mount, entry, flags);
    else if (!mountinfo_is_covered(entry))
        refuse("cannot find the mount `%s` again", entry->path);
    close(mount);
}

void fallback_set_attributes(const struct run *run, const char *destination, uint64_t attributes, bool recursive)
{
    unsigned long flags = mount_flags(attributes);
    int top = open_top(run, destination);
    int id = mountinfo_id(top);
    mountinfo_read();
    const struct mountinfo *entry = mountinfo_find(id);
    if (entry == NULL)
        refuse("`%s` is not in the list of mounts", destination);
    remount(top, entry, flags);
    for (entry = mountinfo_first(); recursive && entry != NULL; entry = mountinfo_next(entry)) {
        if (entry->id != id && mountinfo_is_below(entry, id))
            remount_submount(run, entry, flags);
    }
    close(top);
}

/* A symlink cannot be found by its path afterwards, and needs no flags. */
void fallback_bind_link(int link, int point)
{
    if (sys_mount(path_of(link).text, path_of(point).text, NULL, MS_BIND, NULL) < 0)
        die("cannot mount a symlink");
}

void fallback_bind_at(const struct run *run, int source, int point, const char *destination, uint64_t attributes)
{
    if (sys_mount(path_of(source).text, path_of(point).text, NULL, MS_BIND | MS_REC, NULL) < 0)
        die("cannot bind on `%s`", destination);
    int top = open_top(run, destination);
    if (sys_mount(NULL, path_of(top).text, NULL, MS_PRIVATE | MS_REC, NULL) < 0)
        die("cannot make the mount `%s` private", destination);
    close(top);
    if (attributes != 0)
        fallback_set_attributes(run, destination, attributes, true);
}

void fallback_bind(struct run *run, int source, int point, const char *destination, uint64_t attributes,
                   bool recursive)
{
    unsigned long depth = recursive ? MS_REC : 0;
    if (sys_mount(path_of(source).text, path_of(point).text, NULL, MS_BIND | depth, NULL) < 0)
        die_with_help(errno == EINVAL || errno == ENOTDIR ? help_for_kinds : NULL, "cannot bind on `%s`",
                      destination);
    int top = open_top(run, destination);
    if (sys_mount(NULL, path_of(top).text, NULL, MS_PRIVATE | depth, NULL) < 0)
        die("cannot make the mount `%s` private", destination);
    if (tree_is_root(destination)) {
        close(run->root.at);
        run->root.at = top;
        run->root.mounts++;
    } else {
        close(top);
    }
    if (attributes != 0)
        fallback_set_attributes(run, destination, attributes, recursive);
}
