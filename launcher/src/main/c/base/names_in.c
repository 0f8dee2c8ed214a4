#include "names_in.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/vfs.h>

#include "kernel.h"
#include "messages.h"

enum {
    WORTH_READING = 2,     /* names looked for; reading takes as many calls */
    MOST_BYTES = 256 << 10, /* of the kernel's entries */
    EMPTY = 0              /* a slot; others hold the place of a name, counted from 1 */
};

static unsigned char folded(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

/* Capitals and small letters differ in one bit; what else differs in it alone is told apart afterwards. */
static unsigned hash_of(const char *name)
{
    unsigned hash = 2166136261U;
    for (; *name != '\0'; name++)
        hash = (hash ^ ((unsigned char)*name | 0x20U)) * 16777619U;
    return hash;
}

static bool is_same(const char *one, const char *other)
{
    while (*one != '\0' && folded(*one) == folded(*other)) {
        one++;
        other++;
    }
    return *one == *other;
}

/* What else a file system takes for the same name is not known of others. */
static bool is_ascii(const char *name)
{
    for (; *name != '\0'; name++) {
        if ((unsigned char)*name >= 0x80)
            return false;
    }
    return true;
}

static char *room_for(char *bytes, size_t size)
{
    char *room = realloc(bytes, size);
    if (room == NULL)
        die("cannot remember the names in a directory");
    return room;
}

static char *keep(char *bytes, const char *more, size_t used, size_t length)
{
    bytes = room_for(bytes, used + length);
    memcpy(bytes + used, more, length);
    return bytes;
}

/* Most directories are small: what is kept of one is as long as its entries, and the room to read it is used again. */
char *directory_list(int opened, size_t *length)
{
    static char entries[16 << 10] __attribute__((aligned(64)));
    size_t used = 0;
    long got = 0;
    char *bytes = room_for(NULL, 1);
    while (used < MOST_BYTES && (got = syscall(SYS_getdents64, opened, entries, sizeof entries)) > 0) {
        bytes = keep(bytes, entries, used, (size_t)got);
        used += (size_t)got;
    }
    if (used < MOST_BYTES && got == 0) {
        *length = used;
        return bytes;
    }
    int error = got < 0 ? errno : 0;
    free(bytes);
    errno = error;
    return NULL;
}

char *directory_entries(int directory, size_t *length)
{
    int opened = openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (opened < 0)
        return NULL;
    char *bytes = directory_list(opened, length);
    int error = errno;
    close(opened);
    errno = error;
    return bytes;
}

const struct directory_entry *directory_next(const char *entries, size_t length, size_t *at)
{
    if (*at >= length)
        return NULL;
    const struct directory_entry *entry = (const struct directory_entry *)(const void *)(entries + *at);
    *at += entry->length;
    return entry;
}

bool is_dots(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static void add(struct names_in *names, char *name)
{
    unsigned slot = hash_of(name) & names->mask;
    while (names->slots[slot] != EMPTY)
        slot = (slot + 1) & names->mask;
    names->slots[slot] = (unsigned)(name - names->bytes) + 1;
}

/* An entry takes at least 24 bytes, so there are more slots than names. */
static void make_slots(struct names_in *names, size_t length)
{
    unsigned count = 16;
    while (count < length / 16)
        count *= 2;
    names->mask = count - 1;
    names->slots = calloc(count, sizeof *names->slots);
    if (names->slots == NULL)
        die("cannot remember the names in a directory");
}

static void read_names(struct names_in *names, int directory)
{
    size_t length;
    names->bytes = directory_list(directory, &length);
    names->unread = names->bytes == NULL;
    names->error = names->unread ? errno : 0;
    if (names->unread)
        return;
    make_slots(names, length);
    for (size_t at = 0; at < length;) {
        struct directory_entry *entry = (struct directory_entry *)(void *)(names->bytes + at);
        if (!is_ascii(entry->name))
            entry->name[0] = '\0'; /* nobody looks for it here */
        add(names, entry->name);
        at += entry->length;
    }
}

bool names_lack(struct names_in *names, int directory, const char *name)
{
    if (names->unread || !is_ascii(name) || (names->bytes == NULL && !names->expected && ++names->asked <= WORTH_READING))
        return false;
    if (names->bytes == NULL)
        read_names(names, directory);
    if (names->unread)
        return false;
    for (unsigned slot = hash_of(name) & names->mask; names->slots[slot] != EMPTY; slot = (slot + 1) & names->mask) {
        if (is_same(names->bytes + names->slots[slot] - 1, name))
            return false;
    }
    return true;
}

static int open_with(int directory, const char *path, int flags, uint64_t resolve)
{
    struct open_how how = {.flags = (unsigned)(flags | O_DIRECTORY | O_CLOEXEC), .resolve = resolve};
    return resolve == 0 ? openat(directory, path, flags | O_DIRECTORY | O_CLOEXEC) : sys_openat2(directory, path, &how);
}

int names_open(int directory, const char *path, uint64_t resolve)
{
    int opened = open_with(directory, path, O_RDONLY, resolve);
    return opened < 0 && errno == EACCES ? open_with(directory, path, O_PATH, resolve) : opened;
}

bool names_are_read(const struct names_in *names)
{
    return names->bytes != NULL && !names->unread;
}

void names_forget(struct names_in *names)
{
    free(names->bytes);
    free(names->slots);
    *names = (struct names_in){.asked = 0};
}

unsigned path_hash(const char *path, size_t length)
{
    unsigned hash = 2166136261U;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)path[i]) * 16777619U;
    return hash ^ hash >> 15;
}

bool times_are_kernels(int file)
{
    static const uint32_t magics[] = {0xef53 /* ext2 to ext4 */, 0x58465342 /* xfs */, 0x9123683e /* btrfs */, 0x01021994 /* tmpfs */,
                                      0xf2f52010 /* f2fs */, 0x794c7630 /* overlay */};
    struct statfs system;
    if (fstatfs(file, &system) < 0)
        return false;
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++) {
        if ((uint32_t)system.f_type == magics[i])
            return true;
    }
    return false;
}
