#include "source.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "closing.h"
#include "kernel.h"
#include "messages.h"
#include "text.h"

/*
 * The compiler has followed the symlinks there were. One that appears later, in a directory that a sandboxed command can
 * write, must not lead somewhere else.
 */
const char help_for_links[] = "a symlink has appeared in this path since the plan was compiled; list the real path";

/* For kernels before 5.6: /proc names the file that was opened, whatever path led to it. */
static int open_and_compare(const char *path)
{
    char link[64], real[PATH_MAX];
    int file = openat(AT_FDCWD, path, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    if (file < 0 || path[0] != '/')
        return file;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, real, sizeof real);
    if (length >= 0 && (size_t)length == strlen(path) && memcmp(real, path, (size_t)length) == 0)
        return file;
    close(file);
    errno = ELOOP;
    return -1;
}

int source_open(const char *path)
{
    struct open_how how = {.flags = O_PATH | O_CLOEXEC, .resolve = RESOLVE_NO_SYMLINKS};
    int file = sys_openat2(AT_FDCWD, path, &how);
    return file < 0 && (errno == ENOSYS || errno == EPERM) ? open_and_compare(path) : file;
}

/* What is not a regular file must not keep us waiting. */
int source_open_file(const char *path)
{
    struct open_how how = {
        .flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC,
        .resolve = RESOLVE_NO_SYMLINKS,
    };
    int file = sys_openat2(AT_FDCWD, path, &how);
    if (file >= 0 || (errno != ENOSYS && errno != EPERM))
        return file;
    char link[64];
    int place = open_and_compare(path);
    if (place < 0)
        return -1;
    snprintf(link, sizeof link, "/proc/self/fd/%d", place);
    file = openat(AT_FDCWD, link, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    close(place);
    return file;
}

static bool is_at_or_below(const char *path, const char *directory)
{
    size_t length = strlen(directory);
    return strncmp(path, directory, length) == 0 && (path[length] == '\0' || path[length] == '/');
}

static bool is_working_directory(const struct operand *operand)
{
    return strcmp(operand->data, "@cwd") == 0;
}

/* What is remembered stays as long as the plan, whose text it is. */
static void remember(struct known_paths *known, struct known_path path)
{
    if ((known->count & (known->count - 1)) == 0) {
        size_t room = known->count == 0 ? 1 : (size_t)known->count * 2;
        known->items = realloc(known->items, room * sizeof *known->items);
        if (known->items == NULL)
            die("cannot remember a path");
    }
    known->items[known->count++] = path;
}

static const char help_for_cover[] = "start the command in a directory of its own, such as a project's";

/* At its own place the working directory would cover what is there already. */
static void refuse_cover(const struct run *run, const char *destination, const struct known_path *known, uint64_t kind)
{
    if (is_at_or_below(known->path, destination))
        refuse_with_help(help_for_cover, "the working directory `%s` would cover `%s`, which the profile keeps apart",
                         destination, known->path);
    if ((known->access & COVERS_NO_EXECUTE & ~kind) != 0 && run->working_directory != NULL &&
        is_at_or_below(run->working_directory, known->path))
        refuse_with_help("list the working directory itself under `no-execute`, or start the command elsewhere",
                         "the working directory is in `%s`, where nothing can be executed", known->path);
}

/* At another place it would show the host's own of what the profile keeps apart. */
static void refuse_exposure(const struct run *run, const struct known_path *known)
{
    if ((known->access & COVERS_APART) != 0 && run->working_directory != NULL &&
        is_at_or_below(known->path, run->working_directory))
        refuse_with_help(help_for_cover, "the working directory at `%s` would show `%s`, which the profile keeps apart",
                         run->trees.handed_over, known->path);
}

static bool holds(const char *tree, const char *path)
{
    return strcmp(tree, "/") == 0 || is_at_or_below(path, tree);
}

static void see_tree(struct seen_tree *seen, const char *source, const char *destination)
{
    if (seen->source == NULL || strlen(source) < strlen(seen->source))
        *seen = (struct seen_tree){source, destination};
}

void covers_remember(struct run *run, const struct operand *source, const char *destination, uint64_t kind)
{
    bool working = is_working_directory(source);
    const char *own = run->working_directory;
    if (!working && own != NULL && holds(source->data, own) && strcmp(source->data, destination) != 0) {
        see_tree(&run->trees.read_elsewhere, source->data, destination);
        if ((kind & COVERS_READ_ONLY) == 0)
            see_tree(&run->trees.written_elsewhere, source->data, destination);
    }
    if (working && own != NULL && strcmp(own, destination) != 0)
        run->trees.handed_over = destination;
    for (unsigned i = 0; working && i < run->trees.destinations.count; i++) {
        refuse_cover(run, destination, &run->trees.destinations.items[i], kind);
        if (run->trees.handed_over != NULL)
            refuse_exposure(run, &run->trees.destinations.items[i]);
    }
    if (!working && run->trees.handed_over != NULL && !is_at_or_below(destination, run->trees.handed_over))
        refuse_exposure(run, &(struct known_path){destination, kind, NULL});
    remember(&run->trees.destinations, (struct known_path){destination, kind, working ? own : source->data});
}

/* What is seen at a path: what was mounted last on the nearest directory. */
static const struct known_path *seen_at(const struct known_paths *known, const char *path)
{
    const struct known_path *nearest = NULL;
    for (unsigned i = 0; i < known->count; i++) {
        const struct known_path *one = &known->items[i];
        if (holds(one->path, path) && (nearest == NULL || strlen(one->path) >= strlen(nearest->path)))
            nearest = one;
    }
    return nearest;
}

uint64_t covers_around(const struct run *run)
{
    const char *own = run->working_directory;
    const struct known_path *nearest = own == NULL ? NULL : seen_at(&run->trees.destinations, own);
    return nearest == NULL ? 0 : nearest->access;
}

static bool is_at_another_name(const struct known_path *known, uint64_t but)
{
    return known->source != NULL && (known->access & but) == 0 && strcmp(known->source, known->path) != 0;
}

static const char *without_root(const char *directory)
{
    return strcmp(directory, "/") == 0 ? "" : directory;
}

typedef char *real_path(const char *path);

static void each_other_name(struct run *run, const char *path, real_path *real_of, uint64_t but, covers_name *each)
{
    const struct known_paths *known = &run->trees.destinations;
    char *real = NULL;
    for (unsigned i = 0; i < known->count; i++) {
        const struct known_path *one = &known->items[i];
        if (!is_at_another_name(one, but) || (real == NULL && (real = real_of(path)) == NULL) || !holds(one->source, real))
            continue;
        const char *name = text_of("%s%s", without_root(one->path), real + strlen(without_root(one->source)));
        if (seen_at(known, name) == one)
            each(run, name);
    }
    free(real);
}

static char *real_of_target(const char *path)
{
    return realpath(path, NULL);
}

static char *real_of_link(const char *path)
{
    const char *name = strrchr(path, '/');
    char *above = realpath(text_of("%.*s/", (int)(name - path), path), NULL);
    char *real = above == NULL ? NULL : text_of("%s%s", without_root(above), name);
    free(above);
    return real;
}

void covers_other_names(struct run *run, const char *path, uint64_t but, covers_name *each)
{
    each_other_name(run, path, real_of_target, but, each);
}

void covers_other_names_of_link(struct run *run, const char *path, uint64_t but, covers_name *each)
{
    each_other_name(run, path, real_of_link, but, each);
}

static void refuse_part(const struct run *run, const char *guarded)
{
    if (run->working_directory != NULL && is_at_or_below(run->working_directory, guarded))
        refuse_with_help(help_for_cover, "the working directory at `%s` would show a part of `%s`, which is kept apart",
                         run->trees.handed_over, guarded);
}

void covers_guard_here(const struct run *run, const struct operand *guarded, bool hidden)
{
    const struct seen_tree *seen = hidden ? &run->trees.read_elsewhere : &run->trees.written_elsewhere;
    bool here = strncmp(guarded->data, "@cwd/", 5) == 0;
    if (seen->at == NULL || (!here && guarded->data[0] != '/'))
        return;
    const char *path = here ? text_of("%s%s", run->working_directory, guarded->data + 4) : guarded->data;
    if (!holds(seen->source, path))
        return;
    int file = source_open(path);
    if (file < 0 && (errno == ENOENT || errno == ENOTDIR))
        return;
    if (file >= 0)
        close_later(file);
    refuse_with_help("start the command elsewhere, or leave out the tree at the other name",
                     "the tree at `%s` holds the working directory, and would give `%s` to the command, which is kept apart",
                     seen->at, path);
}

void covers_guard(const struct run *run, const struct operand *guarded, bool alone)
{
    if (run->trees.handed_over == NULL || guarded->data[0] != '/')
        return;
    int file = source_open(guarded->data);
    if (file < 0 && (errno == ENOENT || errno == ENOTDIR))
        return;
    if (file >= 0)
        close_later(file);
    if (alone)
        refuse_part(run, guarded->data);
    refuse_exposure(run, &(struct known_path){guarded->data, COVERS_APART, NULL});
}

bool covers_grants_more(struct run *run, const struct operand *path, uint64_t access)
{
    const char *directory = run->working_directory;
    for (unsigned i = 0; is_working_directory(path) && directory != NULL && i < run->trees.rules.count; i++) {
        const struct known_path *rule = &run->trees.rules.items[i];
        if (is_at_or_below(rule->path, directory) && (access & ~rule->access) != 0) {
            say("the working directory `%s` is not handed over: the profile gives less of `%s`", directory, rule->path);
            return true;
        }
        if (is_at_or_below(directory, rule->path) && (access & ~rule->access & LANDLOCK_ACCESS_FS_EXECUTE) != 0 &&
            (rule->access & LANDLOCK_ACCESS_FS_READ_FILE) != 0) {
            say("the working directory `%s` is not handed over: nothing can be executed in `%s`", directory, rule->path);
            return true;
        }
    }
    remember(&run->trees.rules, (struct known_path){path->data, access, NULL});
    return false;
}
