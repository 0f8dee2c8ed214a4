/*
 * What git obeys for a directory without lying in its `.git`: a file `.git` and the directories that it leads to, the
 * directory of hooks and the files that a configuration names, the user's own one among them. All of it is looked for at
 * each start, in the tree that the command is going to see, and protected where it lies.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "actions.h"
#include "git_config.h"
#include "git_named.h"
#include "git_read.h"
#include "guard.h"
#include "kernel.h"
#include "links.h"
#include "messages.h"
#include "names_in.h"
#include "text.h"
#include "tree.h"

enum { MOST_NESTED = 6 };

/* Opens a file to read it that was opened by its name alone. */
static int open_again(int file)
{
    char link[64];
    struct stat status;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    if (fstat(file, &status) < 0)
        return -1;
    errno = 0;
    return S_ISREG(status.st_mode) ? open(link, O_RDONLY | O_CLOEXEC) : -1;
}

/* A file of the new root as a text, or NULL: there is none, or none that this user can read. */
static char *read_text(const struct run *run, const char *path)
{
    int file = tree_resolve(run, path, 0);
    int opened = file < 0 ? -1 : open_again(file);
    char *text = opened < 0 ? NULL : git_text_in(opened, GIT_MOST_BYTES);
    if (text == NULL)
        git_require_answer(path);
    if (opened >= 0)
        close(opened);
    if (file >= 0)
        close(file);
    return text;
}

/* Lines: paths that somebody listed for writing, and a word for the configuration, wherever it lies. */
static const char *lifted;
static const char configuration[] = "@config";

static bool is_lifted(const char *path)
{
    size_t length = strlen(path);
    for (const char *line = lifted; line != NULL; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncmp(line, path, length) == 0 && (line[length] == '\n' || line[length] == '\0'))
            return true;
    }
    return false;
}

static void protect_unless_lifted(struct run *run, const char *found)
{
    const char *path = links_real_path(run->root.at, found, NULL, NULL);
    if (path == NULL)
        git_require_answer(found);
    else if (!is_lifted(path))
        guard_protect_found(run, found);
}

/* A configuration, and the top of the work tree that it is of, if any. */
struct naming {
    struct run *run;
    const char *path, *top;
    bool outside; /* git outside obeys it, whether it is inside or not */
    unsigned included;
};

/* Only a file is a program, or a script of one; those of the system are not the command's to write. */
static bool is_own_program(const struct run *run, const char *path)
{
    if (links_lead_to_system(path))
        return false;
    int file = tree_open(run, path);
    if (file < 0) {
        git_require_answer(path);
        return false;
    }
    bool own = guard_type_of(file, path) == S_IFREG;
    close(file);
    return own;
}

static void protect_program(const struct naming *of, const char *value)
{
    if (of->top == NULL && !git_is_absolute(value))
        return;
    const char *named = git_path_from(of->top, value), *real = links_real_path(of->run->root.at, named, NULL, NULL);
    if (real == NULL)
        git_require_answer(named);
    else if (is_own_program(of->run, real))
        protect_unless_lifted(of->run, named);
}

static void protect_hooks(const struct naming *of, const char *value)
{
    if (of->top == NULL && !git_is_absolute(value))
        return;
    const char *named = links_real_path(of->run->root.at, git_path_from(of->top, value), NULL, NULL);
    if (named == NULL || !is_lifted(named))
        protect_unless_lifted(of->run, git_hooks_from(of->top, value));
}

static void look_at_configuration(struct naming *of, const char *path);

static void protect_configuration(struct naming *of, const char *value)
{
    const char *path = of->path;
    char *file = git_path_from(text_of("%.*s", (int)(strrchr(path, '/') - path), path), value);
    protect_unless_lifted(of->run, file);
    look_at_configuration(of, file);
    of->path = path;
}

static void protect_named(void *context, enum git_name kind, const char *value)
{
    struct naming *of = context;
    if (kind == GIT_NAMES_HOOKS)
        protect_hooks(of, value);
    else if (kind == GIT_NAMES_CONFIGURATION)
        protect_configuration(of, value);
    else if (kind == GIT_NAMES_PROGRAM)
        protect_program(of, value);
    else if (kind == GIT_NAMES_TEMPLATE && git_is_absolute(value))
        protect_unless_lifted(of->run, git_path_from("", value));
}

/* The text is freed. */
static void look_at_text(struct naming *of, const char *path, char *text)
{
    of->path = path;
    of->included++;
    if (text != NULL)
        git_each_named(text, protect_named, of);
    free(text);
}

static void look_at_configuration(struct naming *of, const char *path)
{
    if (of->included > MOST_INCLUDED)
        return;
    if (!of->outside) {
        look_at_text(of, path, read_text(of->run, path));
        return;
    }
    char *real = git_real_at_start(path);
    if (real != NULL)
        look_at_text(of, real, git_text_at_start(real));
    free(real);
}

/* What follows `word` in the first line of a file, as a path from a directory; NULL: it has no such line. */
static char *led_to(const struct run *run, const char *file, const char *word, const char *directory)
{
    char *text = read_text(run, file), *path = NULL;
    if (text != NULL && strncmp(text, word, strlen(word)) == 0) {
        text[strcspn(text, "\n")] = '\0';
        path = git_path_from(directory, text_trimmed(text + strlen(word)));
    }
    free(text);
    return path;
}

static void protect_files(struct run *run, const char *directory, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        protect_unless_lifted(run, text_of("%s/%s", directory, names[i]));
}

typedef void each_directory(struct run *run, char *path, unsigned deep);

