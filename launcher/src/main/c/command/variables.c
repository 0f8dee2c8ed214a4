/* Variables that lead to a place: inside, it may not be there. What the user set for the sandbox is not touched. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "actions.h"
#include "environment.h"
#include "kernel.h"
#include "messages.h"
#include "run.h"

enum { NAME = 64, PATH = 4096 };

/* The next of the names, which spaces separate. */
static bool next_name(const char **names, char name[NAME])
{
    size_t length = strcspn(*names, " ");
    if (length == 0 || length >= NAME)
        return false;
    snprintf(name, NAME, "%.*s", (int)length, *names);
    *names += length + ((*names)[length] == ' ');
    return true;
}

/* The path in `/tmp/tmux-1000/default,4711,0` or `unix:path=/run/bus,guid=…`. An abstract socket has none. */
static bool path_in(const char *value, char path[PATH])
{
    const char *start = strchr(value, '/');
    if (start == NULL || strstr(value, "abstract=") != NULL)
        return false;
    size_t length = strcspn(start, ",;");
    if (length >= PATH)
        return false;
    snprintf(path, PATH, "%.*s", (int)length, start);
    return true;
}

static void set(const char *name, const char *value)
{
    if (value[0] == '\0' ? unsetenv(name) < 0 : !variable_set(name, value))
        die("cannot change the variable `%s`", name);
}

void do_mend_variables(struct run *run, const struct operand *operands)
{
    char name[NAME], path[PATH];
    (void)run;
    for (const char *names = operands[0].data; next_name(&names, name);) {
        const char *value = getenv(name);
        if (value != NULL && path_in(value, path) && access(path, F_OK) < 0)
            set(name, operands[1].data);
    }
}

/* Tried rather than asked: neither a mount nor Landlock shows in a directory's mode. Not every file system can do it. */
static bool can_hold_files(const char *directory)
{
    int file = openat(AT_FDCWD, directory, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
    if (file >= 0)
        close(file);
    return file >= 0 || ((errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL || errno == ENOSYS) &&
                         access(directory, W_OK | X_OK) == 0);
}

void do_temporary_directory(struct run *run, const struct operand *operands)
{
    char name[NAME];
    (void)run;
    for (const char *names = operands[0].data; next_name(&names, name);) {
        const char *value = getenv(name);
        if (value != NULL && !can_hold_files(value) && can_hold_files(operands[1].data))
            set(name, operands[1].data);
    }
}
