#include "scan.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>

#include "beneath.h"
#include "compare.h"
#include "contents.h"
#include "escape.h"
#include "kernel.h"
#include "messages.h"
#include "trees.h"

enum { DIRECTORY_FLAGS = O_RDONLY | O_DIRECTORY };

struct walk {
    struct scan *scan;
    const struct tree *tree;
    unsigned depth;
};

static bool is_whiteout(const struct stat *status)
{
    return S_ISCHR(status->st_mode) && status->st_rdev == 0;
}

static const char *difference(const struct change *change, bool there, const struct stat *now)
{
    struct stat root;
    if (change->tree->host < 0)
        return "moved";
    if (!there)
        return "gone";
    if (fstat(change->tree->host, &root) == 0 && root.st_dev != now->st_dev)
        return "mounted";
    return change->before == NULL ? "there" : "changed";
}

static void add(struct walk *walk, const struct change *change)
{
    struct scan *scan = walk->scan;
    if ((scan->count & (scan->count - 1)) == 0) {
        size_t room = scan->count == 0 ? 1 : scan->count * 2;
        scan->changes = realloc(scan->changes, room * sizeof *scan->changes);
        if (scan->changes == NULL)
            die("cannot remember what was changed");
    }
    scan->changes[scan->count] = *change;
    scan->changes[scan->count++].path = text_of("%s", change->path);
}

/* Compares with the host. What is there already is no change any more. */
static void judge(struct walk *walk, struct change *change)
{
    struct stat now = {.st_mode = 0};
    bool there = change->tree->host >= 0 && (change->path[0] == '\0' ? fstat(change->tree->host, &now) == 0
                                                                      : beneath_stat(change->tree->host, change->path, &now));
    if (change->state == NULL) {
        if (compare_is_done(change, there, &now))
            return;
        change->conflict = change->tree->host < 0 || !compare_is_before(change, there, &now);
        change->state = change->conflict ? difference(change, there, &now) : "clean";
    }
    add(walk, change);
}

/* Between two regular files that were one before. */
static enum change_kind kind_of_edit(const struct change *change)
{
    struct stat now;
    const struct state *before = &change->before->state;
    bool compared = change->tree->host >= 0 && beneath_stat(change->tree->host, change->path, &now) && state_is(before, &now) &&
                    compare_holds_the_same(change, &now);
    if (!compared)
        return CHANGE_EDIT;
    return compare_bits(before->mode) == compare_bits(change->after.st_mode) ? CHANGE_TIME : CHANGE_MODE;
}

static void removed(struct walk *walk, const struct entry *entry)
{
    struct change change = {.kind = CHANGE_REMOVE, .tree = walk->tree, .path = entry->path, .before = entry};
    judge(walk, &change);
}

/* What could not be copied was not there for the command. */
static bool was_there(const struct tree *tree, const struct entry *entry)
{
    return !tree->copied || snapshot_find(&tree->copy, entry->path) != NULL;
}

/* The entry and all below it, the innermost first. */
static void removed_with_all(struct walk *walk, const struct entry *entry)
{
    size_t end, start = snapshot_below(&walk->tree->before, entry->path, &end);
    for (size_t i = end; i > start; i--) {
        if (was_there(walk->tree, &walk->tree->before.entries[i - 1]))
            removed(walk, &walk->tree->before.entries[i - 1]);
    }
    if (was_there(walk->tree, entry))
        removed(walk, entry);
}

/* In a directory of which nothing below is seen any more. */
static void removed_from(struct walk *walk, const char *path, int directory)
{
    struct stat status;
    const struct snapshot *before = &walk->tree->before;
    size_t end, start = snapshot_below(before, path, &end), length = path[0] == '\0' ? 0 : strlen(path) + 1;
    for (size_t i = start; i < end; i++) {
        const char *name = before->entries[i].path + length;
        if (strchr(name, '/') == NULL && fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) < 0 && errno == ENOENT)
            removed_with_all(walk, &before->entries[i]);
    }
}

static bool has_attribute(int directory, const char *name, char value)
{
    char got[16];
    ssize_t length = fgetxattr(directory, name, got, sizeof got);
    return length > 0 && (value == '\0' || got[0] == value);
}

static void children(struct walk *walk, int directory, const char *path, bool opaque);

static const char *unsupported(const struct stat *status)
{
    switch (status->st_mode & S_IFMT) {
    case S_IFREG:
    case S_IFDIR:
    case S_IFLNK:
        return NULL;
    case S_IFIFO:
        return "fifo";
    case S_IFSOCK:
        return "socket";
    default:
        return "device";
    }
}

static void directory_entry(struct walk *walk, int parent, const char *name, struct change *change, bool opaque)
{
    int directory = openat(parent, name, DIRECTORY_FLAGS | O_NOFOLLOW | O_CLOEXEC);
    const struct entry *before = change->before;
    bool was_directory = before != NULL && S_ISDIR(before->state.mode);
    if (before != NULL && !was_directory)
        removed_with_all(walk, before);
    if (!was_directory)
        change->before = NULL;
    change->kind = was_directory ? CHANGE_MODE : CHANGE_ADD;
    if (directory < 0 || walk->depth >= TREE_DEPTH)
        change->state = directory < 0 ? "unreadable" : "deep";
    else if (has_attribute(directory, "user.overlay.redirect", '\0'))
        change->state = "redirect";
    if (!was_directory || compare_bits(before->state.mode) != compare_bits(change->after.st_mode) || change->state != NULL)
        judge(walk, change);
    if (directory >= 0 && change->state == NULL)
        change->state = "clean"; /* done already; what is in it may not be */
    if (directory >= 0 && (change->conflict || strcmp(change->state, "clean") == 0))
        children(walk, directory, change->path, opaque || !was_directory || has_attribute(directory, "user.overlay.opaque", 'y'));
    if (directory >= 0)
        close(directory);
}

