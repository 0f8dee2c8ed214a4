/*
 * What variables of the caller tell git: other configurations than the usual ones, entries of one, and programs. Whoever set them
 * calls git with them outside as well.
 */
#include <stdlib.h>
#include <string.h>

#include "git_entries.h"
#include "git_named.h"
#include "text.h"

enum { MOST_ENTRIES = 1000 };

static void take_entry(const char *name, const char *value, git_named *each, void *context)
{
    if (name != NULL && value != NULL)
        git_named_by(git_entry_name(name, strlen(name)), value, each, context);
}

/* `GIT_CONFIG_KEY_0` and `GIT_CONFIG_VALUE_0`, and so on. */
static void each_counted(git_named *each, void *context)
{
    const char *text = getenv("GIT_CONFIG_COUNT");
    long count = text == NULL ? 0 : strtol(text, NULL, 10);
    for (long i = 0; i < count && i < MOST_ENTRIES; i++)
        take_entry(getenv(text_of("GIT_CONFIG_KEY_%ld", i)), getenv(text_of("GIT_CONFIG_VALUE_%ld", i)), each, context);
}

/* The next of `'core.editor'='vi' 'core.pager=less'` without its quotes; NULL behind the last one. */
static char *next_parameter(const char **at)
{
    struct text parameter = {.bytes = NULL};
    *at += strspn(*at, " \t\n");
    if (**at == '\0')
        return NULL;
    text_add_bytes(&parameter, "", 0);
    for (char quote = '\0'; **at != '\0' && (quote != '\0' || strchr(" \t\n", **at) == NULL); ++*at) {
        if (**at == '\'')
            quote = quote == '\0' ? '\'' : '\0';
        else if (quote != '\0' || **at != '\\')
            text_add_bytes(&parameter, *at, 1);
        else if ((*at)[1] != '\0')
            text_add_bytes(&parameter, ++*at, 1);
    }
    return parameter.bytes;
}

/* What `git -c` gives to the programs that git starts. */
static void each_parameter(git_named *each, void *context)
{
    const char *at = getenv("GIT_CONFIG_PARAMETERS");
    for (char *parameter; at != NULL && (parameter = next_parameter(&at)) != NULL;) {
        char *sign = strchr(parameter, '=');
        if (sign != NULL)
            *sign = '\0';
        take_entry(parameter, sign == NULL ? NULL : sign + 1, each, context);
    }
}

void git_each_in_environment(git_named *each, void *context)
{
    static const char *const commands[] = {"GIT_SSH",   "GIT_SSH_COMMAND", "GIT_EDITOR",        "GIT_SEQUENCE_EDITOR",
                                           "GIT_PAGER", "GIT_ASKPASS",     "GIT_EXTERNAL_DIFF", "GIT_PROXY_COMMAND"};
    each_counted(each, context);
    each_parameter(each, context);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        const char *command = getenv(commands[i]);
        if (command != NULL)
            git_named_in_command(command, each, context);
    }
}

/* A variable that is set to nothing means none. */
void git_each_of_user(git_users *each, void *context)
{
    const char *global = getenv("GIT_CONFIG_GLOBAL"), *host = getenv("GIT_CONFIG_SYSTEM");
    const char *home = getenv("HOME"), *settings = getenv("XDG_CONFIG_HOME"), *brew = getenv("HOMEBREW_PREFIX");
    each(context, host == NULL ? "/etc/gitconfig" : host);
    if (host == NULL && brew != NULL && brew[0] == '/')
        each(context, text_of("%s/etc/gitconfig", brew)); /* that of a git that was installed there */
    if (global != NULL) {
        each(context, global);
        return;
    }
    if (settings != NULL && settings[0] != '\0')
        each(context, text_of("%s/git/config", settings));
    else if (home != NULL)
        each(context, text_of("%s/.config/git/config", home));
    if (home != NULL)
        each(context, text_of("%s/.gitconfig", home));
}
