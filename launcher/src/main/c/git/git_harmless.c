#include "git_harmless.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "git_config.h"
#include "git_file.h"
#include "git_read.h"
#include "kernel.h"
#include "names_in.h"
#include "text.h"

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), size = strlen(end);
    return length >= size && strcmp(text + length - size, end) == 0;
}

/* Without the directories `modules`, in which those of a submodule lie: `a/modules/b` is at `a/b`. */
static void add_place(struct text *text, const char *name)
{
    const char *next;
    for (; (next = strstr(name, "/modules/")) != NULL; name = next + strlen("/modules/"))
        text_add(text, "%.*s/", (int)(next - name), name);
    text_add(text, "%s", name);
}

/* From one directory to another, as git writes it. */
static char *relative(const char *from, const char *to)
{
    struct text text = {.bytes = NULL};
    size_t same = 0;
    for (size_t i = 0; from[i] == to[i] && from[i] != '\0'; i++)
        same = from[i] == '/' ? i : same;
    for (const char *slash = from + same; slash != NULL; slash = strchr(slash + 1, '/'))
        text_add(&text, "../");
    text_add(&text, "%s", to + same + 1);
    return text.bytes;
}

/* Where the work tree is that a git directory `.git`, or one of its linked worktrees, belongs to. */
static char *work_tree_of(const char *git)
{
    static const char linked[] = "/.git/worktrees/";
    const char *name = strstr(git, linked);
    char *file = name == NULL || strchr(name + strlen(linked), '/') != NULL ? NULL
                                                                           : git_led_to(text_of("%s/gitdir", git), "", git);
    if (file != NULL && !git_file_leads_to(file, git))
        return NULL;
    if (file == NULL)
        file = text_of("%s", git);
    if (!ends_with(file, "/.git"))
        return NULL;
    file[strlen(file) - strlen("/.git")] = '\0';
    return file;
}

/* Of a submodule: its git directory is called `modules/` and its place in the work tree. */
char *git_worktree_of(const char *configuration)
{
    static const char modules[] = "/modules/";
    struct text place = {.bytes = NULL};
    const char *git = strstr(configuration, "/.git/");
    const char *name = git == NULL ? NULL : strstr(git, modules);
    if (name == NULL || !ends_with(configuration, "/config"))
        return NULL;
    char *tree = work_tree_of(text_of("%.*s", (int)(name - configuration), configuration));
    if (tree == NULL)
        return NULL;
    char *directory = text_of("%.*s", (int)(strlen(configuration) - strlen("/config")), configuration);
    text_add(&place, "%s/", tree);
    add_place(&place, directory + (name + strlen(modules) - configuration));
    return relative(directory, place.bytes);
}

/*
 * Of a linked worktree: what it shares is where git puts it, in the directory that holds those of all worktrees; or, as
 * without such a file, in itself.
 */
static bool is_usual_common_directory(const char *file)
{
    char *text = git_text_of(file);
    const char *name = text_of("%.*s", (int)(strlen(file) - strlen("/commondir")), file);
    const char *slash = strrchr(name, '/');
    bool linked = slash != NULL && ends_with(text_of("%.*s", (int)(slash - name), name), "/worktrees");
    bool usual = text != NULL && (strcmp(text, "./\n") == 0 || (linked && strcmp(text, "../..\n") == 0));
    free(text);
    return usual;
}

static bool is_there(const char *file)
{
    struct stat status;
    return lstat(file, &status) == 0 || errno != ENOENT;
}

static bool shares_as_usual(const char *directory)
{
    const char *file = text_of("%s/commondir", directory);
    return !is_there(file) || is_usual_common_directory(file);
}

/* Of an old one, lines of which nothing is known are no reason. */
static bool names_no_program(const char *configuration)
{
    bool fewer = true;
    char *rest = git_config_has_rules() ? git_config_without_programs(configuration, git_worktree_of(configuration), &fewer) : NULL;
    free(rest);
    return rest != NULL && !fewer;
}

bool git_is_hook(const char *name)
{
    const char *dot = strrchr(name, '.');
    return !is_dots(name) && (dot == NULL || strcmp(dot, ".sample") != 0);
}

static bool has_hooks(const char *path)
{
    size_t length, at = 0;
    const struct directory_entry *entry;
    int directory = openat(AT_FDCWD, text_of("%s/hooks", path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    char *entries = directory < 0 ? NULL : directory_list(directory, &length);
    bool found = directory < 0 ? errno != ENOENT : entries == NULL;
    while (entries != NULL && (entry = directory_next(entries, length, &at)) != NULL)
        found |= git_is_hook(entry->name);
    free(entries);
    if (directory >= 0)
        close(directory);
    return found;
}

bool git_directory_is_harmless(const char *path)
{
    const char *own = text_of("%s/config", path), *worktree = text_of("%s/config.worktree", path);
    return (!is_there(own) || names_no_program(own)) && (!is_there(worktree) || names_no_program(worktree)) &&
           shares_as_usual(path) && !has_hooks(path);
}

static bool is_below(const char *path, const char *top)
{
    char *real = top == NULL ? NULL : realpath(top, NULL);
    size_t length = real == NULL ? 0 : strlen(real);
    length -= length > 0 && real[length - 1] == '/';
    return real != NULL && strncmp(path, real, length) == 0 && path[length] == '/';
}

/* What a linked worktree's directory says of where that is. */
static bool names_back(const char *directory, const char *path)
{
    char *named = git_led_to(text_of("%s/gitdir", directory), "", directory);
    named = named == NULL ? NULL : realpath(named, NULL);
    char *real = realpath(path, NULL);
    return named != NULL && real != NULL && strcmp(named, real) == 0;
}

/*
 * What is known is protected and the host's. A directory that is not its own would have its hooks run what lies there, but
 * for what git makes with it: a linked worktree, and the place of a submodule.
 */
static bool is_harmless_with_known(const char *directory, const char *shared)
{
    return strcmp(shared, directory) != 0 ? git_directory_is_harmless(directory)
                                          : shares_as_usual(directory) && strstr(directory, "/modules/") != NULL;
}

/*
 * It leads to harmless data below the directory that is looked at or below what that shares; or the git directory, which
 * the command cannot write, names it.
 */
static bool is_file_harmless(const struct run *run, const char *path, const struct git_wish *wish)
{
    struct git_file led = git_file_read(path);
    const char *directory = led.directory, *shared = led.common == NULL ? directory : led.common;
    if (directory == NULL)
        return false;
    if (!is_below(directory, wish->path) && !is_below(directory, wish->common))
        return !git_is_writable(run, directory) && names_back(directory, path);
    if (git_is_known(shared))
        return is_harmless_with_known(directory, shared);
    return git_directory_is_harmless(directory) && git_directory_is_harmless(shared);
}

bool git_is_harmless(const struct run *run, const char *path, const struct git_wish *wish)
{
    if (ends_with(path, "/config") || ends_with(path, "/config.worktree"))
        return git_config_is_harmless(path, git_worktree_of(path));
    if (ends_with(path, "/commondir"))
        return is_usual_common_directory(path);
    return ends_with(path, "/.git") && is_file_harmless(run, path, wish);
}
