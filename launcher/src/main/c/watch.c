/* Paths at which there was nothing when the command started: nothing could be mounted there to keep it so. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "actions.h"
#include "guard.h"
#include "kernel.h"
#include "messages.h"
#include "text.h"

/* Two changes within this many seconds may have one time. */
enum { COARSE = 2 };

static bool is_there(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0;
}

/* What cannot be looked at may well be there. */
static bool is_absent(int error)
{
    return error == ENOENT || error == ENOTDIR;
}

/* Before the command starts, an answer that says nothing about the path must not pass for one. */
static void require_answer(int error, const char *path)
{
    if (!is_absent(error) && error != EACCES && error != ELOOP && error != ENAMETOOLONG) {
        errno = error;
        die("cannot look for `%s`", path);
    }
}

/* The time of its last change of any kind, which nobody can set back; `first`: before the command starts. */
static struct watched_directory look(const char *path, size_t length, bool first)
{
    struct watched_directory directory = {.path = path, .length = length, .file = -1};
    char name[PATH_MAX];
    struct stat status;
    struct timespec now;
    if (length >= sizeof name - 1)
        return directory; /* nor can it be used */
    memcpy(name, path, length);
    memcpy(name + length, "/", 2);
    directory.file = openat(AT_FDCWD, name, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (directory.file < 0) {
        directory.absent = is_absent(errno);
        if (first)
            require_answer(errno, name);
        return directory;
    }
    if (fstat(directory.file, &status) < 0 || clock_gettime(CLOCK_REALTIME, &now) < 0) {
        if (first)
            die("cannot examine `%s`", name);
        directory.there = false; /* unlike before: what is in it is looked at */
        return directory;
    }
    directory.there = true;
    directory.changed = status.st_ctim;
    directory.recent = now.tv_sec - status.st_ctim.tv_sec <= COARSE;
    return directory;
}

static void *grow(void *items, unsigned count, size_t size)
{
    if ((count & (count - 1)) != 0)
        return items;
    void *more = realloc(items, (count == 0 ? 1 : (size_t)count * 2) * size);
    if (more == NULL)
        die("cannot remember a path");
    return more;
}

/* Most are in few directories, which are looked at once. */
static unsigned directory_of(struct run *run, const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t length = slash == NULL ? 0 : (size_t)(slash - path);
    for (unsigned i = 0; i < run->watched_directory_count; i++) {
        struct watched_directory *known = &run->watched_directories[i];
        if (known->length != length || memcmp(known->path, path, length) != 0)
            continue;
        if (known->there && known->file < 0)
            known->file = look(path, length, true).file;
        return i;
    }
    run->watched_directories =
        grow(run->watched_directories, run->watched_directory_count, sizeof *run->watched_directories);
    run->watched_directories[run->watched_directory_count] = look(path, length, true);
    return run->watched_directory_count++;
}

static bool is_missing(const struct watched_directory *directory, const char *path)
{
    struct stat status;
    const char *name = path + directory->length + 1;
    if (directory->file < 0)
        return directory->absent;
    if (fstatat(directory->file, name, &status, AT_SYMLINK_NOFOLLOW) == 0)
        return false;
    require_answer(errno, path);
    return is_absent(errno);
}

static void watch(struct run *run, const struct operand *line, const char *text)
{
    if (line->data[0] == '@' && run->working_directory == NULL)
        return;
    struct watched watched = {.path = run_path(run, line), .name = line->data, .text = text};
    watched.directory = directory_of(run, watched.path);
    watched.missing = is_missing(&run->watched_directories[watched.directory], watched.path);
    run->watched = grow(run->watched, run->watched_count, sizeof *run->watched);
    run->watched[run->watched_count++] = watched;
}

void do_watch(struct run *run, const struct operand *operands)
{
    struct operand line;
    for (struct guarded_lines lines = {.rest = operands[0].data}; guarded_next(run, &lines, &line);)
        watch(run, &line, operands[1].data);
    for (unsigned i = 0; i < run->watched_directory_count; i++) {
        if (run->watched_directories[i].file >= 0)
            close(run->watched_directories[i].file);
        run->watched_directories[i].file = -1;
    }
}

/* Both lists have the same order: the search goes on where it ended. */
bool watch_is_missing(struct run *run, const char *path)
{
    for (unsigned i = 0; i < run->watched_count; i++) {
        unsigned at = (run->watched_next + i) % run->watched_count;
        if (strcmp(run->watched[at].name, path) == 0) {
            run->watched_next = at + 1;
            return run->watched[at].missing;
        }
    }
    return false;
}

/* The text with the path in the place of `@path`, for people: what a terminal would not just show is left out. */
static const char *in_words(const struct watched *watched)
{
    const char *word = strstr(watched->text, "@path");
    char *text = word == NULL ? NULL
                              : text_of("%.*s%s%s", (int)(word - watched->text), watched->text, watched->path,
                                        word + strlen("@path"));
    for (char *c = text; c != NULL && *c != '\0'; c++)
        *c = (unsigned char)*c < ' ' || *c == 0x7f ? '?' : *c;
    return text == NULL ? watched->text : text;
}

static void write_event(int status, const char *path)
{
    struct text line = {.bytes = NULL};
    text_add(&line, "{\"event\":\"appeared\",\"path\":\"");
    for (const char *c = path; *c != '\0'; c++) {
        if ((unsigned char)*c < ' ')
            text_add(&line, "\\u%04x", (unsigned)*c);
        else
            text_add(&line, *c == '"' || *c == '\\' ? "\\%c" : "%c", *c);
    }
    text_add(&line, "\"}\n");
    ssize_t ignored = write(status, line.bytes, line.length); /* nobody has to read it */
    (void)ignored;
}

/* Only where a directory has changed can there be anything new in it. */
static void find_changed(const struct run *run, bool changed[])
{
    for (unsigned i = 0; i < run->watched_directory_count; i++) {
        const struct watched_directory *before = &run->watched_directories[i];
        struct watched_directory after = look(before->path, before->length, false);
        if (after.file >= 0)
            close(after.file);
        bool same = before->there == after.there && before->changed.tv_sec == after.changed.tv_sec &&
                    before->changed.tv_nsec == after.changed.tv_nsec;
        changed[i] = !same || before->recent;
    }
}

void watch_tell(const struct run *run)
{
    bool *changed = calloc(run->watched_directory_count + 1, sizeof *changed);
    if (changed == NULL)
        die("cannot remember a path");
    find_changed(run, changed);
    for (unsigned i = 0; i < run->watched_count; i++) {
        const struct watched *watched = &run->watched[i];
        if (!watched->missing || !changed[watched->directory] || !is_there(watched->path))
            continue;
        say("%s", in_words(watched));
        if (run->status >= 0)
            write_event(run->status, watched->path);
    }
}
