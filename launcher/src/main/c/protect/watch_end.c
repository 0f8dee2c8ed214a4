/* What has come into being at the watched paths, when the command has ended. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "guard.h"
#include "kernel.h"
#include "messages.h"
#include "remount.h"
#include "text.h"

/* What cannot be looked at any more has changed, as far as can be told. */
static struct watched_directory look_again(const struct watched_directory *before)
{
    struct watched_directory directory = {.file = -1};
    char *name = strndup(before->path, before->length);
    struct stat status;
    if (name == NULL)
        die("cannot remember a path");
    if (fstatat(AT_FDCWD, before->length == 0 ? "/" : name, &status, 0) == 0)
        watch_remember(&directory, &status);
    directory.closed = !directory.there && errno != ENOENT && errno != ENOTDIR;
    free(name);
    return directory;
}

/* The text with the path in the place of `@path`. */
static const char *in_words(const struct run *run, const struct watched *watched)
{
    const char *said = (const char *)run->plan->bytes + watched->text, *word = strstr(said, "@path");
    return word == NULL ? said : text_of("%.*s%s%s", (int)(word - said), said, watched->path, word + strlen("@path"));
}

void watch_event(const struct run *run, const char *event, const char *path)
{
    watch_event_with(run, event, path, "");
}

void watch_event_with(const struct run *run, const char *event, const char *path, const char *members)
{
    struct text line = {.bytes = NULL};
    if (run->channels.status < 0)
        return;
    text_add(&line, "{\"event\":\"%s\",\"path\":", event);
    text_add_json(&line, path);
    text_add(&line, "%s}\n", members);
    ssize_t ignored = write(run->channels.status, line.bytes, line.length); /* nobody has to read it */
    (void)ignored;
    text_free(&line);
}

static bool is_same(const struct watched_directory *before, const struct watched_directory *after)
{
    return before->there == after->there && before->device == after->device && before->inode == after->inode &&
           before->changed.tv_sec == after->changed.tv_sec && before->changed.tv_nsec == after->changed.tv_nsec;
}

/*
 * Whether nothing can be at a name, seen from the list of its directory, which is read once: where something has changed
 * in a home, hundreds of paths are asked for.
 */
static bool lacks(struct watched_directory *directory, const char *name)
{
    if (!directory->opened_again) {
        char *path = strndup(directory->path, directory->length);
        if (path == NULL)
            die("cannot remember a path");
        directory->file = names_open(AT_FDCWD, directory->length == 0 ? "/" : path, 0);
        directory->absent = directory->file < 0 && (errno == ENOENT || errno == ENOTDIR);
        directory->opened_again = true;
        free(path);
    }
    return directory->file < 0 ? directory->absent : names_lack(&directory->names, directory->file, name);
}

static bool is_still_lacking(struct watched_directory *from, const struct watched_directory *directory)
{
    char *name = strndup(directory->path + from->length + 1, directory->length - from->length - 1);
    if (name == NULL)
        die("cannot remember a path");
    bool lacking = lacks(from, name);
    free(name);
    return lacking;
}

/*
 * Only where a directory has changed can there be anything new in it, a directory that was not there among it. The one
 * above comes before it.
 */
static void find_changed(const struct run *run, bool changed[])
{
    for (unsigned i = 0; i < run->watch.directory_count; i++) {
        const struct watched_directory *before = &run->watch.directories[i];
        struct watched_directory *from = before->lacking ? watch_above(run, before->path, before->length) : NULL;
        if (from != NULL && from < before &&
            (!changed[from - run->watch.directories] || is_still_lacking(from, before))) {
            changed[i] = false;
            continue;
        }
        struct watched_directory after = look_again(before);
        changed[i] = before->recent || after.closed || !is_same(before, &after);
    }
}

static bool is_closed(const char *directory)
{
    struct stat status;
    char *inside = text_of("%s/.", directory);
    bool closed = lstat(inside, &status) < 0 && errno != ENOENT && errno != ENOTDIR;
    free(inside);
    return closed;
}

/* The uppermost directory above a path that cannot be searched, or NULL. */
static char *closed_above(const char *path)
{
    char *above = text_of("%s", path);
    for (char *slash = strchr(above + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (is_closed(above))
            return above;
        *slash = '/';
    }
    free(above);
    return NULL;
}

/* What is said once of each. */
struct closed {
    char *path;
    struct closed *next;
};

/* Who takes the permission to search a directory hides what is in it. */
static void tell_of_closed(const struct run *run, char *path, struct closed **known)
{
    for (const struct closed *other = *known; other != NULL; other = other->next) {
        if (strcmp(other->path, path) == 0)
            return;
    }
    struct closed *closed = malloc(sizeof *closed);
    if (closed == NULL)
        die("cannot remember a path");
    *closed = (struct closed){path, *known};
    *known = closed;
    say("warning: `%s` cannot be searched any more: nobody can tell what was made in it; look there before it is used", path);
    watch_event(run, "closed", path);
}

static void tell(const struct run *run, const struct watched *watched, bool (*is_harmless)(const char *path),
                 struct closed **known)
{
    struct watched_directory *directory = &run->watch.directories[watched->directory];
    struct stat status;
    if (lacks(directory, watched->path + directory->length + 1))
        return;
    if (lstat(watched->path, &status) == 0) {
        if (is_harmless(watched->path))
            return;
        say("%s", in_words(run, watched));
        watch_event(run, "appeared", watched->path);
    } else if (errno != ENOENT && errno != ENOTDIR) {
        char *closed = closed_above(watched->path);
        if (closed != NULL)
            tell_of_closed(run, closed, known);
    }
}

/*
 * Nobody inside can put something else in the place of what is protected. Where the host has done so, the mount went away
 * with the old file, and the new one could be written from then on.
 */
static void tell_of_replaced(const struct run *run, const struct watched *watched, const struct watched_number *before)
{
    struct stat status;
    if (remount_has(watched->path) || lstat(watched->path, &status) < 0 ||
        (status.st_dev == before->device && status.st_ino == before->inode))
        return;
    say("warning: `%s` was replaced on the host meanwhile, and not protected from then on: look at it before it is used", watched->path);
    watch_event(run, "replaced", watched->path);
}

void watch_tell(const struct run *run, bool (*is_harmless)(const char *path))
{
    struct closed *known = NULL;
    bool *changed = calloc(run->watch.directory_count + 1, sizeof *changed);
    if (changed == NULL)
        die("cannot remember a path");
    find_changed(run, changed);
    unsigned number = 0;
    for (unsigned i = 0; i < run->watch.count; number += run->watch.items[i++].known) {
        const struct watched *watched = &run->watch.items[i];
        if (watched->missing && changed[watched->directory])
            tell(run, watched, is_harmless, &known);
        else if (watched->known && changed[watched->directory])
            tell_of_replaced(run, watched, &run->watch.numbers[number]);
    }
}
