/*
 * Where git could be led elsewhere by a file that is not there yet: `commondir` has it read another configuration, hooks
 * are run where there is a directory of them, and `config.worktree` counts where the configuration says so.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "actions.h"
#include "git_config.h"
#include "git_read.h"
#include "guard.h"
#include "kernel.h"
#include "names_in.h"
#include "placeholder.h"
#include "text.h"

enum { MOST_BYTES = 65536, MOST_NESTED = 6, MOST_KNOWN = 256 };

/* It says that what is shared lies where it is: a dot alone is no path to some programs. */
static const struct placeholder common = {.name = "commondir", .content = "./\n"};
static const struct placeholder hooks = {.name = "hooks", .content = NULL};
static const struct placeholder worktree = {.name = "config.worktree", .content = ""};

/* Lines: what stays as the caller wants it, and trees that the command can write. */
static const char *lifted, *writable;
static const char configuration[] = "@config";

static bool is_line(const char *lines, const char *text)
{
    size_t length = strlen(text);
    for (const char *line = lines; line != NULL; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncmp(line, text, length) == 0 && (line[length] == '\n' || line[length] == '\0'))
            return true;
    }
    return false;
}

/* `@cwd` stands for the working directory. */
static bool is_writable(const struct run *run, const char *path)
{
    char *above = text_of("%s", path);
    size_t length = strlen(run->working_directory);
    bool here = strncmp(path, run->working_directory, length) == 0 && (path[length] == '/' || path[length] == '\0');
    bool found = is_line(writable, "/") || (here && is_line(writable, "@cwd"));
    for (; !found && above[0] != '\0'; *strrchr(above, '/') = '\0')
        found = is_line(writable, above);
    free(above);
    return found;
}

bool git_is_writable(const struct run *run, const char *path)
{
    return writable == NULL || is_writable(run, path);
}

bool git_is_placeholder(const char *path)
{
    static const struct placeholder *const known[] = {&common, &hooks, &worktree};
    const char *slash = strrchr(path, '/'), *name = slash == NULL ? path : slash + 1;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(name, known[i]->name) == 0)
            return placeholder_is_held(path, known[i]);
    }
    return false;
}

/* Git directories that are protected. */
static const char *known[MOST_KNOWN];
static unsigned known_count;

/* Without the name, and without `hooks` before it. */
static char *git_directory_of(const char *path)
{
    static const char under[] = "/hooks";
    size_t length = (size_t)(strrchr(path, '/') - path), size = sizeof under - 1;
    if (length > size && memcmp(path + length - size, under, size) == 0)
        length -= size;
    return text_of("%.*s", (int)length, path);
}

bool git_is_known(const char *directory)
{
    for (unsigned i = 0; i < known_count; i++) {
        if (strcmp(known[i], directory) == 0)
            return true;
    }
    return false;
}

bool git_may_be_planted(const struct run *run, const char *path)
{
    char *directory = git_directory_of(path);
    bool planted = writable != NULL && is_writable(run, path) && !is_line(lifted, path) &&
                   !is_line(lifted, text_of("%s/hooks", directory)) && !git_is_known(directory);
    free(directory);
    return planted;
}

static bool has_own_configurations(const char *git)
{
    char *text = git_text_at_start(text_of("%s/config", git));
    bool found = text != NULL && strcasestr(text, "worktreeconfig") != NULL;
    free(text);
    return found;
}

/* False: there is no room for another one. */
static bool hold(const char *git, const struct placeholder *placeholder)
{
    return is_line(lifted, text_of("%s/%s", git, placeholder->name)) || placeholder_hold(git, placeholder);
}

/* Where something could be made, what is made there is not the host's. */
static void hold_all(const char *git)
{
    bool held = hold(git, &common);
    held = hold(git, &hooks) && held;
    if (!is_line(lifted, configuration) && has_own_configurations(git))
        held = hold(git, &worktree) && held;
    if (held && known_count < MOST_KNOWN)
        known[known_count++] = git;
}

typedef void each_directory(const char *path, unsigned deep);

static void for_each_in(const char *path, unsigned deep, each_directory *each)
{
    size_t length, at = 0;
    int directory = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    char *entries = directory < 0 ? NULL : directory_list(directory, &length);
    if (directory >= 0 && entries == NULL && errno == 0)
        errno = EFBIG; /* more than are listed */
    if (entries == NULL)
        git_require_answer(path);
    const struct directory_entry *entry;
    while (entries != NULL && (entry = directory_next(entries, length, &at)) != NULL) {
        if (!is_dots(entry->name) && (entry->type == 4 || entry->type == 0))
            each(text_of("%s/%s", path, entry->name), deep);
    }
    free(entries);
    if (directory >= 0)
        close(directory);
}

static bool is_there(const char *directory, const char *name)
{
    struct stat status;
    const char *path = text_of("%s/%s", directory, name);
    bool there = lstat(path, &status) == 0;
    if (!there)
        git_require_answer(path);
    return there;
}

static void look_at_module(const char *path, unsigned deep)
{
    bool module = is_there(path, "HEAD");
    if (module)
        hold_all(path);
    if (deep < MOST_NESTED)
        for_each_in(module ? text_of("%s/modules", path) : path, deep + 1, look_at_module);
}

static void look_at_worktree(const char *path, unsigned deep)
{
    (void)deep;
    if (is_there(path, "HEAD"))
        hold(path, &worktree);
}

static void look_at(const struct run *run, const char *git)
{
    if (!is_writable(run, git))
        return;
    hold_all(git);
    for_each_in(text_of("%s/modules", git), 0, look_at_module);
    if (!is_line(lifted, configuration) && has_own_configurations(git))
        for_each_in(text_of("%s/worktrees", git), 0, look_at_worktree);
}

/* What a `.git` stands for: the directory that all worktrees of the repository share; NULL: nothing. */
static char *shared_by(const char *git, const char *top)
{
    struct stat status;
    if (stat(git, &status) < 0)
        return git_require_answer(git), NULL;
    char *own = S_ISREG(status.st_mode) ? git_led_to_at_start(git, "gitdir: ", top) : git_real_at_start(git);
    if (own == NULL || !S_ISREG(status.st_mode))
        return own;
    char *shared = git_led_to_at_start(text_of("%s/commondir", own), "", own);
    char *found = git_real_at_start(shared == NULL ? own : shared);
    return found != NULL && is_there(found, "HEAD") ? found : NULL; /* it can lead anywhere */
}

/* What a variable of the caller names, git obeys wherever it is called. */
static void look_at_named(const struct run *run)
{
    const char *named = getenv("GIT_DIR");
    char *git = named == NULL || named[0] == '\0' ? NULL : git_real_at_start(named);
    if (git != NULL && is_there(git, "HEAD"))
        look_at(run, git);
}

void do_git_placeholders(struct run *run, const struct operand *operands)
{
    if (run->working_directory == NULL || run->working_directory[1] == '\0')
        return;
    lifted = operands[1].data;
    writable = operands[2].data;
    look_at_named(run);
    for (char *top = text_of("%s", run_path(run, &operands[0])); top[0] != '\0'; *strrchr(top, '/') = '\0') {
        char *git = text_of("%s/.git", top);
        if (watch_lacks(run, git) || !is_there(top, ".git"))
            continue;
        char *shared = shared_by(git, top);
        if (shared != NULL)
            look_at(run, shared);
        return;
    }
}
