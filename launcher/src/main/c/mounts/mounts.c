#include "mounts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "actions.h"
#include "closing.h"
#include "detached_mount.h"
#include "kernel.h"
#include "messages.h"
#include "source.h"
#include "staging.h"
#include "tree.h"

const char help_for_kinds[] = "a directory can only cover a directory, and a file only a file";

/* Nonsense that every kernel with the call refuses with EINVAL before it looks at any privilege. */
static bool interface_is_missing(void)
{
    static int answer = -1;
    if (answer < 0)
        answer = sys_mount_setattr(-1, 0, NULL, 0) < 0 && errno != EINVAL;
    return answer == 1;
}

bool mounts_by_path(void)
{
    return interface_is_missing();
}

int mount_tmpfs_on_root(uint64_t size, unsigned mode)
{
    const struct filesystem tmpfs = {"tmpfs", size, mode, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV};
    if (interface_is_missing())
        return fallback_mount_on_root(&tmpfs);
    int mount = filesystem_make(&tmpfs);
    int root = openat(AT_FDCWD, "/", O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (root < 0 || sys_move_mount(mount, root, "") < 0)
        die("cannot mount the new root over `/`");
    close_later(root);
    return mount;
}

void mount_require_new_root(const struct run *run)
{
    if (!run->root.is_new)
        refuse("the host's root cannot be covered; it would stay visible");
    tree_begin(false);
}

/* What covers the root is the root from here on. */
static void settle(struct run *run, int mount, bool over_root)
{
    if (over_root) {
        run->root.at = mount;
        run->root.mounts++;
    } else {
        close_later(mount);
    }
}

static void attach(struct run *run, int mount, const char *destination, bool file, bool create)
{
    bool over_root = tree_is_root(destination);
    if (over_root)
        mount_require_new_root(run);
    struct place place = over_root ? (struct place){run->root.at, ""} : tree_place(run, destination, file, create);
    if (!file)
        stage_cover(run, place.directory, place.name);
    if (sys_move_mount(mount, place.directory, place.name) < 0)
        die_with_help(errno == EINVAL || errno == ENOTDIR ? help_for_kinds : NULL, "cannot mount on `%s`",
                      destination);
    tree_leave(place);
}

void mount_attach(struct run *run, int mount, const char *destination, bool file, bool create)
{
    attach(run, mount, destination, file, create);
    settle(run, mount, tree_is_root(destination));
}

void mount_attach_on(struct run *run, int mount, int below, const char *destination)
{
    if (sys_move_mount(mount, below, "") < 0)
        die("cannot mount on `%s`", destination);
    if (tree_is_root(destination)) {
        close(run->root.at);
        tree_begin(false);
    }
    settle(run, mount, tree_is_root(destination));
}

int mount_new_tmpfs(uint64_t size, unsigned mode)
{
    const struct filesystem tmpfs = {"tmpfs", size, mode, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV};
    return filesystem_make(&tmpfs);
}

void mount_from(struct run *run, int directory, const char *name, const char *destination, uint64_t attributes,
                bool create)
{
    if (interface_is_missing()) {
        int file = openat(directory, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
        int point = tree_mount_point(run, destination, true, create);
        if (file < 0)
            die("cannot open what is to be mounted on `%s`", destination);
        fallback_bind(run, file, point, destination, attributes, false);
        close(point);
        close(file);
        return;
    }
    int tree = clone_name(directory, name, destination, attributes);
    if (tree < 0)
        die("cannot copy what is to be mounted on `%s`", destination);
    mount_attach(run, tree, destination, true, create);
}

/* What is given with less than all rights must not be found with more in the working directory. */
uint64_t mount_kept_apart(uint64_t attributes, uint64_t flags)
{
    return ((attributes & (MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOEXEC)) != 0 ? COVERS_APART : 0) |
           ((attributes & MOUNT_ATTR_NOEXEC) != 0 ? COVERS_NO_EXECUTE : 0) |
           ((attributes & MOUNT_ATTR_RDONLY) != 0 ? COVERS_READ_ONLY : 0) |
           ((flags & MOUNT_FIRM) != 0 ? COVERS_FIRMLY : 0);
}

static void mount_filesystem(struct run *run, const struct filesystem *filesystem, const struct operand *path,
                             uint64_t flags)
{
    const char *destination = run_path(run, path);
    bool create = (flags & MOUNT_CREATE) != 0;
    run->root.plain_destination = (flags & MOUNT_PLAIN) != 0;
    bool tmpfs = filesystem->type[0] == 't';
    if (tree_is_root(destination))
        refuse("a new %s cannot cover the root", filesystem->type);
    covers_remember(run, path, destination, COVERS_APART | mount_kept_apart(filesystem->attributes, 0));
    if (interface_is_missing()) {
        int point = tree_mount_point(run, destination, false, create);
        int mount = fallback_mount(run, filesystem, point, destination);
        if (tmpfs)
            tree_add_own(run, mount);
        close(mount);
        close(point);
    } else {
        int mount = filesystem_make(filesystem);
        if (tmpfs)
            tree_add_own(run, mount);
        attach(run, mount, destination, false, create);
        if (tmpfs)
            tree_know(run, mount, destination);
        else
            close_later(mount);
    }
}

void mount_new(const struct run *run, const struct filesystem *filesystem, int point, const char *path)
{
    int mount = interface_is_missing() ? fallback_mount(run, filesystem, point, path) : filesystem_make(filesystem);
    if (!interface_is_missing() && sys_move_mount(mount, point, "") < 0)
        die("cannot mount a %s on `%s`", filesystem->type, path);
    close_later(mount);
}

void mount_seal(const struct run *run, const char *path, uint64_t attributes)
{
    if (interface_is_missing()) {
        fallback_set_attributes(run, path, attributes, false);
        return;
    }
    int mount = tree_open(run, path);
    if (mount < 0)
        die("cannot open `%s`", path);
    clone_set_attributes(mount, attributes, 0, false, path);
    close_later(mount);
}

void do_tmpfs(struct run *run, const struct operand *operands)
{
    const struct filesystem tmpfs = {"tmpfs", operands[1].number, (unsigned)operands[2].number & 07777,
                                     operands[3].number};
    mount_filesystem(run, &tmpfs, &operands[0], operands[4].number);
}

void do_proc(struct run *run, const struct operand *operands)
{
    const struct filesystem proc = {.type = "proc", .attributes = operands[1].number};
    mount_filesystem(run, &proc, &operands[0], operands[2].number);
}

void do_devpts(struct run *run, const struct operand *operands)
{
    const struct filesystem devpts = {.type = "devpts", .attributes = operands[1].number};
    mount_filesystem(run, &devpts, &operands[0], operands[2].number);
}

void do_mqueue(struct run *run, const struct operand *operands)
{
    const struct filesystem mqueue = {.type = "mqueue", .attributes = operands[1].number};
    mount_filesystem(run, &mqueue, &operands[0], operands[2].number);
}

void do_mount_attributes(struct run *run, const struct operand *operands)
{
    const char *path = run_path(run, &operands[0]);
    run->root.plain_destination = (operands[2].number & MOUNT_PLAIN) != 0;
    bool recursive = (operands[2].number & MOUNT_RECURSIVE) != 0;
    if (interface_is_missing()) {
        fallback_set_attributes(run, path, operands[1].number, recursive);
    } else {
        int mount = tree_is_root(path) ? run->root.at : tree_resolve(run, path, 0);
        if (mount < 0)
            die("cannot open `%s`", path);
        clone_set_attributes(mount, operands[1].number, 0, recursive, path);
        if (mount != run->root.at)
            close_later(mount);
    }
}
