/* Paths at which there was nothing when the command started: nothing could be mounted there to keep it so. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "actions.h"
#include "closing.h"
#include "guard.h"
#include "kernel.h"
#include "messages.h"
#include "opcodes.h"
#include "paths.h"

enum {
    COARSE = 2,     /* two changes within this many seconds may have one time */
    MOST_OPEN = 64, /* directories */
    MOST_PLACES = (1 << 30) - 1, /* a plan has room for far fewer */
};

/* What cannot be looked at may well be there. */
static bool is_absent(int error)
{
    return error == ENOENT || error == ENOTDIR;
}

/*
 * Before the command starts, an answer that says nothing about the path must not pass for one; but a path that nobody
 * listed ends no run: who protects it says what is wrong with it.
 */
static void require_answer(int error, const char *path, bool usual)
{
    if (!usual && !is_absent(error) && error != EACCES && error != ELOOP && error != ENAMETOOLONG) {
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

/* Where it is, or the first free place. */
static unsigned find_directory(const struct run *run, const char *path, size_t length)
{
    unsigned slot = path_hash(path, length) % SLOTS;
    for (; slots[slot] != 0; slot = (slot + 1) % SLOTS) {
        if (is_of(&run->watched_directories[slots[slot] - 1], path, length))
            return slots[slot] - 1U;
    }
    for (unsigned i = MOST_IN_SLOTS; i < run->watched_directory_count; i++) {
        if (is_of(&run->watched_directories[i], path, length))
            return i;
    }
    return run->watched_directory_count;
}

static void add_directory(struct run *run, const struct watched_directory *directory)
{
    unsigned slot = path_hash(directory->path, directory->length) % SLOTS;
    while (slots[slot] != 0)
        slot = (slot + 1) % SLOTS;
    if (run->watched_directory_count < MOST_IN_SLOTS)
        slots[slot] = (uint16_t)(run->watched_directory_count + 1);
    run->watched_directories[run->watched_directory_count++] = *directory;
}

struct watched_directory *watch_above(const struct run *run, const char *path, size_t length)
{
    while (length > 0 && path[length - 1] != '/')
        length--;
    unsigned found = length == 0 ? run->watched_directory_count : find_directory(run, path, length - 1);
    return found == run->watched_directory_count ? NULL : &run->watched_directories[found];
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
    require_answer(errno, name, usual);
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
        directory.absent = is_absent(errno);
        directory.nothing = errno == ENOENT;
        require_answer(errno, name, usual);
        return directory;
    }
    if (fstat(directory.file, &status) < 0) {
        require_answer(errno, name, usual);
        close_later(directory.file);
        directory.file = -1;
        return directory;
    }
    watch_remember(&directory, &status);
    directory.recent = run->watched_since - status.st_ctim.tv_sec <= COARSE;
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
    if (find_directory(run, path, --length) < run->watched_directory_count)
        return true;
    if (run->watched_above_room == 0 || !know_above(run, path, length, usual))
        return false;
    struct watched_directory directory = open_directory(run, path, length, usual);
    add_directory(run, &directory);
    run->watched_above_room--;
    return true;
}

bool watch_lacks(const struct run *run, const char *path)
{
    unsigned found = find_directory(run, path, strlen(path));
    const struct watched_directory *directory = &run->watched_directories[found];
    return found < run->watched_directory_count && (directory->lacking || directory->nothing);
}

/* Most are in few directories, which are looked at once. */
static unsigned directory_of(struct run *run, const char *path, const struct guarded_lines *lines, bool usual)
{
    const char *slash = strrchr(path, '/');
    size_t length = slash == NULL ? 0 : (size_t)(slash - path);
    unsigned found = find_directory(run, path, length);
    if (found < run->watched_directory_count) {
        struct watched_directory *known = &run->watched_directories[found];
        if (known->there && known->file < 0)
            known->file = open_directory(run, path, length, usual).file;
        return found;
    }
    know_above(run, path, length, usual);
    struct watched_directory directory = open_directory(run, path, length, usual);
    directory.names.expected = guarded_are_many(lines);
    add_directory(run, &directory);
    return run->watched_directory_count - 1;
}

static void remember_number(struct run *run, const struct stat *status)
{
    unsigned count = run->watched_number_count++;
    if ((count & (count - 1)) == 0) {
        size_t room = count == 0 ? 1 : (size_t)count * 2;
        run->watched_numbers = realloc(run->watched_numbers, room * sizeof *run->watched_numbers);
        if (run->watched_numbers == NULL)
            die("cannot remember a path");
    }
    run->watched_numbers[count] = (struct watched_number){status->st_dev, status->st_ino};
}

static bool is_missing(struct run *run, struct watched_directory *directory, struct watched *watched, bool usual)
{
    struct stat status;
    const char *path = watched->path;
    const char *name = path + directory->length + 1;
    if (directory->file < 0)
        return directory->absent;
    if (names_lack(&directory->names, directory->file, name))
        return true;
    if (fstatat(directory->file, name, &status, AT_SYMLINK_NOFOLLOW) == 0) {
        watched->known = true;
        remember_number(run, &status);
        return false;
    }
    require_answer(errno, path, usual);
    return is_absent(errno);
}

static void close_directory(struct watched_directory *directory)
{
    names_forget(&directory->names);
    if (directory->file >= 0)
        close_later(directory->file);
    directory->file = -1;
}

static void watch(struct run *run, const struct operand *line, const struct guarded_lines *lines, const char *text, bool usual)
{
    if (line->data[0] == '@' && run->working_directory == NULL)
        return;
    struct watched watched = {
        .path = run_path(run, line),
        .text = (uint32_t)(text - (const char *)run->plan->bytes),
    };
    unsigned place = directory_of(run, watched.path, lines, usual);
    struct watched_directory *directory = &run->watched_directories[place];
    watched.directory = place & MOST_PLACES;
    watched.missing = is_missing(run, directory, &watched, usual);
    if (place >= MOST_OPEN)
        close_directory(directory);
    run->watched[run->watched_count++] = watched;
}

/* How many paths there can be: one in a line or, above the working directory, one in each directory. */
static size_t count_paths(const struct run *run)
{
    size_t levels = 1, count = 0;
    for (const char *c = run->working_directory; c != NULL && *c != '\0'; c++)
        levels += *c == '/';
    struct plan_cursor cursor = plan_start(run->plan);
    struct record record;
    while (plan_find(&cursor, OP_WATCH, &record)) {
        struct operand path = {.data = NULL};
        while (paths_next(&record.operands[0], &path))
            count += strncmp(path.data, "@above", strlen("@above")) == 0 ? levels : 1;
    }
    return count;
}

/* An earlier time than that of the look is on the safe side. */
static void begin(struct run *run)
{
    struct timespec now;
    size_t room = count_paths(run);
    /* There are at most as many directories, and those above them; they come behind, and mostly need little of the room. */
    run->watched_above_room = (unsigned)room;
    run->watched = malloc(room * (sizeof *run->watched + 2 * sizeof *run->watched_directories));
    if (run->watched == NULL)
        die("cannot remember a path");
    run->watched_directories = (struct watched_directory *)(void *)(run->watched + room);
    if (sys_clock_gettime(CLOCK_REALTIME, &now) < 0)
        die("cannot read the clock");
    run->watched_since = now.tv_sec;
}

void do_watch(struct run *run, const struct operand *operands)
{
    struct operand line;
    if (run->watched == NULL)
        begin(run);
    for (struct guarded_lines lines = {.list = &operands[0]}; guarded_next(run, &lines, &line);)
        watch(run, &line, &lines, operands[1].data, (operands[2].number & GUARD_USUAL) != 0);
}

void watch_close(struct run *run)
{
    for (unsigned i = 0; i < run->watched_directory_count; i++)
        close_directory(&run->watched_directories[i]);
    close_all_left();
}

/* Whether it is what the plan calls by a name, which may begin with `@cwd`. */
static bool is_named(const struct run *run, const struct watched *watched, const char *name)
{
    if (name[0] != '@')
        return strcmp(watched->path, name) == 0;
    const char *directory = run->working_directory;
    if (directory == NULL || strncmp(name, "@cwd", strlen("@cwd")) != 0)
        return false;
    size_t length = directory[1] == '\0' ? 0 : strlen(directory);
    return strncmp(watched->path, directory, length) == 0 && strcmp(watched->path + length, name + strlen("@cwd")) == 0;
}

/* Both lists have the same order: the search goes on where it ended. */
enum watch_answer watch_find(struct run *run, const char *path)
{
    for (unsigned i = 0; i < run->watched_count; i++) {
        unsigned at = (run->watched_next + i) % run->watched_count;
        if (is_named(run, &run->watched[at], path)) {
            run->watched_next = at + 1;
            return run->watched[at].missing ? WATCH_MISSING : WATCH_THERE;
        }
    }
    return WATCH_UNKNOWN;
}

