#include "git_directory.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "git_config.h"
#include "git_file.h"
#include "git_inert.h"
#include "git_read.h"
#include "guard.h"
#include "kernel.h"
#include "messages.h"
#include "names_in.h"
#include "run.h"
#include "text.h"

enum { MOST_TOLD = 5 };

/* Files in a git directory that name programs, or lead to others. */
static const char *const obeyed[] = {"config", "config.worktree", "commondir", "rebase-merge/git-rebase-todo",
                                     "rebase-apply/git-rebase-todo", "sequencer/todo", "info/attributes"};

bool git_is_new(const struct git_findings *findings, const struct stat *status)
{
    const struct timespec *since = &findings->wish->since;
    return status->st_ctim.tv_sec > since->tv_sec ||
           (status->st_ctim.tv_sec == since->tv_sec && status->st_ctim.tv_nsec >= since->tv_nsec);
}

/* It was told as something that is watched. */
static bool is_watched(const struct run *run, const char *path)
{
    for (unsigned i = 0; i < run->watch.count; i++) {
        if (run->watch.items[i].missing && strcmp(run->watch.items[i].path, path) == 0)
            return true;
    }
    return false;
}

/* A command can take the rights to a directory away, and the next one gives them back. */
static bool make_changeable(int directory)
{
    struct stat status;
    return fstat(directory, &status) == 0 && status.st_uid == geteuid() && (status.st_mode & S_IRWXU) != S_IRWXU &&
           fchmod(directory, (status.st_mode & 07777) | S_IRWXU) == 0;
}

void git_tell(struct git_findings *findings, int directory, const char *path)
{
    const struct run *run = findings->run;
    if (git_config_knows(path) || git_is_harmless(run, path, findings->wish))
        return;
    bool inert = directory >= 0 && git_config_has_rules() && git_may_be_planted(run, path) &&
                 (git_make_inert(directory, path) || (make_changeable(directory) && git_make_inert(directory, path)));
    if (!inert && is_watched(run, path))
        return;
    if (++findings->found <= MOST_TOLD && inert)
        say("warning: `%s` would make git run something, and was made inert; the original has `.inert` behind its name: look at it before you rename it back", path);
    else if (findings->found <= MOST_TOLD)
        say("warning: `%s` was made or changed meanwhile; %s", path, findings->wish->text);
    watch_event_with(run, "git-data", path, inert ? ",\"inert\":true" : "");
}

void git_findings_end(struct git_findings *findings)
{
    free(findings->looked_at);
    if (findings->found > MOST_TOLD)
        say("warning: and %u more in `%s`", findings->found - MOST_TOLD, findings->wish->path);
}

static void look_at_file(struct git_findings *findings, int directory, const char *path, const char *name)
{
    struct stat status;
    if (fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && !S_ISDIR(status.st_mode) && git_is_new(findings, &status))
        git_tell(findings, directory, text_of("%s/%s", path, name));
}

static int open_directory(const char *path, bool top)
{
    const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    struct open_how how = {.flags = (unsigned)flags, .resolve = RESOLVE_NO_SYMLINKS};
    int directory = top ? openat(AT_FDCWD, path, flags) : sys_openat2(AT_FDCWD, path, &how);
    return directory < 0 && !top && (errno == ENOSYS || errno == EPERM) ? openat(AT_FDCWD, path, flags) : directory;
}