/* One that was copied and is the same since. */
static bool is_untouched(const struct tree *tree, const char *path, const struct stat *status)
{
    const struct entry *copied = tree->copied ? snapshot_find(&tree->copy, path) : NULL;
    return copied != NULL && !S_ISDIR(status->st_mode) && state_is(&copied->state, status);
}

static void entry(struct walk *walk, int parent, const char *name, const char *path, bool opaque)
{
    struct change change = {.kind = CHANGE_ADD, .tree = walk->tree, .path = path};
    if (fstatat(parent, name, &change.after, AT_SYMLINK_NOFOLLOW) < 0 || is_untouched(walk->tree, path, &change.after))
        return;
    change.before = snapshot_find(&walk->tree->before, path);
    if (is_whiteout(&change.after)) {
        if (change.before != NULL)
            removed_with_all(walk, change.before);
        return;
    }
    if (S_ISLNK(change.after.st_mode))
        change.link = beneath_link(walk->tree->after, path);
    change.state = unsupported(&change.after);
    if (S_ISDIR(change.after.st_mode)) {
        directory_entry(walk, parent, name, &change, opaque);
        return;
    }
    if (change.before != NULL && S_ISDIR(change.before->state.mode)) {
        removed_with_all(walk, change.before);
        change.before = NULL;
    }
    if (change.before != NULL)
        change.kind = S_ISREG(change.after.st_mode) && S_ISREG(change.before->state.mode) ? kind_of_edit(&change) : CHANGE_EDIT;
    judge(walk, &change);
}

static int by_name(const void *one, const void *other)
{
    return strcmp(*(char *const *)one, *(char *const *)other);
}

/* Sorted: the same changes come in the same order each time. */
static char **names_of(int directory, size_t *count)
{
    int copy = openat(directory, ".", DIRECTORY_FLAGS | O_CLOEXEC);
    DIR *listing = copy < 0 ? NULL : fdopendir(copy);
    struct dirent *item;
    char **names = NULL;
    *count = 0;
    if (listing == NULL)
        die("cannot list what was changed");
    while ((errno = 0, item = readdir(listing)) != NULL) {
        if (strcmp(item->d_name, ".") == 0 || strcmp(item->d_name, "..") == 0)
            continue;
        if ((*count & (*count - 1)) == 0)
            names = realloc(names, (*count == 0 ? 1 : *count * 2) * sizeof *names);
        if (names == NULL)
            die("cannot list what was changed");
        names[(*count)++] = text_of("%s", item->d_name);
    }
    if (errno != 0)
        die("cannot list what was changed");
    closedir(listing);
    if (*count > 1)
        qsort(names, *count, sizeof *names, by_name);
    return names;
}

static void children(struct walk *walk, int directory, const char *path, bool opaque)
{
    size_t count;
    char **names = names_of(directory, &count);
    if (opaque || walk->tree->copied)
        removed_from(walk, path, directory);
    walk->depth++;
    for (size_t i = 0; i < count; i++) {
        char *below = path[0] == '\0' ? text_of("%s", names[i]) : text_of("%s/%s", path, names[i]);
        entry(walk, directory, names[i], below, opaque);
        free(below);
        free(names[i]);
    }
    walk->depth--;
    free(names);
}

static void scan_root(struct walk *walk)
{
    const struct tree *tree = walk->tree;
    struct change change = {.kind = CHANGE_MODE, .tree = tree, .path = "", .before = snapshot_find(&tree->before, "")};
    if (tree->only[0] != '\0') {
        if (tree->copied)
            entry(walk, tree->after, tree->only, tree->only, false);
        return;
    }
    if (fstat(tree->after, &change.after) < 0)
        die("cannot examine what was changed");
    if (change.before != NULL && compare_bits(change.before->state.mode) != compare_bits(change.after.st_mode))
        judge(walk, &change);
    children(walk, tree->after, "", has_attribute(tree->after, "user.overlay.opaque", 'y'));
}

void scan_take(struct scan *scan, int directory)
{
    trees_open(scan, directory);
    scan_trees(scan);
}

void scan_trees(struct scan *scan)
{
    for (unsigned i = 0; i < scan->tree_count; i++) {
        struct walk walk = {.scan = scan, .tree = &scan->trees[i]};
        scan_root(&walk);
    }
}

void scan_name(const struct change *change, struct text *line)
{
    static const char *const kinds[] = {"add", "edit", "mode", "time", "remove"};
    const struct state *before = change->before == NULL ? NULL : &change->before->state;
    const struct stat *after = &change->after;
    text_add(line, "%s %s %s %o %o %llu %llu %llu.%lld.%ld %llu", kinds[change->kind], change->tree->name, change->tree->part,
             before == NULL ? 0 : before->mode, after->st_mode, (unsigned long long)(before == NULL ? 0 : before->size),
             (unsigned long long)after->st_size, (unsigned long long)after->st_ino, (long long)after->st_ctim.tv_sec,
             (long)after->st_ctim.tv_nsec, (unsigned long long)(before == NULL ? 0 : before->links));
    escape_add(line, change->tree->path);
    escape_add(line, change->path);
    escape_add(line, change->link == NULL ? "" : change->link);
}
