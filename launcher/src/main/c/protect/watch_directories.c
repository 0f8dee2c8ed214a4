#include "watch_directories.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

#include "answers.h"
#include "closing.h"
#include "guard.h"
#include "kernel.h"
#include "messages.h"
#include "names_in.h"
#include "paths.h"

bool watch_is_absent(int error)
{
    return error == ENOENT || error == ENOTDIR;
}

void watch_require_answer(int error, const char *path, bool usual)
{
    if (!usual && !error_is_answer(error)) {
        errno = error;
        die("cannot look for `%s`", path);
    }
}

/* As a text that only a directory goes by; false: it is longer than can be used. */
static bool name_of(const char *path, size_t length, char name[PATH_MAX])
{
    if (length >= PATH_MAX - 1)
        return false;
    memcpy(name, path, length);
    memcpy(name + length, "/", 2);
    return true;
}

void watch_remember(struct watched_directory *directory, const struct stat *status)
{
    directory->there = true;
    directory->device = status->st_dev;
    directory->inode = status->st_ino;
    directory->changed = status->st_ctim;
}

/* Directories by a hash of their paths: a slot holds the place of one, counted from 1. */
enum { SLOTS = 2048, MOST_IN_SLOTS = 1500 };
static uint16_t slots[SLOTS];

static bool is_of(const struct watched_directory *directory, const char *path, size_t length)
{
    return directory->length == length && memcmp(directory->path, path, length) == 0;
}

/* Paths that follow each other mostly lie in one directory. */
static unsigned latest;

/* Where it is, or the first free place. */
static unsigned find_directory(const struct run *run, const char *path, size_t length)
{
    if (latest < run->watch.directory_count && is_of(&run->watch.directories[latest], path, length))
        return latest;
    unsigned slot = path_hash(path, length) % SLOTS;
    for (; slots[slot] != 0; slot = (slot + 1) % SLOTS) {
        if (is_of(&run->watch.directories[slots[slot] - 1], path, length))
            return latest = slots[slot] - 1U;
    }
    for (unsigned i = MOST_IN_SLOTS; i < run->watch.directory_count; i++) {
        if (is_of(&run->watch.directories[i], path, length))
            return i;
    }
    return run->watch.directory_count;
}

static void add_directory(struct run *run, const struct watched_directory *directory)
{
    unsigned slot = path_hash(directory->path, directory->length) % SLOTS;
    while (slots[slot] != 0)
        slot = (slot + 1) % SLOTS;
    if (run->watch.directory_count < MOST_IN_SLOTS)
        slots[slot] = (uint16_t)(run->watch.directory_count + 1);
    run->watch.directories[run->watch.directory_count++] = *directory;
}

struct watched_directory *watch_above(const struct run *run, const char *path, size_t length)
{
    while (length > 0 && path[length - 1] != '/')
        length--;
    unsigned found = length == 0 ? run->watch.directory_count : find_directory(run, path, length - 1);
    return found == run->watch.directory_count ? NULL : &run->watch.directories[found];
}

/* Whether there is no such name, not even a symlink that leads nowhere yet: it takes a change of the directory above. */
static bool is_lacking(struct watched_directory *from, const char *name, bool usual)
{
    struct stat status;
    if (from == NULL || from->absent || from->file < 0)
        return from != NULL && from->absent;
    if (names_lack(&from->names, from->file, name))
        return true;
    if (names_are_read(&from->names) || fstatat(from->file, name, &status, AT_SYMLINK_NOFOLLOW) == 0)
        return false;
    watch_require_answer(errno, name, usual);
    return errno == ENOENT;
}

/* Before the command starts. */
static struct watched_directory open_directory(const struct run *run, const char *path, size_t length, bool usual)
{
    struct watched_directory directory = {.path = path, .length = length, .file = -1};
    struct watched_directory *from = watch_above(run, path, length);
    char name[PATH_MAX];
    struct stat status;
    if (!name_of(path, length, name))
        return directory;
    name[length] = '\0';
    if (is_lacking(from, name + (from == NULL ? 0 : from->length + 1), usual)) {
        directory.absent = directory.lacking = true;
        return directory;
    }
    name[length] = '/';
    directory.file = names_open(AT_FDCWD, name, 0);
    if (directory.file < 0) {
        directory.absent = watch_is_absent(errno);
        directory.nothing = errno == ENOENT;
        watch_require_answer(errno, name, usual);
        return directory;
    }
    if (fstat(directory.file, &status) < 0) {
        watch_require_answer(errno, name, usual);
        close_later(directory.file);
        directory.file = -1;
        return directory;
    }
    watch_remember(&directory, &status);
    directory.recent = run->watch.since - status.st_ctim.tv_sec <= COARSE_TIME;
    return directory;
}

/*
 * Where it is known what is in a directory further up, so is what is above this one: mostly that is not there, and then
 * nothing below it is looked for.
 */
static bool know_above(struct run *run, const char *path, size_t length, bool usual)
{
    while (length > 0 && path[length - 1] != '/')
        length--;
    if (length <= 1)
        return false;
    if (find_directory(run, path, --length) < run->watch.directory_count)
        return true;
    if (run->watch.above_room == 0 || !know_above(run, path, length, usual))
        return false;
    struct watched_directory directory = open_directory(run, path, length, usual);
    add_directory(run, &directory);
    run->watch.above_room--;
    return true;
}

bool watch_lacks(const struct run *run, const char *path)
{
    unsigned found = find_directory(run, path, strlen(path));
    const struct watched_directory *directory = &run->watch.directories[found];
    return found < run->watch.directory_count && (directory->lacking || directory->nothing);
}

unsigned watch_directory_of(struct run *run, const char *path, const struct guarded_lines *lines, bool usual)
{
    const char *slash = strrchr(path, '/');
    size_t length = slash == NULL ? 0 : (size_t)(slash - path);
    unsigned found = find_directory(run, path, length);
    if (found < run->watch.directory_count) {
        struct watched_directory *known = &run->watch.directories[found];
        if (known->there && known->file < 0)
            known->file = open_directory(run, path, length, usual).file;
        return found;
    }
    know_above(run, path, length, usual);
    struct watched_directory directory = open_directory(run, path, length, usual);
    directory.names.expected = guarded_are_many(lines);
    add_directory(run, &directory);
    return run->watch.directory_count - 1;
}
