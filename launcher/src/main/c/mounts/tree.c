#include "tree.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "actions.h"
#include "closing.h"
#include "kernel.h"
#include "messages.h"
#include "own_directories.h"

static const char help_for_plain[] =
    "a symlink has appeared in this path since the plan was compiled; nothing is put at where it leads";

int tree_resolve(const struct run *run, const char *path, int flags)
{
    struct open_how how = {
        .flags = (unsigned)(flags | O_PATH | O_CLOEXEC),
        .resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS | (run->root.plain_destination ? RESOLVE_NO_SYMLINKS : 0U),
    };
    int descriptor = sys_openat2(run->root.at, path, &how);
    /* EPERM is how container run-times of that time refuse calls they do not know; opening a path never gives it. */
    if (descriptor < 0 && (errno == ENOSYS || errno == EPERM))
        return in_root_resolve(run->root.at, path, flags, run->root.plain_destination);
    return descriptor;
}

int tree_open(const struct run *run, const char *path)
{
    struct open_how how = {
        .flags = O_PATH | O_NOFOLLOW | O_CLOEXEC,
        .resolve = RESOLVE_IN_ROOT | RESOLVE_NO_SYMLINKS,
    };
    int descriptor = sys_openat2(run->root.at, path, &how);
    if (descriptor < 0 && (errno == ENOSYS || errno == EPERM))
        return in_root_open(run->root.at, path);
    return descriptor;
}

bool tree_is_root(const char *path)
{
    return path[strspn(path, "/.")] == '\0';
}

/* Splits off the last component, and the slashes around it; the parent of `/name` is `/`. */
static char *split(char *path)
{
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/')
        path[--length] = '\0';
    char *slash = strrchr(path, '/');
    *slash = '\0';
    return slash + 1;
}

static char *copy(const char *path)
{
    char *copied = strdup(path);
    if (copied == NULL)
        die("cannot copy a path");
    return copied;
}

