/*
 * The configuration of git, while the command runs. Git changes it by renaming `config.lock` over it. Where it is
 * protected that fails, and git says no more than that the device is busy: a watch on the directory sees the lock come,
 * however soon it goes. Where it can be changed, what was added to it is reported.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>

#include "actions.h"
#include "git_config.h"
#include "git_read.h"
#include "guard.h"
#include "kernel.h"
#include "messages.h"
#include "text.h"

enum { CHANGEABLE = 1, MOST_FILES = 8 };

struct configuration {
    char *path;
    ino_t inode;
    struct timespec changed;
    int watch;          /* a number of inotify's; -1: none */
    bool locked;        /* a lock has come */
    bool changeable;
    char *before;       /* what it held; NULL: nothing, or more than is read */
    const char *hint;   /* how to allow a change */
    struct git_rules rules;
};

static struct configuration files[MOST_FILES];
static unsigned count;
static int events = -1;
static const struct git_rules *rules; /* NULL: the plan has none */

/* Of a linked worktree or a submodule, whose `.git` is a file. */
static char *led_to_by(const char *git, const char *top)
{
    char *directory = git_led_to_at_start(git, "gitdir: ", top);
    char *common = directory == NULL ? NULL : git_led_to_at_start(text_of("%s/commondir", directory), "", directory);
    return directory == NULL ? NULL : git_real_at_start(text_of("%s/config", common == NULL ? directory : common));
}

/* That of the repository which a directory is a part of, or NULL. */
static char *configuration_of(const struct run *run, const char *directory)
{
    struct stat status;
    for (char *top = text_of("%s", directory); top[0] != '\0'; *strrchr(top, '/') = '\0') {
        char *git = text_of("%s/.git", top);
        bool lacking = watch_lacks(run, git);
        if (!lacking && lstat(git, &status) == 0)
            return S_ISDIR(status.st_mode) ? text_of("%s/config", git) : S_ISREG(status.st_mode) ? led_to_by(git, top) : NULL;
        if (!lacking)
            git_require_answer(git);
        free(git);
    }
    return NULL;
}

/* Without a watch, as when there are too many, only the message on locks is missing. */
static int watch_directory_of(const char *path)
{
    char *directory = text_of("%.*s", (int)(strrchr(path, '/') - path), path);
    if (events < 0)
        events = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    int watch = events < 0 ? -1 : inotify_add_watch(events, directory, IN_CREATE | IN_ONLYDIR);
    free(directory);
    return watch;
}

static void add(char *path, const struct operand *operands)
{
    struct stat status;
    bool changeable = (operands[1].number & CHANGEABLE) != 0;
    bool there = path != NULL && lstat(path, &status) == 0;
    if (there && S_ISLNK(status.st_mode)) { /* git follows it */
        path = git_real_at_start(path);
        there = path != NULL && lstat(path, &status) == 0;
    }
    if (path != NULL && !there)
        git_require_answer(path);
    if (!there || !S_ISREG(status.st_mode) || count == MOST_FILES)
        return;
    files[count++] = (struct configuration){
        .path = path,
        .inode = status.st_ino,
        .changed = status.st_ctim,
        .watch = changeable ? -1 : watch_directory_of(path),
        .changeable = changeable,
        .before = changeable ? git_text_of(path) : NULL,
        .hint = operands[2].data,
        .rules = {.harmless = operands[3].data, .programs = operands[4].data},
    };
}

void do_git_config(struct run *run, const struct operand *operands)
{
    static struct git_rules first;
    if (rules == NULL) {
        first = (struct git_rules){.harmless = operands[3].data, .programs = operands[4].data};
        rules = &first;
    }
    struct operand line;
    const char *rest = operands[0].data;
    while (next_line(&rest, &line)) {
        char *name = text_of("%.*s", (int)line.length, line.data);
        bool here = strcmp(name, "@git") == 0;
        const char *directory = run->working_directory;
        if (!here)
            add(name, operands);
        else if (directory != NULL && directory[1] != '\0')
            add(configuration_of(run, directory), operands);
    }
}

static void note_lock(const struct inotify_event *event)
{
    for (unsigned i = 0; i < count && event->len > 0; i++) {
        const char *name = strrchr(files[i].path, '/') + 1;
        size_t length = strlen(name);
        if (files[i].watch == event->wd && strncmp(event->name, name, length) == 0 && strcmp(event->name + length, ".lock") == 0)
            files[i].locked = true;
    }
}

static void read_locks(void)
{
    static char bytes[16384] __attribute__((aligned(64)));
    ssize_t length;
    while (events >= 0 && (length = read(events, bytes, sizeof bytes)) > 0) {
        for (ssize_t at = 0; at < length;) {
            const struct inotify_event *event = (const struct inotify_event *)(const void *)(bytes + at);
            note_lock(event);
            at += (ssize_t)(sizeof *event + event->len);
        }
    }
}

static bool is_same(const struct configuration *file, bool untouched)
{
    struct stat status;
    return lstat(file->path, &status) == 0 && status.st_ino == file->inode &&
           (!untouched || (status.st_ctim.tv_sec == file->changed.tv_sec && status.st_ctim.tv_nsec == file->changed.tv_nsec));
}

static void tell_of_lock(const struct run *run, const struct configuration *file)
{
    say("`%s` is protected, and git could not change it; to allow that: `%s`", file->path, file->hint);
    watch_event(run, "refused", file->path);
}

static void tell_of_change(const struct run *run, const struct configuration *file)
{
    char *after = git_text_of(file->path);
    if (file->before != NULL && after != NULL && git_lines_tell(run, file->path, file->before, after, &file->rules))
        return;
    say("warning: `%s` was changed, and is too long to be compared, or no text: look at it before git is called there", file->path);
    watch_event(run, "git-data", file->path);
}

/* What the host puts in the place of a protected one is another unit's to report. */
static void tell(const struct run *run, const struct configuration *file)
{
    struct stat status;
    if (file->changeable && lstat(file->path, &status) == 0 && !is_same(file, true))
        tell_of_change(run, file);
    else if (!file->changeable && file->locked && is_same(file, false))
        tell_of_lock(run, file);
}

bool git_config_is_harmless(const char *path, const char *worktree)
{
    char *text = rules == NULL ? NULL : git_text_of(path);
    bool harmless = text != NULL && git_lines_are_harmless(text, rules, worktree);
    free(text);
    return harmless;
}

bool git_config_has_rules(void)
{
    return rules != NULL;
}

char *git_config_without_programs(const char *path, const char *worktree, bool *fewer)
{
    char *text = git_text_of(path);
    char *rest = text == NULL ? NULL : git_lines_without_programs(text, rules, worktree, fewer);
    free(text);
    return rest;
}

bool git_config_names_programs(const char *path)
{
    char *text = rules == NULL ? NULL : git_text_of(path);
    bool names = text != NULL && git_lines_name_programs(text, rules);
    free(text);
    return names;
}

bool git_config_is_program(const char *name, const char *value)
{
    return rules != NULL && git_rules_name_program(rules, name, value);
}

bool git_config_knows(const char *path)
{
    for (unsigned i = 0; i < count; i++) {
        if (files[i].changeable && strcmp(files[i].path, path) == 0)
            return true;
    }
    return false;
}

void git_config_tell(const struct run *run)
{
    read_locks();
    for (unsigned i = 0; i < count; i++)
        tell(run, &files[i]);
}
