#include "git_file.h"

#include <stdlib.h>
#include <string.h>

#include "git_config.h"
#include "git_directory.h"
#include "git_harmless.h"
#include "kernel.h"
#include "text.h"

/* NULL: it is no directory, or none that can be reached. */
static char *directory_at(const char *path)
{
    struct stat status;
    char *real = path == NULL ? NULL : realpath(path, NULL);
    return real != NULL && stat(real, &status) == 0 && S_ISDIR(status.st_mode) ? real : NULL;
}

static char *above(const char *file)
{
    return text_of("%.*s", (int)(strrchr(file, '/') - file), file);
}

struct git_file git_file_read(const char *path)
{
    struct git_file led = {.directory = directory_at(git_led_to(path, "gitdir: ", above(path)))};
    if (led.directory != NULL)
        led.common = directory_at(git_led_to(text_of("%s/commondir", led.directory), "", led.directory));
    return led;
}

static bool is_below(const char *path, const char *top)
{
    size_t length = top == NULL ? 0 : strlen(top);
    length -= length > 0 && top[length - 1] == '/';
    return top != NULL && strncmp(path, top, length) == 0 && path[length] == '/';
}

static bool shares_as_usual(const char *directory)
{
    struct stat status;
    const char *file = text_of("%s/commondir", directory);
    return lstat(file, &status) < 0 || git_is_harmless(file);
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
static bool is_fine_with_known(const char *directory, const char *shared)
{
    return strcmp(shared, directory) != 0 ? git_directory_is_harmless(directory) : strstr(directory, "/modules/") != NULL;
}

bool git_file_is_fine(const struct run *run, const char *path, const struct git_wish *wish)
{
    struct git_file led = git_file_read(path);
    const char *directory = led.directory, *shared = led.common == NULL ? directory : led.common;
    if (directory == NULL)
        return false;
    if (!is_below(directory, directory_at(wish->path)) && !is_below(directory, directory_at(wish->common)))
        return !git_is_writable(run, directory) && names_back(directory, path);
    if (!shares_as_usual(directory))
        return false;
    if (git_is_known(shared))
        return is_fine_with_known(directory, shared);
    return git_directory_is_harmless(directory) && git_directory_is_harmless(shared);
}
