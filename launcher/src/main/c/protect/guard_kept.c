/* What is left of a guarded directory: opened before it is covered, and put into what covers it. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "closing.h"
#include "detached_mount.h"
#include "guard.h"
#include "kernel.h"
#include "messages.h"
#include "mounts.h"
#include "text.h"
#include "tree.h"

static const uint64_t attributes_to_read = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;

/* No symlink is followed: a command could have made it in an earlier run. One at the end is kept as it is. */
static int open_below(int directory, const char *path)
{
    struct open_how how = {
        .flags = O_PATH | O_NOFOLLOW | O_CLOEXEC,
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS,
    };
    int file = sys_openat2(directory, path, &how);
    if (file >= 0 || (errno != ENOSYS && errno != EPERM))
        return file;
    return in_root_open(directory, path);
}

bool next_line(const char **text, struct operand *line)
{
    size_t length = strcspn(*text, "\n");
    if (length == 0)
        return false;
    line->data = strndup(*text, length);
    if (line->data == NULL)
        die("cannot copy a line");
    line->length = length;
    *text += length + ((*text)[length] == '\n');
    return true;
}

static struct kept *take(int directory, const struct operand *line)
{
    struct kept *kept = calloc(1, sizeof *kept);
    if (kept == NULL || line->length < 3)
        refuse("a guard keeps something without a name");
    kept->writable = line->data[0] == 'w';
    kept->path = line->data + 2;
    kept->tree = open_below(directory, kept->path);
    if (kept->tree < 0 && errno != ENOENT && errno != ENOTDIR)
        die("cannot open `%s`, which is kept", kept->path);
    if (kept->tree < 0 || mounts_by_path())
        return kept;
    int file = kept->tree;
    kept->tree = clone_opened(file, kept->path, kept->writable ? 0 : attributes_to_read, true);
    if (kept->tree < 0)
        die("cannot copy the mount `%s`", kept->path);
    close_later(file);
    return kept;
}

struct kept *kept_take(int directory, const char *lines)
{
    struct kept *first = NULL, **end = &first;
    struct operand line;
    while (next_line(&lines, &line)) {
        *end = take(directory, &line);
        end = &(*end)->next;
    }
    return first;
}

static mode_t type_of(int file)
{
    struct stat status;
    if (fstat(file, &status) < 0)
        die("cannot examine what is kept");
    return status.st_mode & S_IFMT;
}

/* Makes the mount point and the directories above it, all of them in a new tmpfs. */
static void make(int directory, const char *path, bool of_directory)
{
    char *name = text_of("%s", path);
    for (char *slash = strchr(name, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdirat(directory, name, 0755) < 0 && errno != EEXIST)
            die("cannot make the directory `%s`", name);
        *slash = '/';
    }
    int made = of_directory ? mkdirat(directory, name, 0755) : mknodat(directory, name, S_IFREG | 0444, 0);
    if (made < 0 && errno != EEXIST)
        die("cannot make the mount point `%s`", name);
    free(name);
}

static void put(const struct run *run, const char *path, const struct kept *kept, bool create)
{
    const char *destination = text_of("%s/%s", path, kept->path);
    int top = tree_open(run, path);
    if (top < 0)
        die("cannot open `%s`", path);
    if (create)
        make(top, kept->path, type_of(kept->tree) == S_IFDIR);
    int point = open_below(top, kept->path);
    if (point < 0)
        die("cannot open the mount point `%s`", destination);
    if (mounts_by_path() && type_of(kept->tree) == S_IFLNK)
        fallback_bind_link(kept->tree, point);
    else if (mounts_by_path())
        fallback_bind_at(run, kept->tree, point, destination, kept->writable ? 0 : attributes_to_read);
    else if (sys_move_mount(kept->tree, point, "") < 0)
        die("cannot mount on `%s`", destination);
    close_later(point);
    close_later(top);
    close_later(kept->tree);
}

void kept_put(const struct run *run, const char *path, struct kept *first, bool create)
{
    for (struct kept *kept = first; kept != NULL; kept = kept->next) {
        if (kept->tree >= 0)
            put(run, path, kept, create);
    }
}
