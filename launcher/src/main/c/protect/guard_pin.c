/* Directories above what is guarded, which must stay where they are. */
#include <stdlib.h>
#include <string.h>

#include "closing.h"
#include "detached_mount.h"
#include "guard.h"
#include "kernel.h"
#include "messages.h"
#include "mountinfo.h"
#include "mounts.h"
#include "tree.h"

/* A mount point cannot be renamed. */
bool guard_is_mount_root(int file)
{
    struct statx_answer status;
    if (sys_statx(file, &status) == 0 && (status.attributes_mask & ATTRIBUTE_MOUNT_ROOT) != 0)
        return (status.attributes & ATTRIBUTE_MOUNT_ROOT) != 0;
    /* before Linux 5.8 */
    int above = openat(file, "..", O_PATH | O_CLOEXEC);
    bool is_root = above >= 0 && mountinfo_id(above) != mountinfo_id(file);
    if (above >= 0)
        close_later(above);
    return is_root;
}

void guard_mount_over_itself(const struct run *run, int file, const char *path, uint64_t attributes, bool link)
{
    absent_forget(path);
    if (mounts_by_path()) {
        if (link)
            fallback_bind_link(file, file);
        else
            fallback_bind_at(run, file, file, path, attributes);
        return;
    }
    int tree = clone_opened(file, path, attributes, !link);
    if (tree < 0 || sys_move_mount(tree, file, "") < 0)
        die("cannot mount `%s` over itself", path);
    close_later(tree);
}

/* Directories that are mount points, and so are those above them. */
static bool is_pinned(const struct run *run, const char *path)
{
    for (unsigned i = 0; i < run->pinned_count; i++) {
        if (strcmp(run->pinned[i], path) == 0)
            return true;
    }
    return false;
}

static void remember_pinned(struct run *run, const char *path)
{
    const char **paths = realloc(run->pinned, (run->pinned_count + 1) * sizeof *paths);
    if (paths == NULL)
        die("cannot remember a path");
    run->pinned = paths;
    paths[run->pinned_count++] = path;
}

char *guard_parent_of(const char *path)
{
    char *parent = strndup(path, (size_t)(strrchr(path, '/') - path));
    if (parent == NULL)
        die("cannot copy a path");
    return parent;
}

bool guard_pin(struct run *run, const char *path)
{
    if (path[0] == '\0' || is_pinned(run, path))
        return false;
    int directory = tree_open(run, path);
    if (directory < 0)
        die("cannot open `%s`, which holds something to be kept", path);
    bool new = !guard_is_mount_root(directory);
    if (new) {
        if (guard_pin(run, guard_parent_of(path)))
            directory = guard_open_again(run, directory, path);
        guard_mount_over_itself(run, directory, path, 0, false);
    }
    close_later(directory);
    remember_pinned(run, path);
    return new;
}

int guard_open_again(const struct run *run, int file, const char *path)
{
    close_later(file);
    file = tree_open(run, path);
    if (file < 0)
        die("cannot open `%s` to keep it from the command", path);
    return file;
}
