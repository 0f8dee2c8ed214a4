/*
 * Git data that came into being, or was changed, below a directory: whoever calls git there later obeys it. A nested
 * repository is enough, also one without a work tree, and a file `.git` leads to one. What was changed before the
 * command started is not told; the time of change of a file cannot be set back.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "actions.h"
#include "git_harmless.h"
#include "guard.h"
#include "kernel.h"
#include "messages.h"
#include "names_in.h"
#include "text.h"

enum { MOST_DEEP = 12, MOST_TOLD = 5, MOST_DIRECTORIES = 100000 };

/* Files in a git directory that name programs, or lead to others. */
static const char *const obeyed[] = {"config", "config.worktree", "commondir", "rebase-merge/git-rebase-todo",
                                     "rebase-apply/git-rebase-todo", "sequencer/todo", "info/attributes"};

struct waiting {
    char *path;
    unsigned deep;
};

struct scan {
    const struct run *run;
    struct waiting *waiting; /* directories, those that were looked into among them */
    uint64_t count;
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

/* What cannot be read by this user, or is something else, leads nowhere; any other failure says nothing about it. */
static void require_answer(const char *path)
{
    static const int answers[] = {ENOENT, ENOTDIR, EACCES, ELOOP, ENXIO, ENAMETOOLONG, EISDIR};
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        if (errno == answers[i])
            return;
    }
    die("cannot read `%s`", path);
}

/* A linked worktree and a submodule have theirs elsewhere. */
static const char *common_directory(const char *path)
{
    for (char *top = text_of("%s", path); top[0] != '\0'; *strrchr(top, '/') = '\0') {
        const char *file = text_of("%s/.git", top);
        errno = ENOENT;
        const char *git = led_to(file, "gitdir:", top);
        if (git == NULL)
            require_answer(file);
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
    wish.most = operands[1].number < MOST_DIRECTORIES ? operands[1].number : MOST_DIRECTORIES;
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
    if (is_watched(scan->run, path) || git_config_knows(path) || git_is_harmless(path, wish.path))
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

/* Opens a directory and reads it; -1 where that cannot be done. What was found below the top is reached by no symlink. */
static int open_entries(int above, const char *path, bool top, char **entries, size_t *length)
{
    const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    struct open_how how = {.flags = (unsigned)flags, .resolve = RESOLVE_NO_SYMLINKS};
    int directory = top ? openat(above, path, flags) : sys_openat2(above, path, &how);
    if (directory < 0 && !top && (errno == ENOSYS || errno == EPERM))
        directory = openat(above, path, flags);
    *entries = directory < 0 ? NULL : directory_list(directory, length);
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
    int directory = open_entries(above, "hooks", true, &entries, &length);
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

/* To be looked into, in the order in which they were found: what is near the top comes first. */
static void put_off(struct scan *scan, char *path, unsigned deep)
{
    if (deep > MOST_DEEP || scan->count == wish.most)
        return;
    scan->waiting[scan->count++] = (struct waiting){path, deep};
}

static void look_below(struct scan *scan, int directory, const struct waiting *at, const struct directory_entry *entry)
{
    struct stat status;
    bool git = strcmp(entry->name, ".git") == 0;
    bool unknown = entry->type == 0 && fstatat(directory, entry->name, &status, AT_SYMLINK_NOFOLLOW) == 0;
    if (entry->type == 4 || (unknown && S_ISDIR(status.st_mode)))
        put_off(scan, text_of("%s/%s", at->path, entry->name), at->deep + 1);
    else if (git)
        look_at_file(scan, directory, at->path, entry->name);
}

/*
 * HEAD, objects and refs make a git directory, whatever it is called. What lacks one of them, or has the place of one,
 * may be made whole by another run, to which the files that git obeys are old.
 */
static bool is_nearly_git(const char *path, unsigned signs)
{
    const char *modules = strstr(path, "/.git/modules/"), *name = strrchr(path, '/');
    bool module = modules != NULL && strstr(modules, "/refs/") == NULL && strstr(modules, "/logs/") == NULL;
    return signs >= 2 || module || (name != NULL && strcmp(name, "/.git") == 0);
}

static void look_into(struct scan *scan, const struct waiting *here)
{
    size_t length, at = 0;
    unsigned signs = 0;
    char *entries;
    int directory = open_entries(AT_FDCWD, here->path[0] == '\0' ? "/" : here->path, here->deep == 0, &entries, &length);
    if (directory < 0)
        return;
    const struct directory_entry *entry;
    while ((entry = next_entry(entries, length, &at)) != NULL)
        signs += strcmp(entry->name, "HEAD") == 0 || strcmp(entry->name, "objects") == 0 || strcmp(entry->name, "refs") == 0;
    if (is_nearly_git(here->path, signs))
        look_at_git_directory(scan, directory, here->path);
    for (at = 0; (entry = next_entry(entries, length, &at)) != NULL;) {
        if (!is_dots(entry->name) && (signs < 3 || strcmp(entry->name, "objects") != 0))
            look_below(scan, directory, here, entry);
    }
    free(entries);
    close(directory);
}

void git_data_tell(const struct run *run)
{
    struct scan scan = {.run = run};
    if (wish.path == NULL || wish.most == 0)
        return;
    scan.waiting = malloc(wish.most * sizeof *scan.waiting);
    if (scan.waiting == NULL)
        die("cannot remember directories");
    put_off(&scan, text_of("%s", wish.path[1] == '\0' ? "" : wish.path), 0);
    if (wish.common != NULL)
        put_off(&scan, text_of("%s", wish.common), 0);
    for (uint64_t i = 0; i < scan.count; i++)
        look_into(&scan, &scan.waiting[i]);
    free(scan.waiting);
    if (scan.found > MOST_TOLD)
        say("warning: and %u more in `%s`", scan.found - MOST_TOLD, wish.path);
}
