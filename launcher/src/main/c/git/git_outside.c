/*
 * What git obeys in a work tree because a configuration names it: the directory of hooks, which `core.hooksPath` names
 * from the top of each work tree, and other configurations. That of the work tree that the command ran in is protected
 * where it was there at the start, and so is a configuration that is shared with it, and what the user's own names; what
 * was missing, and those of nested repositories, of submodules and of other worktrees are files like any others, however
 * old what names them is.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "git_config.h"
#include "git_directory.h"
#include "git_file.h"
#include "git_named.h"
#include "git_read.h"
#include "kernel.h"
#include "names_in.h"
#include "text.h"

struct naming {
    struct git_findings *findings;
    const char *path, *top; /* no top: in no work tree */
    bool own;               /* it is shared with the work tree that the command ran in, and so protected */
    bool again;             /* it is the user's, and was looked at for another work tree */
    unsigned *included;
};

/* A new symlink on the way leads to what may be old. */
static bool is_led_anew(const struct git_findings *findings, const char *path)
{
    struct stat status;
    char *way = text_of("%s", path), *slash;
    while ((slash = strrchr(way, '/')) != NULL) {
        if (lstat(way, &status) == 0 && S_ISLNK(status.st_mode) && git_is_new(findings, &status))
            return true;
        *slash = '\0';
    }
    return false;
}

/* A symlink is as new as what it leads to. */
static bool is_new_file(const struct git_findings *findings, const char *path)
{
    struct stat status;
    return (lstat(path, &status) == 0 && git_is_new(findings, &status)) ||
           (stat(path, &status) == 0 && git_is_new(findings, &status));
}

/* A worktree that git makes has the hooks that the protected one has, unless it is of another state. */
static bool is_as_protected(const struct naming *naming, const char *value, const char *path, const char *name)
{
    const char *top = naming->findings->wish->top;
    if (!naming->own || top == NULL || git_is_absolute(value))
        return false;
    const char *protected = name == NULL ? git_path_from(top, value) : text_of("%s/%s", git_hooks_from(top, value), name);
    char *one = git_text_of(path), *other = git_text_of(protected);
    bool same = one != NULL && other != NULL && strcmp(one, other) == 0;
    free(one);
    free(other);
    return same;
}

static void look_at_hook(const struct naming *naming, const char *value, const char *directory, const char *name, bool all)
{
    struct git_findings *findings = naming->findings;
    const char *path = text_of("%s/%s", directory, name);
    struct stat status;
    if (git_is_hook(name) && (all || is_new_file(findings, path)) && stat(path, &status) == 0 && S_ISREG(status.st_mode) &&
        git_is_writable(findings->run, path) && !is_as_protected(naming, value, path, name))
        git_tell(findings, -1, path);
}

/* Where the directory is new, so are all in it: it may have been moved there with old ones. */
static void look_at_hooks(const struct naming *naming, const char *value)
{
    size_t length, at = 0;
    const struct directory_entry *entry;
    struct stat status;
    bool absolute = git_is_absolute(value);
    if (absolute ? naming->again : naming->top == NULL)
        return;
    const char *named = git_hooks_from(naming->top, value);
    char *directory = realpath(named, NULL);
    int opened = directory == NULL ? -1 : git_open_directory(naming->findings, directory, false);
    char *entries = opened < 0 ? NULL : directory_list(opened, &length);
    bool all = is_led_anew(naming->findings, named) ||
               (opened >= 0 && fstat(opened, &status) == 0 && git_is_new(naming->findings, &status));
    while (entries != NULL && (entry = directory_next(entries, length, &at)) != NULL)
        look_at_hook(naming, value, directory, entry->name, all);
    free(entries);
    if (opened >= 0)
        close(opened);
}

