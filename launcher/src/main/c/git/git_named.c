#include "git_named.h"

#include <stdlib.h>
#include <string.h>

#include "git_config.h"
#include "git_entries.h"
#include "git_read.h"
#include "kernel.h"
#include "text.h"

static const char prefix[] = "%(prefix)/", optional[] = ":(optional)";

static bool begins_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

/* Of a line of the list of users, whose sixth field it is; NULL: the list has no such user. */
static const char *home_of(const char *user, size_t length)
{
    int file = open("/etc/passwd", O_RDONLY | O_CLOEXEC);
    char *list = file < 0 ? NULL : git_text_in(file, GIT_MOST_BYTES), *line;
    if (file >= 0)
        close(file);
    while (list != NULL && (line = strsep(&list, "\n")) != NULL) {
        if (strncmp(line, user, length) != 0 || line[length] != ':')
            continue;
        for (int field = 1; field < 6 && line != NULL; field++)
            strsep(&line, ":");
        return line == NULL ? NULL : strsep(&line, ":");
    }
    return NULL;
}

/* Where git was installed: above the directory of the one that the caller finds. */
static const char *prefix_of_git(void)
{
    const char *path = getenv("PATH");
    char *rest = path == NULL ? NULL : text_of("%s", path), *directory;
    while (rest != NULL && (directory = strsep(&rest, ":")) != NULL) {
        char *git = realpath(text_of("%s/git", directory), NULL);
        if (git == NULL)
            continue;
        for (int i = 0; i < 2 && git[0] != '\0'; i++)
            *strrchr(git, '/') = '\0';
        return git;
    }
    return NULL;
}

static char *beneath(const char *top, const char *rest, const char *directory, const char *path)
{
    return top == NULL ? text_of("%s/%s", directory, path) : text_of("%s%s", top, rest);
}

char *git_path_from(const char *directory, const char *path)
{
    size_t user = strcspn(path, "/");
    if (path[0] == '/')
        return text_of("%s", path);
    if (begins_with(path, prefix))
        return beneath(prefix_of_git(), path + strlen(prefix) - 1, directory, path);
    if (path[0] == '~')
        return beneath(user == 1 ? getenv("HOME") : home_of(path + 1, user - 1), path + user, directory, path);
    return text_of("%s/%s", directory, path);
}

bool git_is_absolute(const char *path)
{
    return path[0] == '/' || path[0] == '~' || begins_with(path, prefix);
}

char *git_hooks_from(const char *top, const char *path)
{
    char *directory = git_path_from(top, path);
    size_t length = strlen(directory);
    while (length > 1 && directory[length - 1] == '/')
        directory[--length] = '\0';
    if (length > 2 && strcmp(directory + length - 2, "/_") == 0)
        directory[length - 2] = '\0';
    return directory;
}

/* Neither an option nor a name that the search path is gone through for. A home is what `$HOME` stands for. */
static void take_word(char *word, git_named *each, void *context)
{
    static const char *const homes[] = {"$HOME/", "${HOME}/"};
    for (size_t i = 0; i < sizeof homes / sizeof *homes; i++) {
        if (begins_with(word, homes[i]))
            word = text_of("~/%s", word + strlen(homes[i]));
    }
    if (word[0] != '-' && strchr(word, '/') != NULL)
        each(context, GIT_NAMES_PROGRAM, word);
}

void git_named_in_command(const char *command, git_named *each, void *context)
{
    char *rest = text_of("%s", command), *word;
    while ((word = strsep(&rest, " \t\n\"'`;&|()<>!=")) != NULL)
        take_word(word, each, context);
}

static const struct {
    const char *name;
    enum git_name kind;
} names[] = {
    {"core.hookspath", GIT_NAMES_HOOKS},
    {"core.worktree", GIT_NAMES_WORK_TREE},
    {"init.templatedir", GIT_NAMES_TEMPLATE},
    {"include.path", GIT_NAMES_CONFIGURATION},
};

static bool is_conditional_include(const char *name)
{
    static const char start[] = "includeif.", end[] = ".path";
    size_t length = strlen(name);
    return begins_with(name, start) && length > strlen(start) + strlen(end) && strcmp(name + length - strlen(end), end) == 0;
}

void git_named_by(const char *name, const char *value, git_named *each, void *context)
{
    name = is_conditional_include(name) ? "include.path" : name;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(name, names[i].name) != 0)
            continue;
        value += begins_with(value, optional) ? strlen(optional) : 0;
        if (value[0] != '\0')
            each(context, names[i].kind, value);
        return;
    }
    if (git_config_is_program(name, value))
        git_named_in_command(value + (begins_with(value, optional) ? strlen(optional) : 0), each, context);
}

struct naming {
    git_named *each;
    void *context;
};

static void take_entry(void *context, const char *name, const char *value)
{
    const struct naming *naming = context;
    git_named_by(name, value, naming->each, naming->context);
}

void git_each_named(const char *text, git_named *each, void *context)
{
    git_each_entry(text, take_entry, &(struct naming){each, context});
}

static void take_work_tree(void *context, enum git_name kind, const char *value)
{
    const char **last = context;
    if (kind == GIT_NAMES_WORK_TREE)
        *last = text_of("%s", value);
}

const char *git_work_tree_from(const char *text, const char *git, const char *usual)
{
    const char *last = NULL;
    if (text != NULL)
        git_each_named(text, take_work_tree, &last);
    return last == NULL ? usual : git_path_from(git, last);
}
