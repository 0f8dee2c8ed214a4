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

void git_each_named(char *text, git_named *each, void *context)
{
    char *rest = text, *line;
    bool core = false, include = false;
    while (rest != NULL && (line = strsep(&rest, "\n")) != NULL) {
        char *start = text_trimmed(line);
        if (*start == '[') {
            core = strncasecmp(start, "[core]", 6) == 0;
            include = strncasecmp(start, "[include", 8) == 0;
            start = strchr(start, ']') == NULL ? start : strchr(start, ']') + 1;
        }
        const char *value = core ? value_of(start, "hooksPath") : include ? value_of(start, "path") : NULL;
        if (value != NULL && value[0] != '\0')
            each(context, core, value);
    }
}