/* One of this user's whose mode was changed meanwhile; an old one is the host's affair. */
static bool open_up(const struct git_findings *findings, const char *path)
{
    char link[64];
    struct stat status;
    int directory = openat(AT_FDCWD, path, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (directory < 0)
        return false;
    snprintf(link, sizeof link, "/proc/self/fd/%d", directory);
    bool done = fstat(directory, &status) == 0 && status.st_uid == geteuid() && git_is_new(findings, &status) &&
                git_is_writable(findings->run, path) && chmod(link, (status.st_mode & 07777) | S_IRWXU) == 0;
    close(directory);
    return done;
}

int git_open_directory(const struct git_findings *findings, const char *path, bool top)
{
    int directory = open_directory(path, top);
    if (directory >= 0 || errno != EACCES)
        return directory;
    return open_up(findings, path) ? open_directory(path, top) : -1;
}

/* Where the directory is new, so are all in it: it may have been moved there with old ones. */
static void look_at_each_hook(struct git_findings *findings, int directory, const char *path)
{
    struct stat status;
    size_t length, at = 0;
    char *entries = directory_list(directory, &length);
    const struct directory_entry *entry;
    bool all = fstat(directory, &status) == 0 && git_is_new(findings, &status);
    while (entries != NULL && (entry = directory_next(entries, length, &at)) != NULL) {
        if (git_is_hook(entry->name) && all)
            git_tell(findings, directory, text_of("%s/%s", path, entry->name));
        else if (git_is_hook(entry->name))
            look_at_file(findings, directory, path, entry->name);
    }
    free(entries);
}

/* A symlink of that name is obeyed as well; an old one leads to hooks that may be new. */
static void look_at_hooks(struct git_findings *findings, int above, const char *path)
{
    look_at_file(findings, above, path, "hooks");
    char *hooks = realpath(text_of("%s/hooks", path), NULL);
    int directory = hooks == NULL ? -1 : git_open_directory(findings, hooks, false);
    if (directory < 0)
        return;
    look_at_each_hook(findings, directory, hooks);
    close(directory);
}

bool git_was_looked_at(struct git_findings *findings, const struct stat *status)
{
    unsigned count = findings->looked_at_count;
    for (unsigned i = 0; i < count; i++) {
        if (findings->looked_at[i].device == status->st_dev && findings->looked_at[i].inode == status->st_ino)
            return true;
    }
    struct git_looked_at *more = realloc(findings->looked_at, (count + 1) * sizeof *more);
    if (more == NULL)
        die("cannot remember a git directory");
    more[count] = (struct git_looked_at){status->st_dev, status->st_ino};
    findings->looked_at = more;
    findings->looked_at_count = count + 1;
    return false;
}

static bool is_of_the_working_directory(const struct git_findings *findings, const char *path)
{
    return git_is_known(path) || (findings->wish->shared != NULL && strcmp(findings->wish->shared, path) == 0);
}

/*
 * One that is older than the run may have been moved there as a whole, and then its files are old. It is changed by other
 * things as well, so is the directory that it is in, and who changed its files is not known: it is only reported.
 */
static void look_whether_moved(struct git_findings *findings, int directory, const char *path)
{
    struct stat status, above;
    const char *slash = strrchr(path, '/');
    if (!git_config_has_rules() || slash == NULL || slash == path || is_of_the_working_directory(findings, path) ||
        fstat(directory, &status) < 0 || !git_is_new(findings, &status) ||
        stat(text_of("%.*s", (int)(slash - path), path), &above) < 0 || !git_is_new(findings, &above) ||
        !git_may_be_planted(findings->run, path) || git_directory_is_harmless(path))
        return;
    git_tell(findings, -1, path);
}

/* A new work tree that is nowhere was made in memory of the sandbox's own: what was not committed has gone with it. */
static void look_whether_gone(const struct git_findings *findings, int directory, const char *path)
{
    static const char above[] = "/worktrees/";
    struct stat status;
    const char *name = strrchr(path, '/');
    size_t length = name == NULL ? 0 : (size_t)(name - path) + 1;
    if (length < sizeof above || strncmp(path + length - strlen(above), above, strlen(above)) != 0 ||
        fstat(directory, &status) < 0 || !git_is_new(findings, &status))
        return;
    char *led = git_text_of(text_of("%s/gitdir", path));
    char *end = led == NULL ? NULL : strstr(led, "/.git\n");
    if (end != NULL && led[0] == '/' && lstat(text_of("%.*s", (int)(end - led), led), &status) < 0 && errno == ENOENT)
        say("warning: the work tree `%.*s` was made where the sandbox keeps nothing, and is gone with what was not committed in "
            "it: make it within the project; `git worktree prune` forgets it",
            (int)(end - led), led);
    free(led);
}

void git_directory_look(struct git_findings *findings, int directory, const char *path)
{
    struct stat status;
    if (fstat(directory, &status) == 0 && git_was_looked_at(findings, &status))
        return;
    for (size_t i = 0; i < sizeof obeyed / sizeof *obeyed; i++)
        look_at_file(findings, directory, path, obeyed[i]);
    look_at_hooks(findings, directory, path);
    look_whether_moved(findings, directory, path);
    look_whether_gone(findings, directory, path);
}

static void look_at_target(struct git_findings *findings, const char *path)
{
    int directory = path == NULL ? -1 : git_open_directory(findings, path, false);
    if (directory < 0)
        return;
    git_directory_look(findings, directory, path);
    close(directory);
}

/*
 * Whether the file is old or new, what it leads to is looked at: it need not lie among the directories that are. Where
 * the file has been made inert, it leads nowhere.
 */
void git_link_look(struct git_findings *findings, int directory, const char *path)
{
    look_at_file(findings, directory, path, ".git");
    struct git_file led = git_file_read(text_of("%s/.git", path));
    look_at_target(findings, led.directory);
    look_at_target(findings, led.common);
    if (led.directory != NULL)
        git_named_look(findings, led.directory, led.common == NULL ? led.directory : led.common, path);
}
