/* `cache list` and `cache clear`: the plans that are kept until the next boot. */
#include <dirent.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "cache_directory.h"
#include "kept_plan.h"
#include "kernel.h"
#include "listing.h"
#include "messages.h"
#include "notes.h"
#include "plan.h"
#include "table.h"

struct names {
    char **items;
    size_t count;
};

static int compare(const void *one, const void *other)
{
    return strcmp(*(char *const *)one, *(char *const *)other);
}

static struct names names_in(int directory, const char *path)
{
    struct names names = {NULL, 0};
    struct dirent *entry;
    DIR *listing = fdopendir(directory);
    if (listing == NULL)
        die("cannot list `%s`", path);
    while ((entry = readdir(listing)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        names.items = realloc(names.items, (names.count + 1) * sizeof *names.items);
        if (names.items == NULL)
            die("cannot list `%s`", path);
        names.items[names.count++] = text_of("%s", entry->d_name);
    }
    if (names.count > 0)
        qsort(names.items, names.count, sizeof *names.items, compare);
    return names;
}

static bool read_plan(int directory, const char *name, struct plan *plan)
{
    char error[PLAN_ERROR];
    struct stat status;
    int file = openat(directory, name, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    bool regular = file >= 0 && fstat(file, &status) == 0 && S_ISREG(status.st_mode) && status.st_size >= PLAN_HEADER &&
                   status.st_size <= PLAN_MAXIMUM;
    unsigned char *bytes = regular ? malloc((size_t)status.st_size) : NULL;
    bool good = bytes != NULL && read(file, bytes, (size_t)status.st_size) == status.st_size &&
                plan_read(plan, bytes, (size_t)status.st_size, error);
    if (file >= 0)
        close(file);
    return good;
}

/* The command line that had it compiled: the lines `argument …` of its key. */
static const char *command_of(const struct plan *plan)
{
    static const char argument[] = "argument ";
    struct text command = {.bytes = NULL};
    size_t length;
    const char *line = plan_note(plan, CACHE_NOTE_OF_KEY, &length);
    text_add_bytes(&command, "", 0);
    while (line != NULL) {
        size_t end = strcspn(line, "\n");
        if (strncmp(line, argument, sizeof argument - 1) == 0)
            text_add(&command, "%s%.*s", command.length > 0 ? " " : "", (int)(end - sizeof argument + 1),
                     line + sizeof argument - 1);
        line = line[end] == '\n' ? line + end + 1 : NULL;
    }
    return command.bytes;
}

static _Noreturn void list(int directory, const struct names *names, const char *path)
{
    struct text text = {.bytes = NULL};
    struct table table = {.columns = 2};
    struct plan plan;
    for (size_t i = 0; i < names->count; i++) {
        if (note_is(names->items[i]))
            continue;
        table_add(&table, text_of("  %s", names->items[i]), true);
        table_add(&table, read_plan(directory, names->items[i], &plan) ? command_of(&plan) : "not a plan", false);
    }
    text_add(&text, "plans are kept in %s\n", path);
    if (names->count > 0)
        table_lay_out(&table, &text);
    output_end(&text);
}

static _Noreturn void clear(int directory, const struct names *names, const char *path)
{
    for (size_t i = 0; i < names->count; i++) {
        if (unlinkat(directory, names->items[i], 0) < 0 && errno != ENOENT &&
            unlinkat(directory, names->items[i], AT_REMOVEDIR) < 0)
            refuse("cannot remove `%s/%s`", path, names->items[i]);
    }
    _exit(0);
}

void list_plans(char *const *arguments)
{
    bool clears = arguments[0] != NULL && strcmp(arguments[0], "clear") == 0;
    bool lists = arguments[0] == NULL || strcmp(arguments[0], "list") == 0;
    if ((!clears && !lists) || (arguments[0] != NULL && arguments[1] != NULL))
        return;
    const char *problem, *path = cache_directory(true, &problem);
    if (path == NULL)
        refuse("no plans are kept: %s", problem);
    int directory = openat(AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    int copy = directory < 0 ? -1 : openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (copy < 0)
        refuse("cannot list `%s`", path);
    struct names names = names_in(copy, path);
    if (clears)
        clear(directory, &names, path);
    list(directory, &names, path);
}
