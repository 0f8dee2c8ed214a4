#include "git_named.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "text.h"

char *git_path_from(const char *directory, const char *path)
{
    const char *home = getenv("HOME");
    if (path[0] == '/')
        return text_of("%s", path);
    if (strncmp(path, "~/", 2) == 0 && home != NULL)
        return text_of("%s%s", home, path + 1);
    return text_of("%s/%s", directory, path);
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

/* `value` of a line `key = value`, without quotes and comments; NULL: it is another line. */
static char *value_of(char *line, const char *key)
{
    size_t length = strlen(key);
    line = text_trimmed(line);
    if (strncasecmp(line, key, length) != 0)
        return NULL;
    line = text_trimmed(line + length);
    if (*line != '=')
        return NULL;
    line = text_trimmed(line + 1);
    if (*line == '"') {
        line++;
        line[strcspn(line, "\"")] = '\0';
    } else {
        line[strcspn(line, "#;")] = '\0';
    }
    return text_trimmed(line);
}

struct key {
    const char *section, *name;
    enum git_name kind;
};

/* A section that ends in no bracket has a part behind its name. */
static const struct key keys[] = {
    {"[core]", "hooksPath", GIT_NAMES_HOOKS},
    {"[core]", "worktree", GIT_NAMES_WORK_TREE},
    {"[init]", "templateDir", GIT_NAMES_TEMPLATE},
    {"[include", "path", GIT_NAMES_CONFIGURATION},
};
enum { KEYS = sizeof keys / sizeof *keys };

static void each_in_line(char *line, const char *section, git_named *each, void *context)
{
    for (size_t i = 0; i < KEYS; i++) {
        const char *value = strncasecmp(section, keys[i].section, strlen(keys[i].section)) == 0 ? value_of(line, keys[i].name) : NULL;
        if (value != NULL) {
            if (value[0] != '\0')
                each(context, keys[i].kind, value);
            return;
        }
    }
}

void git_each_named(char *text, git_named *each, void *context)
{
    char *rest = text, *line;
    const char *section = "";
    while (rest != NULL && (line = strsep(&rest, "\n")) != NULL) {
        char *start = text_trimmed(line);
        char *end = *start == '[' ? strchr(start, ']') : NULL;
        if (*start == '[')
            section = start;
        each_in_line(end == NULL ? start : end + 1, section, each, context);
    }
}

bool git_is_absolute(const char *path)
{
    return path[0] == '/' || strncmp(path, "~/", 2) == 0;
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
    char *copy = text == NULL ? NULL : text_of("%s", text);
    if (copy != NULL)
        git_each_named(copy, take_work_tree, &last);
    free(copy);
    return last == NULL ? usual : git_path_from(git, last);
}

static void take_of_user(const char *path, git_users *each, void *context)
{
    char *real = path == NULL ? NULL : realpath(path, NULL);
    if (real != NULL)
        each(context, real);
    free(real);
}

/* A variable that is set to nothing means none. */
void git_each_of_user(git_users *each, void *context)
{
    const char *global = getenv("GIT_CONFIG_GLOBAL"), *host = getenv("GIT_CONFIG_SYSTEM");
    const char *home = getenv("HOME"), *settings = getenv("XDG_CONFIG_HOME");
    take_of_user(host == NULL ? "/etc/gitconfig" : host, each, context);
    if (global != NULL) {
        take_of_user(global, each, context);
        return;
    }
    if (settings != NULL && settings[0] == '/')
        take_of_user(text_of("%s/git/config", settings), each, context);
    else if (home != NULL)
        take_of_user(text_of("%s/.config/git/config", home), each, context);
    if (home != NULL)
        take_of_user(text_of("%s/.gitconfig", home), each, context);
}
