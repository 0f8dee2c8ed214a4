/* Paths at which there was nothing when the command started: nothing could be mounted there to keep it so. */
#include <errno.h>
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
#include "watch_directories.h"

enum {
    MOST_OPEN = 64, /* directories */
    MOST_PLACES = (1 << 30) - 1, /* a plan has room for far fewer */
};

static void remember_number(struct run *run, const struct stat *status)
{
    unsigned count = run->watch.number_count++;
    if ((count & (count - 1)) == 0) {
        size_t room = count == 0 ? 1 : (size_t)count * 2;
        run->watch.numbers = realloc(run->watch.numbers, room * sizeof *run->watch.numbers);
        if (run->watch.numbers == NULL)
            die("cannot remember a path");
    }
    run->watch.numbers[count] = (struct watched_number){status->st_dev, status->st_ino};
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
    watch_require_answer(errno, path, usual);
    return watch_is_absent(errno);
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
    unsigned place = watch_directory_of(run, watched.path, lines, usual);
    struct watched_directory *directory = &run->watch.directories[place];
    watched.directory = place & MOST_PLACES;
    watched.missing = is_missing(run, directory, &watched, usual);
    if (place >= MOST_OPEN)
        close_directory(directory);
    run->watch.items[run->watch.count++] = watched;
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
    run->watch.above_room = (unsigned)room;
    run->watch.items = malloc(room * (sizeof *run->watch.items + 2 * sizeof *run->watch.directories));
    if (run->watch.items == NULL)
        die("cannot remember a path");
    run->watch.directories = (struct watched_directory *)(void *)(run->watch.items + room);
    if (sys_clock_gettime(CLOCK_REALTIME, &now) < 0)
        die("cannot read the clock");
    run->watch.since = now.tv_sec;
}

void do_watch(struct run *run, const struct operand *operands)
{
    struct operand line;
    if (run->watch.items == NULL)
        begin(run);
    for (struct guarded_lines lines = {.list = &operands[0]}; guarded_next(run, &lines, &line);)
        watch(run, &line, &lines, operands[1].data, (operands[2].number & GUARD_USUAL) != 0);
}

void watch_close(struct run *run)
{
    for (unsigned i = 0; i < run->watch.directory_count; i++)
        close_directory(&run->watch.directories[i]);
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
    for (unsigned i = 0; i < run->watch.count; i++) {
        unsigned at = (run->watch.next + i) % run->watch.count;
        if (is_named(run, &run->watch.items[at], path)) {
            run->watch.next = at + 1;
            return run->watch.items[at].missing ? WATCH_MISSING : WATCH_THERE;
        }
    }
    return WATCH_UNKNOWN;
}

