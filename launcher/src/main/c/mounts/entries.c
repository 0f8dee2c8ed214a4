/*
 * A directory of the host shown entry by entry in one of our own, which holds more besides: nothing is made in the host's.
 * What appears in it later is not seen, nor what replaces an entry.
 */
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "actions.h"
#include "closing.h"
#include "detached_mount.h"
#include "kernel.h"
#include "messages.h"
#include "mounts.h"
#include "names_in.h"
#include "own_directories.h"
#include "source.h"
#include "text.h"
#include "tree.h"

struct shown {
    const char *source, *destination;
    int host, own;
    uint64_t attributes;
};

static void copy_link(const struct shown *shown, const char *name)
{
    char target[PATH_MAX];
    ssize_t length = readlinkat(shown->host, name, target, sizeof target - 1);
    if (length < 0 && errno == ENOENT)
        return;
    if (length < 0)
        die("cannot read the symlink `%s` in `%s`", name, shown->source);
    target[length] = '\0';
    if (symlinkat(target, shown->own, name) < 0)
        die("cannot make the symlink `%s` in `%s`", name, shown->destination);
}

static void mount_entry(struct run *run, const struct shown *shown, const char *name, const char *path, int source)
{
    int point = openat(shown->own, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    if (point < 0)
        die("cannot open the mount point `%s` in `%s`", name, shown->destination);
    if (mounts_by_path()) {
        fallback_bind(run, source, point, text_of("%s/%s", shown->destination, name), shown->attributes, true);
    } else {
        int tree = clone_opened(source, path, shown->attributes, true);
        if (tree < 0 || sys_move_mount(tree, point, "") < 0)
            die("cannot bind `%s`", path);
        close_later(tree);
    }
    close_later(point);
}

static void bind_entry(struct run *run, const struct shown *shown, const char *name, mode_t type)
{
    char *path = text_of("%s/%s", shown->source, name);
    int source = source_open(path);
    if (source < 0) {
        if (errno != ENOENT)
            say("warning: `%s` cannot be opened, and is left out: %s", path, strerror(errno));
        return;
    }
    int made = S_ISDIR(type) ? mkdirat(shown->own, name, 0755) : mknodat(shown->own, name, S_IFREG | 0444, 0);
    if (made < 0)
        die("cannot make the mount point `%s` in `%s`", name, shown->destination);
    mount_entry(run, shown, name, path, source);
    close_later(source);
    free(path);
}

static void show_entry(struct run *run, const struct shown *shown, const char *name)
{
    struct stat status;
    if (fstatat(shown->own, name, &status, AT_SYMLINK_NOFOLLOW) == 0)
        return; /* something else is put there */
    if (errno != ENOENT)
        die("cannot look for `%s` in `%s`", name, shown->destination);
    if (fstatat(shown->host, name, &status, AT_SYMLINK_NOFOLLOW) < 0) {
        if (errno != ENOENT)
            say("warning: `%s/%s` cannot be examined, and is left out: %s", shown->source, name, strerror(errno));
        return;
    }
    if (S_ISLNK(status.st_mode))
        copy_link(shown, name);
    else
        bind_entry(run, shown, name, status.st_mode);
}

static void show_all(struct run *run, const struct shown *shown)
{
    int copy = openat(shown->host, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *listing = copy < 0 ? NULL : fdopendir(copy);
    struct dirent *entry;
    if (listing == NULL) {
        say("warning: `%s` cannot be listed, and nothing of it is shown: %s", shown->source, strerror(errno));
        return;
    }
    while ((errno = 0, entry = readdir(listing)) != NULL) {
        if (!is_dots(entry->d_name))
            show_entry(run, shown, entry->d_name);
    }
    if (errno != 0)
        die("cannot list `%s`", shown->source);
    closedir(listing);
}

/* As far as ids are known inside: a program that looks at its home before it trusts it finds what is outside. */
static void take_owner_and_mode(const struct shown *shown)
{
    struct stat status;
    int own = openat(shown->own, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (own < 0 || fstat(shown->host, &status) < 0)
        die("cannot examine `%s`", shown->source);
    own_take_owner(own, &status);
    if (fchmod(own, status.st_mode & 0777) < 0)
        die("cannot set the mode of `%s`", shown->destination);
    close(own);
}

void do_bind_entries(struct run *run, const struct operand *operands)
{
    struct shown shown = {.source = run_source(run, &operands[0]), .destination = run_path(run, &operands[1]),
                          .attributes = operands[2].number};
    shown.host = source_open(shown.source);
    if (shown.host < 0 && (operands[3].number & MOUNT_SKIP_MISSING) != 0 && errno == ENOENT)
        return;
    if (shown.host < 0)
        die_with_help(errno == ELOOP ? help_for_links : NULL, "cannot open `%s`", shown.source);
    shown.own = tree_open(run, shown.destination);
    if (shown.own < 0)
        die("cannot open `%s` in the new root", shown.destination);
    own_require(run, shown.own, shown.destination);
    covers_remember(run, &operands[0], shown.destination, mount_kept_apart(shown.attributes, operands[3].number));
    show_all(run, &shown);
    take_owner_and_mode(&shown);
    close_later(shown.host);
    close_later(shown.own);
}
