/*
 * Git data that came into being and that git may obey without harm: a configuration in which no line names a program, as
 * `git init` and `git submodule add` write it, and the file `.git` of a submodule. Hooks are looked at apart from that.
 */
#include "git_harmless.h"

#include <stdlib.h>
#include <string.h>

#include "git_config.h"
#include "kernel.h"
#include "messages.h"
#include "text.h"

static const char modules[] = "/.git/modules/";

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), size = strlen(end);
    return length >= size && strcmp(text + length - size, end) == 0;
}

/* `../` for each part of a path, and for some more. */
static void add_ups(struct text *text, const char *path, unsigned more)
{
    for (text_add(text, "../"); (path = strchr(path, '/')) != NULL; path++)
        text_add(text, "../");
    for (; more > 0; more--)
        text_add(text, "../");
}

/* Without the directories `modules`, in which those of a submodule lie: `a/modules/b` is at `a/b`. */
static void add_place(struct text *text, const char *name)
{
    const char *next;
    for (; (next = strstr(name, "/modules/")) != NULL; name = next + strlen("/modules/"))
        text_add(text, "%.*s/", (int)(next - name), name);
    text_add(text, "%s", name);
}

/* What `core.worktree` says in the configuration of a submodule that is where it is called; NULL: it is of none. */
char *git_worktree_of(const char *configuration)
{
    struct text text = {.bytes = NULL};
    const char *name = strstr(configuration, modules);
    if (name == NULL || !ends_with(configuration, "/config"))
        return NULL;
    name = text_of("%.*s", (int)(strlen(name) - strlen(modules) - strlen("/config")), name + strlen(modules));
    add_ups(&text, name, 2);
    add_place(&text, name);
    return text.bytes;
}

/* The directory above one, at most so far up, that has a git directory of its own; NULL: there is none. */
static char *repository_around(const char *directory, const char *highest)
{
    struct stat status;
    char *top = text_of("%s", directory);
    while (strlen(top) > strlen(highest)) {
        *strrchr(top, '/') = '\0';
        if (lstat(text_of("%s/.git", top), &status) == 0)
            return S_ISDIR(status.st_mode) ? top : NULL;
    }
    return NULL;
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

/* A file `.git` that leads to one of the worktrees of the repository around it. */
static bool is_of_worktree(const char *file, const char *highest, const char *common)
{
    char *directory = text_of("%.*s", (int)(strlen(file) - strlen("/.git")), file);
    const char *top = repository_around(directory, highest), *target = git_led_to(file, "gitdir:", directory);
    if (top != NULL)
        common = text_of("%s/.git", top);
    if (common == NULL || target == NULL)
        return false;
    const char *start = text_of("%s/worktrees/", common);
    const char *name = target + strlen(start);
    return strncmp(target, start, strlen(start)) == 0 && name[0] != '.' && strchr(name, '/') == NULL;
}

/* A file `.git` that leads to the data of a submodule, which lie in those of the repository around it. */
static bool is_of_submodule(const char *file, const char *highest)
{
    struct text start = {.bytes = NULL};
    char *directory = text_of("%.*s", (int)(strlen(file) - strlen("/.git")), file);
    const char *top = repository_around(directory, highest), *target = git_led_to(file, "gitdir:", directory);
    if (top == NULL || target == NULL)
        return false;
    text_add(&start, "%s/", directory);
    add_ups(&start, directory + strlen(top) + 1, 0);
    text_add(&start, "%s", modules + 1);
    return strncmp(target, start.bytes, strlen(start.bytes)) == 0 && strstr(target + strlen(start.bytes), "..") == NULL &&
           git_is_harmless(text_of("%s/config", target), highest, NULL);
}

bool git_is_harmless(const char *path, const char *highest, const char *common)
{
    if (ends_with(path, "/config"))
        return git_config_is_harmless(path, git_worktree_of(path));
    if (ends_with(path, "/commondir"))
        return is_usual_common_directory(path);
    return ends_with(path, "/.git") && (is_of_submodule(path, highest) || is_of_worktree(path, highest, common));
}