/* Opens a directory and makes it, and those above it, where they are missing. */
static int open_directory(const struct run *run, const char *path)
{
    int directory = tree_resolve(run, path[0] == '\0' ? "/" : path, O_DIRECTORY);
    if (directory >= 0)
        return directory;
    if (errno != ENOENT)
        die("cannot open `%s` in the new root", path);
    char *parent_path = copy(path);
    const char *name = split(parent_path);
    int parent = open_directory(run, parent_path);
    own_require(run, parent, path);
    if (mkdirat(parent, name, 0755) < 0)
        die("cannot make the directory `%s`", path);
    directory = openat(parent, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (directory < 0)
        die("cannot open the directory `%s`", path);
    close_later(parent);
    return directory;
}

/* Opens the directory that holds `path`, whose last component is left in `name`. */
static int open_parent(const struct run *run, char *path, const char **name)
{
    if (tree_is_root(path))
        refuse("`%s` cannot be made: it is the root", path);
    *name = split(path);
    int directory = own_known(run, path, strlen(path));
    return directory >= 0 ? directory : open_directory(run, path);
}

/* Makes a mount point; false when there is something already. */
static bool make_point(struct place place, const char *path, bool file)
{
    int made = file ? mknodat(place.directory, place.name, S_IFREG | 0444, 0) : mkdirat(place.directory, place.name, 0755);
    if (made < 0 && errno != EEXIST)
        die("cannot make the mount point `%s`", path);
    return made == 0;
}

/* In a directory that is known to be ours; false when none is, or there is something already. */
static bool make_known_point(const struct run *run, const char *path, bool file, struct place *place)
{
    const char *slash = strrchr(path, '/');
    *place = (struct place){own_known(run, path, (size_t)(slash - path)), slash + 1};
    return place->directory >= 0 && slash[1] != '\0' && make_point(*place, path, file);
}

/* In a directory that is ours, and known from here on. */
static struct place make_new_point(const struct run *run, const char *path, bool file)
{
    struct place place;
    char *parent_path = copy(path);
    place.directory = open_parent(run, parent_path, &place.name);
    own_require(run, place.directory, path);
    if (!make_point(place, path, file))
        die("cannot make the mount point `%s`", path);
    own_remember(run, place.directory, parent_path);
    place.directory = own_known(run, parent_path, strlen(parent_path));
    return place;
}

static bool is_plain(const char *name, size_t length)
{
    return length > 0 && !(name[0] == '.' && (length == 1 || (length == 2 && name[1] == '.')));
}

/* A directory that is not there yet, and so cannot be anybody else's; -1: something is there. `part` is changed. */
static int make_new_directory(int above, char *part, size_t length, const char *path)
{
    char behind = part[length];
    part[length] = '\0';
    int made = mkdirat(above, part, 0755);
    if (made < 0 && errno != EEXIST)
        die("cannot make the directory `%s`", path);
    int directory = made < 0 ? -1 : openat(above, part, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (made == 0 && directory < 0)
        die("cannot open the directory `%s`", path);
    part[length] = behind;
    return directory;
}

/*
 * Where the first name of a path is not there, all behind it is neither: nothing has to be looked for, from the bottom up,
 * to find that out. False where it is there, or the path needs to be resolved.
 */
static bool make_fresh_point(const struct run *run, const char *path, bool file, struct place *place)
{
    if (own_known(run, "", 0) < 0 || strchr(path + 1, '/') == NULL)
        return false;
    for (const char *name = path + 1; name[-1] == '/'; name += strcspn(name, "/") + 1) {
        if (!is_plain(name, strcspn(name, "/")))
            return false;
    }
    char *text = copy(path), *name = text + 1;
    int directory = run->root.at;
    for (size_t length; name[length = strcspn(name, "/")] == '/'; name += length + 1) {
        int next = make_new_directory(directory, name, length, path);
        if (next < 0 && directory == run->root.at) {
            free(text);
            return false;
        }
        if (next < 0)
            die("cannot make the directory `%s`", path);
        if (directory != run->root.at)
            own_add(directory, path, (size_t)(name - text) - 1);
        directory = next;
    }
    name[-1] = '\0';
    *place = (struct place){directory, path + (name - text)};
    if (!make_point(*place, path, file))
        die("cannot make the mount point `%s`", path);
    own_remember(run, directory, text);
    return true;
}

struct place tree_place(const struct run *run, const char *path, bool file, bool create)
{
    struct place place;
    if (create && (make_known_point(run, path, file, &place) || make_fresh_point(run, path, file, &place)))
        return place;
    place = (struct place){tree_resolve(run, path, 0), ""};
    if (place.directory >= 0) {
        tree_forget(); /* what is mounted here may cover what is known */
        return place;
    }
    if (errno != ENOENT || !create)
        die_with_help(errno == ELOOP && run->root.plain_destination ? help_for_plain : NULL,
                      "cannot open the mount point `%s`", path);
    return make_new_point(run, path, file);
}

void tree_leave(struct place place)
{
    if (place.name[0] == '\0')
        close_later(place.directory);
}

int tree_mount_point(const struct run *run, const char *path, bool file, bool create)
{
    struct place place = tree_place(run, path, file, create);
    if (place.name[0] == '\0')
        return place.directory;
    int point = openat(place.directory, place.name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    if (point < 0)
        die("cannot open the mount point `%s`", path);
    return point;
}

/* A directory that is there, perhaps as somebody's parent, is given its mode, but only in our own tmpfs. */
static void reuse_directory(const struct run *run, int parent, const char *name, const char *path, mode_t mode)
{
    int directory = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (directory < 0)
        die("cannot make the directory `%s`: something else is there", path);
    if (own_is(run, directory) && fchmod(directory, mode) < 0)
        die("cannot set the mode of `%s`", path);
    close_later(directory);
}

void do_mkdir(struct run *run, const struct operand *operands)
{
    char *path = copy(run_path(run, &operands[0]));
    mode_t mode = (mode_t)operands[1].number & 07777;
    if (tree_is_root(path))
        return;
    const char *name;
    int parent = open_parent(run, path, &name);
    struct stat status;
    bool exists = fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW) == 0;
    if (!exists && errno != ENOENT)
        die("cannot look for the directory `%s`", operands[0].data);
    if (exists) {
        reuse_directory(run, parent, name, operands[0].data, mode);
        own_release(run, parent);
        return;
    }
    own_require(run, parent, operands[0].data);
    if (mkdirat(parent, name, mode) < 0)
        die("cannot make the directory `%s`", operands[0].data);
    own_remember(run, parent, path);
}

void do_symlink(struct run *run, const struct operand *operands)
{
    const char *target = operands[0].data;
    char *path = copy(run_path(run, &operands[1]));
    const char *name;
    int parent = open_parent(run, path, &name);
    own_require(run, parent, operands[1].data);
    if (symlinkat(target, parent, name) < 0)
        die("cannot make the symlink `%s` to `%s`", operands[1].data, target);
    own_remember(run, parent, path);
}

int tree_make_file(struct run *run, const struct operand *destination, mode_t mode)
{
    char *path = copy(run_path(run, destination));
    const char *name;
    int parent = open_parent(run, path, &name);
    own_require(run, parent, destination->data);
    int file = openat(parent, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
    if (file < 0)
        die("cannot make the file `%s`", destination->data);
    own_remember(run, parent, path);
    return file;
}
