/*
 * What is obeyed by its name alone (hooks, `commondir`, a file `.git`) gets another name. A configuration does as well, and
 * one takes its place that has the lines which are plain and name no program. All names are taken in an opened directory.
 */
#include "git_inert.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "git_config.h"
#include "git_harmless.h"
#include "kernel.h"
#include "run.h"
#include "text.h"

enum { NO_REPLACE = 1, MOST_NAMES = 10 };

static bool rename_new(int directory, const char *from, const char *to)
{
    if (syscall(SYS_renameat2, directory, from, directory, to, NO_REPLACE) == 0)
        return true;
    if (errno != EINVAL && errno != ENOSYS)
        return false;
    return linkat(directory, from, directory, to, 0) == 0 && unlinkat(directory, from, 0) == 0;
}

/* A command may have taken the names as well. */
static bool set_aside(int directory, const char *name)
{
    bool done = rename_new(directory, name, text_of("%s.inert", name));
    for (unsigned i = 1; !done && errno == EEXIST && i < MOST_NAMES; i++)
        done = rename_new(directory, name, text_of("%s.inert.%u", name, i));
    return done || unlinkat(directory, name, 0) == 0;
}

static bool fill(int file, const char *text, const struct stat *like)
{
    size_t length = strlen(text);
    bool own = geteuid() != 0 || fchown(file, like->st_uid, like->st_gid) == 0;
    return own && fchmod(file, like->st_mode & 0666) == 0 && write(file, text, length) == (ssize_t)length;
}

/* -1: there is none. */
static int write_beside(int directory, const char *temporary, const char *text, const struct stat *like)
{
    int file = openat(directory, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file < 0)
        return -1;
    bool filled = fill(file, text, like);
    close(file);
    if (!filled)
        unlinkat(directory, temporary, 0);
    return filled ? 0 : -1;
}

/* Without a text that can be taken apart nothing takes its place: git does without a configuration. */
static bool replace(int directory, const char *name, const char *path, const char *worktree)
{
    struct stat status;
    char suffix[17];
    bool regular = fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(status.st_mode);
    bool fewer = true;
    char *text = regular ? git_config_without_programs(path, worktree, &fewer) : NULL;
    if (text != NULL && !fewer) {
        free(text);
        return false;
    }
    random_name(suffix);
    const char *temporary = text_of(".hexe-policy-%s", suffix);
    bool written = text != NULL && write_beside(directory, temporary, text, &status) == 0;
    bool aside = set_aside(directory, name);
    if (written && (!aside || !rename_new(directory, temporary, name)))
        unlinkat(directory, temporary, 0);
    free(text);
    return aside;
}

/* Git reads them when it is asked to go on, or with a configuration that is judged itself. */
static bool is_reported_alone(const char *name)
{
    return strcmp(name, "git-rebase-todo") == 0 || strcmp(name, "todo") == 0 || strcmp(name, "attributes") == 0;
}

bool git_make_inert(int directory, const char *path)
{
    const char *name = strrchr(path, '/') + 1;
    if (strcmp(name, "config") == 0 || strcmp(name, "config.worktree") == 0)
        return replace(directory, name, path, git_worktree_of(path));
    return !is_reported_alone(name) && set_aside(directory, name);
}
