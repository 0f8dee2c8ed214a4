#include "mountinfo.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kernel.h"
#include "messages.h"

static char *text;
static struct mountinfo *entries;
static size_t count;

static char *read_file(const char *path)
{
    size_t size = 16384, used = 0;
    char *content = NULL;
    int file = openat(AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        die("cannot open `%s`", path);
    for (;;) {
        content = realloc(content, size);
        if (content == NULL)
            die("cannot read `%s`", path);
        ssize_t got = read(file, content + used, size - used - 1);
        if (got < 0)
            die("cannot read `%s`", path);
        if (got == 0)
            break;
        used += (size_t)got;
        if (size - used < 4096)
            size *= 2;
    }
    close(file);
    content[used] = '\0';
    return content;
}

static bool is_octal(char c)
{
    return c >= '0' && c <= '7';
}

/* Space, tab, newline and backslash are written as three octal digits. */
static void unescape(char *path)
{
    char *to = path;
    for (const char *from = path; *from != '\0'; to++) {
        if (from[0] == '\\' && is_octal(from[1]) && is_octal(from[2]) && is_octal(from[3])) {
            *to = (char)((from[1] - '0') * 64 + (from[2] - '0') * 8 + (from[3] - '0'));
            from += 4;
        } else {
            *to = *from++;
        }
    }
    *to = '\0';
}

static unsigned long parse_flags(char *options)
{
    static const struct {
        const char *name;
        unsigned long flag;
    } names[] = {
        {"ro", MS_RDONLY},       {"nosuid", MS_NOSUID},         {"nodev", MS_NODEV},       {"noexec", MS_NOEXEC},
        {"noatime", MS_NOATIME}, {"nodiratime", MS_NODIRATIME}, {"relatime", MS_RELATIME},
        {"nosymfollow", MS_NOSYMFOLLOW},
    };
    unsigned long flags = 0;
    char *position = NULL;
    for (char *name = strtok_r(options, ",", &position); name != NULL; name = strtok_r(NULL, ",", &position)) {
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            flags |= strcmp(name, names[i].name) == 0 ? names[i].flag : 0;
    }
    return flags;
}

/* 36 35 98:0 /root/in/fs /mount/point rw,noatime … */
static bool parse_line(char *line, struct mountinfo *entry)
{
    char *position = NULL;
    char *fields[6];
    for (int i = 0; i < 6; i++) {
        fields[i] = strtok_r(i == 0 ? line : NULL, " ", &position);
        if (fields[i] == NULL)
            return false;
    }
    unescape(fields[4]);
    *entry = (struct mountinfo){atoi(fields[0]), atoi(fields[1]), fields[4], parse_flags(fields[5])};
    return true;
}

void mountinfo_read(void)
{
    size_t lines = 0;
    char *position = NULL;
    free(text);
    free(entries);
    text = read_file("/proc/self/mountinfo");
    for (const char *c = text; *c != '\0'; c++)
        lines += *c == '\n';
    entries = calloc(lines + 1, sizeof *entries);
    if (entries == NULL)
        die("cannot read the list of mounts");
    count = 0;
    for (char *line = strtok_r(text, "\n", &position); line != NULL; line = strtok_r(NULL, "\n", &position)) {
        if (!parse_line(line, &entries[count]))
            refuse("cannot understand `/proc/self/mountinfo`");
        count++;
    }
}

const struct mountinfo *mountinfo_first(void)
{
    return count > 0 ? entries : NULL;
}

const struct mountinfo *mountinfo_next(const struct mountinfo *entry)
{
    return entry + 1 < entries + count ? entry + 1 : NULL;
}

const struct mountinfo *mountinfo_find(int id)
{
    for (size_t i = 0; i < count; i++) {
        if (entries[i].id == id)
            return &entries[i];
    }
    return NULL;
}

bool mountinfo_is_below(const struct mountinfo *entry, int id)
{
    for (size_t steps = 0; entry != NULL && steps <= count; steps++) {
        if (entry->id == id)
            return true;
        entry = entry->parent == entry->id ? NULL : mountinfo_find(entry->parent);
    }
    return false;
}

bool mountinfo_is_covered(const struct mountinfo *entry)
{
    for (size_t i = 0; i < count; i++) {
        if (entries[i].parent == entry->id && entries[i].id != entry->id && strcmp(entries[i].path, entry->path) == 0)
            return true;
    }
    return false;
}

int mountinfo_id(int descriptor)
{
    char path[48];
    snprintf(path, sizeof path, "/proc/self/fdinfo/%d", descriptor);
    char *content = read_file(path);
    const char *field = strstr(content, "mnt_id:");
    if (field == NULL)
        refuse("cannot find the mount id in `%s`", path);
    int id = atoi(field + strlen("mnt_id:"));
    free(content);
    return id;
}
