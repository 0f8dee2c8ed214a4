/*
 * Git data that came into being, or was changed, below a directory: whoever calls git there later obeys it. A nested
 * repository is enough, also one without a work tree, and a file `.git` leads to one. What was changed before the
 * command started is not told; the time of change of a file cannot be set back.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "actions.h"
#include "guard.h"
#include "kernel.h"
#include "messages.h"
#include "names_in.h"
#include "text.h"

enum { MOST_DEEP = 12, MOST_TOLD = 5 };

/* Files in a git directory that name programs, or lead to others. */
static const char *const obeyed[] = {"config", "config.worktree", "commondir", "rebase-merge/git-rebase-todo",
                                     "rebase-apply/git-rebase-todo", "sequencer/todo", "info/attributes"};

struct scan {
    const struct run *run;
    uint64_t left;
    unsigned found;
};

static struct {
    const char *path, *common, *text;
    uint64_t most;
    struct timespec since;
} wish;

/* What follows a word in the first line of a file, taken from a directory; NULL: it has no such line. */
static const char *led_to(const char *path, const char *word, const char *directory)
{
    char line[4096];
    int file = openat(AT_FDCWD, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    ssize_t length = file < 0 ? -1 : read(file, line, sizeof line - 1);
    if (file >= 0)
        close(file);
    if (length <= 0)
        return NULL;
    line[length] = '\0';
    line[strcspn(line, "\n")] = '\0';
    if (strncmp(line, word, strlen(word)) != 0)
        return NULL;
    const char *rest = line + strlen(word);
    rest += strspn(rest, " ");
    return rest[0] == '/' ? text_of("%s", rest) : text_of("%s/%s", directory, rest);
}

/* A linked worktree and a submodule have theirs elsewhere. */
static const char *common_directory(const char *path)
{
    for (char *top = text_of("%s", path); top[0] != '\0'; *strrchr(top, '/') = '\0') {
        const char *git = led_to(text_of("%s/.git", top), "gitdir:", top);
        const char *common = git == NULL ? NULL : led_to(text_of("%s/commondir", git), "", git);
        if (git != NULL)
            return common == NULL ? git : common;
    }
    return NULL;
}

void do_git_data(struct run *run, const struct operand *operands)
{
    if (run->working_directory == NULL)
        return;
    wish.path = run_path(run, &operands[0]);
    wish.common = common_directory(wish.path);
    wish.most = operands[1].number;
    wish.text = operands[2].data;
    if (sys_clock_gettime(CLOCK_REALTIME_COARSE, &wish.since) < 0)
        die("cannot read the clock");
}

static bool is_new(const struct stat *status)
{
    return status->st_ctim.tv_sec > wish.since.tv_sec ||
           (status->st_ctim.tv_sec == wish.since.tv_sec && status->st_ctim.tv_nsec >= wish.since.tv_nsec);
}

/* It was told as something that is watched. */
static bool is_watched(const struct run *run, const char *path)
{
    for (unsigned i = 0; i < run->watched_count; i++) {
        if (run->watched[i].missing && strcmp(run->watched[i].path, path) == 0)
            return true;
    }
    return false;
}

static void tell(struct scan *scan, const char *path)
{
    if (is_watched(scan->run, path) || git_config_knows(path))
        return;
    if (++scan->found <= MOST_TOLD)
        say("warning: `%s` was made or changed meanwhile; %s", path, wish.text);
    watch_event(scan->run, "git-data", path);
}

static void look_at_file(struct scan *scan, int directory, const char *path, const char *name)
{
    struct stat status;
    if (fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && !S_ISDIR(status.st_mode) && is_new(&status))
        tell(scan, text_of("%s/%s", path, name));
}

/* Opens a directory and reads it; -1 where that cannot be done. */
static int open_entries(int above, const char *name, char **entries, size_t *length)
{
    int directory = openat(above, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    *entries = directory < 0 ? NULL : directory_entries(directory, length);
    if (directory >= 0 && *entries == NULL) {
        close(directory);
        return -1;
    }
    return directory;
}

static const struct directory_entry *next_entry(const char *entries, size_t length, size_t *at)
{
    if (*at >= length)
        return NULL;
    const struct directory_entry *entry = (const struct directory_entry *)(const void *)(entries + *at);
    *at += entry->length;
    return entry;
}

static bool is_dots(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static void look_at_hooks(struct scan *scan, int above, const char *path)
{
    size_t length, at = 0;
    char *entries;
    int directory = open_entries(above, "hooks", &entries, &length);
    const struct directory_entry *entry;
    while (directory >= 0 && (entry = next_entry(entries, length, &at)) != NULL) {
        const char *dot = strrchr(entry->name, '.');
        if (!is_dots(entry->name) && (dot == NULL || strcmp(dot, ".sample") != 0))
            look_at_file(scan, directory, text_of("%s/hooks", path), entry->name);
    }
    if (directory >= 0) {
        free(entries);
        close(directory);
    }
}

static void look_at_git_directory(struct scan *scan, int directory, const char *path)
{
    for (size_t i = 0; i < sizeof obeyed / sizeof *obeyed; i++)
        look_at_file(scan, directory, path, obeyed[i]);
    look_at_hooks(scan, directory, path);
}

static void look_into(struct scan *scan, int above, const char *name, const char *path, unsigned deep);

static void look_below(struct scan *scan, int directory, const char *path, const struct directory_entry *entry,
                       unsigned deep)
{
    struct stat status;
    bool git = strcmp(entry->name, ".git") == 0;
    bool unknown = entry->type == 0 && fstatat(directory, entry->name, &status, AT_SYMLINK_NOFOLLOW) == 0;
    if (entry->type == 4 || (unknown && S_ISDIR(status.st_mode)))
        look_into(scan, directory, entry->name, text_of("%s/%s", path, entry->name), deep + 1);
    else if (git)
        look_at_file(scan, directory, path, entry->name);
}

/* HEAD, objects and refs make a git directory, whatever it is called. */
static void look_into(struct scan *scan, int above, const char *name, const char *path, unsigned deep)
{
    size_t length, at = 0;
    unsigned signs = 0;
    char *entries;
    int directory = deep > MOST_DEEP ? -1 : open_entries(above, name, &entries, &length);
    if (directory < 0)
        return;
    const struct directory_entry *entry;
    while ((entry = next_entry(entries, length, &at)) != NULL)
        signs += strcmp(entry->name, "HEAD") == 0 || strcmp(entry->name, "objects") == 0 || strcmp(entry->name, "refs") == 0;
    if (signs == 3)
        look_at_git_directory(scan, directory, path);
    for (at = 0; scan->left > 0 && (entry = next_entry(entries, length, &at)) != NULL; scan->left--) {
        if (!is_dots(entry->name) && (signs < 3 || strcmp(entry->name, "objects") != 0))
            look_below(scan, directory, path, entry, deep);
    }
    free(entries);
    close(directory);
}

void git_data_tell(const struct run *run)
{
    struct scan scan = {.run = run, .left = wish.most};
    if (wish.path == NULL)
        return;
    look_into(&scan, AT_FDCWD, wish.path, wish.path[1] == '\0' ? "" : wish.path, 0);
    if (wish.common != NULL)
        look_into(&scan, AT_FDCWD, wish.common, wish.common, 0);
    if (scan.found > MOST_TOLD)
        say("warning: and %u more in `%s`", scan.found - MOST_TOLD, wish.path);
}
