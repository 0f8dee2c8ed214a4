/*
 * Of the many paths that are guarded few are there. They are looked for by their names in directories that are opened
 * once, and only while guards are put up: another action could mount something over them, and a guard forgets what is below
 * what it mounts on. Only a lookup that finds nothing is an answer. Whatever else happens, symlinks among it, is left to who opens the path as a whole.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "answers.h"
#include "closing.h"
#include "guard.h"
#include "kernel.h"
#include "messages.h"
#include "opcodes.h"

enum { MOST_DIRECTORIES = 512, SLOTS = 1024, MOST_LEVELS = 4 };

static struct seen {
    const char *path; /* not ended by a NUL */
    size_t length;
    int file; /* -1: it is not there */
    struct names_in names;
} seen[MOST_DIRECTORIES];
static unsigned seen_count;
static uint16_t slots[SLOTS]; /* by a hash of the path: where it is in the list, counted from 1 */
static const struct guarded_lines *ahead; /* those at hand and behind, or NULL */
static bool usual; /* what is broken is left to who opens it */

static bool may_be_other(const char *name)
{
    return name[0] == '\0' || name[0] == '/' || (name[0] == '.' && (name[1] == '\0' || name[1] == '/' || name[1] == '.'));
}

/* What a path names must be seen from its text. */
static bool is_normal(const char *path)
{
    if (*path != '/')
        return false;
    for (; *path != '\0'; path++) {
        if (*path == '/' && may_be_other(path + 1))
            return false;
    }
    return true;
}

static bool is_of(const struct seen *known, const char *path, size_t length)
{
    return known->length == length && memcmp(known->path, path, length) == 0;
}

/* Paths that follow each other mostly lie in one directory. */
static unsigned latest;

static struct seen *find(const char *path, size_t length)
{
    if (latest < seen_count && is_of(&seen[latest], path, length))
        return &seen[latest];
    for (unsigned slot = path_hash(path, length) % SLOTS; slots[slot] != 0; slot = (slot + 1) % SLOTS) {
        if (is_of(&seen[slots[slot] - 1U], path, length)) {
            latest = slots[slot] - 1U;
            return &seen[latest];
        }
    }
    return NULL;
}

static void put_in_slot(unsigned at)
{
    unsigned slot = path_hash(seen[at].path, seen[at].length) % SLOTS;
    while (slots[slot] != 0)
        slot = (slot + 1) % SLOTS;
    slots[slot] = (uint16_t)(at + 1);
}

static struct seen *add(const char *path, size_t length, int file)
{
    seen[seen_count] = (struct seen){.path = path, .length = length, .file = file};
    put_in_slot(seen_count);
    latest = seen_count;
    return &seen[seen_count++];
}

/* The text up to the last slash before the end of it. */
static size_t parent_length(const char *path, size_t length)
{
    while (length > 0 && path[length - 1] != '/')
        length--;
    return length == 0 ? 0 : length - 1;
}

/* Symlinks, permissions, names that are too long and calls that there are not have another way; nothing else may fail. */
static void require_answer(int error)
{
    if (usual)
        return;
    bool no_such_call = error == ENOSYS || error == EPERM;
    if (!no_such_call && !error_is_answer(error))
        die("cannot look for what is to be kept from the command");
}

static bool lacks(struct seen *directory, const char *name)
{
    struct stat status;
    if (directory->file < 0 || names_lack(&directory->names, directory->file, name))
        return true;
    if (directory->names.error != 0) {
        errno = directory->names.error;
        require_answer(errno);
    }
    if (names_are_read(&directory->names) || fstatat(directory->file, name, &status, AT_SYMLINK_NOFOLLOW) == 0)
        return false;
    require_answer(errno);
    return errno == ENOENT;
}

/* NULL when it cannot be opened, but is not absent either. */
static struct seen *open_directory(const struct run *run, const char *text, const char *path, size_t length)
{
    int file = names_open(run->root.at, text, RESOLVE_IN_ROOT | RESOLVE_NO_SYMLINKS);
    if (file < 0)
        require_answer(errno);
    if (seen_count == MOST_DIRECTORIES || (file < 0 && errno != ENOENT)) {
        if (file >= 0)
            close_later(file);
        return NULL;
    }
    struct seen *opened = add(path, length, file);
    opened->names.expected = ahead != NULL && length == parent_length(path, strlen(path)) && guarded_are_many(ahead);
    return opened;
}

/* The nearest one of a few above that is known. */
static struct seen *nearest(const char *path, size_t length)
{
    struct seen *found = NULL;
    for (int levels = 0; levels < MOST_LEVELS && length > 0 && found == NULL; levels++) {
        found = find(path, length);
        length = parent_length(path, length);
    }
    return found;
}

static struct seen *remember_absent(const char *path, size_t length)
{
    if (seen_count == MOST_DIRECTORIES)
        return NULL;
    return add(path, length, -1);
}

/*
 * The directory of what a path names, or one above it that is not there; NULL when that takes more to tell. From one
 * that is known the way down is looked for step by step, because mostly it ends soon.
 */
static struct seen *directory_of(const struct run *run, const char *path)
{
    size_t wanted = (size_t)(strrchr(path, '/') - path);
    struct seen *known = nearest(path, wanted);
    if (known != NULL && (known->file < 0 || known->length == wanted))
        return known;
    char *text = strndup(path, wanted);
    if (text == NULL)
        die("cannot copy a path");
    if (known == NULL && wanted > 0)
        known = open_directory(run, text, path, wanted);
    while (known != NULL && known->file >= 0 && known->length < wanted) {
        size_t next = known->length + 1 + strcspn(text + known->length + 1, "/");
        bool last = next == wanted;
        text[next] = '\0';
        known = lacks(known, text + known->length + 1) ? remember_absent(path, next)
                                                       : open_directory(run, text, path, next);
        if (!last)
            text[next] = '/';
    }
    free(text);
    return known;
}

bool absent_is(const struct run *run, const char *path, uint64_t flags)
{
    if (!is_normal(path))
        return false;
    usual = (flags & GUARD_USUAL) != 0;
    struct seen *directory = directory_of(run, path);
    return directory != NULL && lacks(directory, path + directory->length + 1);
}

void absent_expect(const struct guarded_lines *lines)
{
    ahead = lines;
}

void absent_forget(const char *path)
{
    size_t length = path == NULL ? 0 : strlen(path);
    unsigned kept = 0;
    for (unsigned i = 0; i < seen_count; i++) {
        bool below = seen[i].length >= length && memcmp(seen[i].path, path == NULL ? "" : path, length) == 0;
        if (below && seen[i].file >= 0)
            close_later(seen[i].file);
        if (below)
            names_forget(&seen[i].names);
        if (!below)
            seen[kept++] = seen[i];
    }
    if (kept == seen_count)
        return;
    seen_count = kept;
    memset(slots, 0, sizeof slots);
    for (unsigned i = 0; i < seen_count; i++)
        put_in_slot(i);
}

void absent_end(const struct run *run)
{
    struct plan_cursor rest = run->rest;
    struct record next;
    ahead = NULL;
    if (!plan_next(&rest, &next) || next.number != OP_HIDE)
        absent_forget(NULL);
}