/* What is in a directory of the new root, by its name. */
static void for_each_in(struct run *run, const char *path, unsigned deep, each_directory *each)
{
    size_t length, at = 0;
    int directory = tree_resolve(run, path, O_DIRECTORY);
    char *entries = directory < 0 ? NULL : directory_entries(directory, &length);
    const struct directory_entry *entry;
    if (directory >= 0 && entries == NULL && errno == 0)
        errno = EFBIG; /* more than are listed */
    if (entries == NULL)
        git_require_answer(path);
    while (entries != NULL && (entry = directory_next(entries, length, &at)) != NULL) {
        if (!is_dots(entry->name) && (entry->type == 4 || entry->type == 0))
            each(run, text_of("%s/%s", path, entry->name), deep);
    }
    free(entries);
    if (directory >= 0)
        close(directory);
}

/* Of another worktree: where it is and what it shares; its index and HEAD are git's to change, as `git gc` does. */
static void protect_worktree(struct run *run, char *path, unsigned deep)
{
    static const char *const names[] = {"commondir", "gitdir", "config.worktree"};
    (void)deep;
    protect_files(run, path, names, sizeof names / sizeof *names);
}

/* A submodule's git directory, which has a name with slashes where its path has some. */
static void protect_module(struct run *run, char *path, unsigned deep)
{
    static const char *const names[] = {"config", "hooks", "config.worktree", "commondir", "info/attributes"};
    const char *sign = text_of("%s/HEAD", path);
    int head = tree_resolve(run, sign, 0);
    if (head < 0)
        git_require_answer(sign);
    if (head >= 0) {
        close(head);
        protect_files(run, path, names, sizeof names / sizeof *names);
        for_each_in(run, text_of("%s/modules", path), deep + 1, protect_module);
    } else if (deep < MOST_NESTED) {
        for_each_in(run, path, deep + 1, protect_module);
    }
}

static void look_at_user(void *context, const char *path)
{
    struct naming of = *(struct naming *)context;
    look_at_configuration(&of, path);
}

/* A configuration in variables is in no directory: it can include nothing by a name from there. */
static void look_at_user_for(struct run *run, const char *top)
{
    git_each_of_user(look_at_user, &(struct naming){.run = run, .top = top, .outside = true});
    git_each_in_environment(protect_named, &(struct naming){.run = run, .top = top, .outside = true, .path = "/"});
}

/* That of all work trees, that of this one alone, and the user's. */
static void look_at_configurations(struct run *run, const char *git, const char *shared, const char *top)
{
    const char *common = text_of("%s/config", shared), *single = text_of("%s/config.worktree", git);
    char *of_all = read_text(run, common), *of_one = read_text(run, single);
    const char *above = git_work_tree_from(of_one, git, git_work_tree_from(of_all, git, top));
    look_at_text(&(struct naming){.run = run, .top = above}, common, of_all);
    look_at_text(&(struct naming){.run = run, .top = above}, single, of_one);
    look_at_user_for(run, above);
}

static void look_at_git_directory(struct run *run, char *git, const char *top)
{
    static const char *const own[] = {"commondir", "gitdir", "config.worktree"};
    static const char *const common[] = {"hooks", "info/attributes", "config"};
    size_t last = is_lifted(configuration) ? 1 : 0; /* that is what comes last in both */
    char *shared = led_to(run, text_of("%s/commondir", git), "", git);
    if (shared == NULL)
        shared = git;
    protect_files(run, git, own, sizeof own / sizeof *own - last);
    if (shared != git) /* what the main worktree obeys */
        protect_files(run, shared, own, sizeof own / sizeof *own - last);
    protect_files(run, shared, common, sizeof common / sizeof *common - last);
    for_each_in(run, text_of("%s/modules", shared), 0, protect_module);
    for_each_in(run, text_of("%s/worktrees", shared), 0, protect_worktree);
    look_at_configurations(run, git, shared, top);
}

/* Of the nearest directory at or above one that has a `.git`; false: there is none. */
static bool look_above(struct run *run, char *top)
{
    struct stat status;
    for (; top[0] != '\0'; *strrchr(top, '/') = '\0') {
        char *git = text_of("%s/.git", top);
        int file = tree_resolve(run, git, 0);
        bool there = file >= 0 && fstat(file, &status) == 0;
        if (!there)
            git_require_answer(git);
        if (file >= 0)
            close(file);
        if (!there)
            continue;
        char *pointed = S_ISREG(status.st_mode) ? led_to(run, git, "gitdir:", top) : NULL;
        if (pointed != NULL) {
            protect_unless_lifted(run, git);
            look_at_git_directory(run, pointed, top);
        } else if (S_ISDIR(status.st_mode)) {
            look_at_git_directory(run, git, top);
        } else {
            look_at_user_for(run, top);
        }
        return true;
    }
    return false;
}

/* What a variable of the caller names, git obeys wherever it is called. */
static void look_at_named(struct run *run, const char *here)
{
    const char *git = getenv("GIT_DIR"), *tree = getenv("GIT_WORK_TREE");
    if (git != NULL && git[0] != '\0')
        look_at_git_directory(run, git_path_from(here, git), tree == NULL ? here : git_path_from(here, tree));
}

void do_git_links(struct run *run, const struct operand *operands)
{
    bool nowhere = run->working_directory == NULL || run->working_directory[1] == '\0';
    lifted = operands[1].data;
    if (!nowhere)
        look_at_named(run, run_path(run, &operands[0]));
    if (nowhere || !look_above(run, text_of("%s", run_path(run, &operands[0]))))
        look_at_user_for(run, NULL);
}
