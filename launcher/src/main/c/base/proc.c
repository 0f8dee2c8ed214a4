#include "proc.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* How many bytes there are, and 0 where there are none. */
static size_t take(int directory, const char *name, char *text, size_t size)
{
    int file = openat(directory, name, O_RDONLY | O_CLOEXEC);
    ssize_t length = file < 0 ? -1 : read(file, text, size - 1);
    if (file >= 0)
        close(file);
    text[length > 0 ? length : 0] = '\0';
    return length > 0 ? (size_t)length : 0;
}

static size_t take_of(pid_t process, const char *name, char *text, size_t size)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/%s", (int)process, name);
    return take(AT_FDCWD, path, text, size);
}

bool proc_read(int directory, const char *name, char *text, size_t size)
{
    return take(directory, name, text, size) > 0;
}

bool proc_read_of(pid_t process, const char *name, char *text, size_t size)
{
    return take_of(process, name, text, size) > 0;
}

void proc_command(pid_t process, char *text, size_t size)
{
    size_t length = take_of(process, "cmdline", text, size);
    for (size_t i = 0; i + 1 < length; i++) {
        if (text[i] == '\0')
            text[i] = ' ';
    }
}

/* A program may have any name, also one that looks like its end. */
const char *proc_field(const char *stat, unsigned number)
{
    const char *at = strrchr(stat, ')');
    for (unsigned i = 0; at != NULL && i <= number; i++)
        at = strchr(at + 1, ' ');
    return at == NULL ? NULL : at + 1;
}

const char *proc_line(const char *status, const char *word)
{
    size_t length = strlen(word);
    for (const char *line = status; line != NULL; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncmp(line, word, length) == 0)
            return line + length;
    }
    return NULL;
}

bool proc_value(const char *status, const char *word, char *value, size_t size)
{
    const char *found = proc_line(status, word);
    if (found != NULL)
        snprintf(value, size, "%.*s", (int)strcspn(found, "\n"), found);
    return found != NULL;
}
