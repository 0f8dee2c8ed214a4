/*
 * Guards for rules of Landlock, as a tree of names from `/` on. A rule gives rights to all that is beneath something and
 * nothing takes them away again, so no rule may be for a directory above what is guarded.
 */
#include "landlock_guards.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "actions.h"
#include "guard.h"
#include "kernel.h"
#include "links.h"
#include "messages.h"
#include "source.h"

static const uint64_t reading = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_EXECUTE;

struct guarded *guards_find(const struct guarded *directory, const char *name, size_t length)
{
    struct guarded *child = directory->first;
    while (child != NULL && (strncmp(child->name, name, length) != 0 || child->name[length] != '\0'))
        child = child->next;
    return child;
}

static struct guarded *new_guarded(const char *name, size_t length)
{
    struct guarded *guarded = calloc(1, sizeof *guarded);
    if (guarded == NULL || (guarded->name = strndup(name, length)) == NULL)
        die("cannot remember a path");
    return guarded;
}

static struct guarded *find_or_make(struct guarded *directory, const char *name, size_t length)
{
    struct guarded *child = guards_find(directory, name, length);
    if (child == NULL) {
        child = new_guarded(name, length);
        child->next = directory->first;
        directory->first = child;
    }
    return child;
}

static void add(struct run *run, const char *path, uint64_t flags)
{
    if (run->guarded == NULL)
        run->guarded = new_guarded("", 0);
    struct guarded *guarded = run->guarded;
    for (const char *name = path + 1; *name != '\0';) {
        size_t length = strcspn(name, "/");
        guarded = find_or_make(guarded, name, length);
        name += length + (name[length] == '/');
        guarded->plain |= (flags & (*name == '\0' ? GUARDED_LINK | GUARDED_UNSEEN : GUARDED_UNSEEN)) == 0;
    }
    if (guarded == run->guarded)
        refuse("the root cannot be guarded");
    guarded->hide |= (flags & GUARDED_HIDDEN) != 0;
    guarded->protect |= (flags & GUARDED_HIDDEN) == 0;
}

static bool is_absent(int error)
{
    return error == ENOENT || error == ENOTDIR;
}

/* What the compiler could not see may lie behind symlinks: then those are guarded, and what they lead to. */
static void add_behind_links(struct run *run, const char *path, uint64_t flags)
{
    char link[64], real[PATH_MAX];
    int file = openat(AT_FDCWD, path, O_PATH | O_CLOEXEC);
    if (file < 0) {
        if (is_absent(errno))
            return;
        die("cannot follow `%s` to keep it from the command", path);
    }
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, real, sizeof real - 1);
    if (length <= 0 || real[0] != '/')
        die("cannot find out where `%s` leads, to keep it from the command", path);
    close(file);
    real[length] = '\0';
    add(run, real, flags);
}

static void add_unseen(struct run *run, const struct operand *line, uint64_t flags)
{
    if (run->working_directory == NULL)
        return;
    const char *path = run_path(run, line);
    add(run, path, flags);
    int file = source_open(path);
    if (file >= 0)
        close(file);
    else if (errno == ELOOP)
        add_behind_links(run, path, flags & GUARDED_HIDDEN);
}

static uint64_t flags_of_targets;

static void add_target(struct run *run, const char *path)
{
    if ((flags_of_targets & GUARDED_HIDDEN) == 0 || !links_lead_to_system(path))
        add(run, path, flags_of_targets);
}

static void add_way(struct run *run, const char *link)
{
    add(run, link, GUARDED_LINK);
}