/* A program, or a script of one. */
static void look_at_program(const struct naming *naming, const char *value)
{
    struct git_findings *findings = naming->findings;
    struct stat status;
    if (git_is_absolute(value) ? naming->again : naming->top == NULL)
        return;
    const char *named = git_path_from(naming->top, value);
    char *file = realpath(named, NULL);
    if (file != NULL && stat(file, &status) == 0 && S_ISREG(status.st_mode) &&
        (is_new_file(findings, file) || is_led_anew(findings, named)) && git_is_writable(findings->run, file) &&
        !is_as_protected(naming, value, file, NULL) && !git_was_looked_at(findings, &status))
        git_tell(findings, -1, file);
}

static void look_at_configuration(struct naming *naming);

static void look_at_named(void *context, enum git_name kind, const char *value)
{
    struct naming *naming = context;
    if (kind == GIT_NAMES_HOOKS)
        look_at_hooks(naming, value);
    else if (kind == GIT_NAMES_TEMPLATE && git_is_absolute(value))
        look_at_hooks(naming, text_of("%s/hooks", value));
    else if (kind == GIT_NAMES_PROGRAM)
        look_at_program(naming, value);
    if (kind != GIT_NAMES_CONFIGURATION)
        return;
    const char *above = text_of("%.*s", (int)(strrchr(naming->path, '/') - naming->path), naming->path);
    const char *named = git_path_from(above, value);
    struct git_findings *findings = naming->findings;
    struct stat status;
    char *file = realpath(named, NULL);
    if (file == NULL)
        return;
    if (!naming->own && (is_new_file(findings, file) || is_led_anew(findings, named)) &&
        git_is_writable(findings->run, file) && stat(file, &status) == 0 && !git_was_looked_at(findings, &status))
        git_tell(findings, -1, file);
    struct naming next = *naming;
    next.path = file;
    look_at_configuration(&next);
}

/* The text is freed. */
static void look_at_text(struct naming *naming, char *text)
{
    ++*naming->included;
    if (text != NULL)
        git_each_named(text, look_at_named, naming);
    free(text);
}

static void look_at_configuration(struct naming *naming)
{
    if (*naming->included <= MOST_INCLUDED)
        look_at_text(naming, git_text_of(naming->path));
}

static void look_at_user(void *context, const char *path)
{
    struct naming naming = *(struct naming *)context;
    unsigned included = 0;
    naming.path = realpath(path, NULL);
    naming.included = &included;
    if (naming.path != NULL)
        look_at_configuration(&naming);
}

/* A configuration in variables is in no directory. */
static void look_at_users(struct git_findings *findings, const char *top, bool again)
{
    unsigned included = 0;
    git_each_of_user(look_at_user, &(struct naming){.findings = findings, .top = top, .again = again});
    git_each_in_environment(look_at_named, &(struct naming){.findings = findings, .path = "/", .top = top, .again = again, .included = &included});
}

static void look(struct git_findings *findings, const char *git, const char *shared, const char *top, bool own)
{
    const char *common = text_of("%s/config", shared), *single = text_of("%s/config.worktree", git);
    char *of_all = git_text_of(common), *of_one = git_text_of(single);
    unsigned included = 0;
    top = git_work_tree_from(of_one, git, git_work_tree_from(of_all, git, top));
    look_at_text(&(struct naming){.findings = findings, .path = common, .top = top, .own = own, .included = &included}, of_all);
    included = 0;
    look_at_text(&(struct naming){.findings = findings, .path = single, .top = top, .included = &included}, of_one);
    look_at_users(findings, top, true);
}

void git_named_look(struct git_findings *findings, const char *git, const char *shared, const char *top)
{
    const struct git_wish *wish = findings->wish;
    if (wish->top != NULL && strcmp(wish->top, top) == 0)
        return;
    bool own = wish->shared != NULL && strcmp(wish->shared, shared) == 0;
    look(findings, git, shared, top, own);
}

void git_named_look_here(struct git_findings *findings)
{
    const struct git_wish *wish = findings->wish;
    look_at_users(findings, NULL, false);
    if (wish->top == NULL || wish->shared == NULL)
        return;
    struct git_file led = git_file_read(text_of("%s/.git", wish->top));
    look(findings, led.directory == NULL ? wish->shared : led.directory, wish->shared, wish->top, false);
}
