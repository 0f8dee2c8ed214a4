/*
 * Git data that came into being and that git may obey without harm: a configuration in which no line names a program, as
 * `git init` and `git submodule add` write it, and the file `commondir` of a linked worktree. Hooks are looked at apart from
 * that, and so is a file `.git`.
 */
#include "git_harmless.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "git_config.h"
#include "git_file.h"
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

static bool leads_to(const char *file, const char *git)
{
    char *directory = git_file_read(file).directory, *real = realpath(git, NULL);
    return directory != NULL && real != NULL && strcmp(directory, real) == 0;
}

/* Where the work tree is that a git directory `.git`, or one of its linked worktrees, belongs to. */
static char *work_tree_of(const char *git)
{
    static const char linked[] = "/.git/worktrees/";
    const char *name = strstr(git, linked);
    char *file = name == NULL || strchr(name + strlen(linked), '/') != NULL ? NULL
                                                                           : git_led_to(text_of("%s/gitdir", git), "", git);
    if (file != NULL && !leads_to(file, git))
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

bool git_is_harmless(const char *path)
{
    if (ends_with(path, "/config") || ends_with(path, "/config.worktree"))
        return git_config_is_harmless(path, git_worktree_of(path));
    return ends_with(path, "/commondir") && is_usual_common_directory(path);
}