/* What symlinks in it lead to is reached through its name as well. */
static void add_behind_links_within(struct run *run, const char *path, uint64_t flags)
{
    struct stat status;
    int root = openat(AT_FDCWD, "/", O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (root < 0)
        die("cannot open `/`");
    flags_of_targets = flags & GUARDED_HIDDEN;
    if (lstat(path, &status) == 0 && S_ISDIR(status.st_mode))
        links_within(run, root, path, "", true, &(struct link_wish){add_target, 0, flags_of_targets == 0 ? add_way : NULL, NULL});
    close(root);
}

void do_landlock_guard(struct run *run, const struct operand *operands)
{
    struct operand line;
    for (struct guarded_lines lines = {.list = &operands[0]}; guarded_next(run, &lines, &line);) {
        if ((operands[1].number & GUARDED_UNSEEN) != 0)
            add_unseen(run, &line, operands[1].number);
        else
            add(run, run_path(run, &line), operands[1].number);
        if ((line.data[0] != '@' || run->working_directory != NULL) && (operands[1].number & GUARDED_LINK) == 0)
            add_behind_links_within(run, run_path(run, &line), operands[1].number);
    }
}

static void look_below(struct guarded *directory, int opened);

static void look_at(struct guarded *guarded, int directory)
{
    struct stat status;
    int file = openat(directory, guarded->name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    guarded->there = file >= 0 || !is_absent(errno);
    if (file < 0) {
        if (guarded->there && errno != EACCES)
            die("cannot look for `%s` to keep it from the command", guarded->name);
        return;
    }
    guarded->known = fstat(file, &status) == 0;
    if (guarded->known && S_ISLNK(status.st_mode) && guarded->plain)
        refuse_with_help(help_for_links, "`%s` is not what it was when the plan was compiled", guarded->name);
    if (guarded->known) {
        guarded->device = status.st_dev;
        guarded->inode = status.st_ino;
        if (S_ISDIR(status.st_mode))
            look_below(guarded, file);
    }
    close(file);
}

static void look_below(struct guarded *directory, int opened)
{
    for (struct guarded *child = directory->first; child != NULL; child = child->next)
        look_at(child, opened);
}

void guards_look(struct run *run)
{
    struct stat status;
    if (run->guarded == NULL || run->guarded->there)
        return;
    int root = openat(AT_FDCWD, "/", O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (root < 0 || fstat(root, &status) < 0)
        die("cannot examine `/`");
    run->guarded->there = run->guarded->known = true;
    run->guarded->device = status.st_dev;
    run->guarded->inode = status.st_ino;
    look_below(run->guarded, root);
    close(root);
}

uint64_t guards_leave(const struct guarded *guarded, uint64_t rights)
{
    if (guarded->hide && guarded->there)
        return 0;
    return guarded->protect ? rights & reading : rights;
}

/* Names can be listed: without that right above what is hidden, nothing in a home could be. */
uint64_t guards_leave_above(const struct guarded *directory, uint64_t rights)
{
    for (const struct guarded *child = directory->first; child != NULL; child = child->next) {
        uint64_t left = guards_leave(child, rights);
        rights = left == 0 ? rights & LANDLOCK_ACCESS_FS_READ_DIR : guards_leave_above(child, left);
    }
    return rights;
}

/* Something is kept here, or below. */
static bool is_closed(const struct guarded *guarded)
{
    return guards_leave_above(guarded, guards_leave(guarded, ~0ULL)) != ~0ULL;
}

static bool is_at(const struct guarded *guarded, const struct stat *status)
{
    return guarded->known && guarded->device == status->st_dev && guarded->inode == status->st_ino && is_closed(guarded);
}

static struct guarded *find_at(struct guarded *directory, const struct stat *status, const struct guarded *but)
{
    struct guarded *found = directory != but && is_at(directory, status) ? directory : NULL;
    for (struct guarded *child = directory->first; found == NULL && child != NULL; child = child->next)
        found = find_at(child, status, but);
    return found;
}

bool guards_are_at(const struct run *run, const struct stat *status, const struct guarded *but)
{
    return run->guarded != NULL && find_at(run->guarded, status, but) != NULL;
}

static struct guarded *find_opened(const struct run *run, int file)
{
    struct stat status;
    if (fstat(file, &status) < 0)
        die("cannot examine a path for Landlock");
    return run->guarded == NULL ? NULL : find_at(run->guarded, &status, NULL);
}

struct guarded *guards_below(struct run *run, int directory, uint64_t rights)
{
    struct guarded *guarded = run->guarded == NULL ? NULL : find_opened(run, directory);
    return guarded != NULL && guards_leave_above(guarded, rights) != rights ? guarded : NULL;
}

uint64_t guards_allow(const struct run *run, const char *path, int directory, uint64_t rights)
{
    const struct guarded *guarded = find_opened(run, directory);
    if (guarded != NULL)
        rights = guards_leave(guarded, rights);
    guarded = run->guarded;
    for (const char *name = path + 1; guarded != NULL && *name != '\0';) {
        size_t length = strcspn(name, "/");
        guarded = guards_find(guarded, name, length);
        name += length + (name[length] == '/');
        if (guarded != NULL)
            rights = guards_leave(guarded, rights);
    }
    return rights;
}
