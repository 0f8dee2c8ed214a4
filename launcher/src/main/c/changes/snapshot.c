#include "snapshot.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "kernel.h"
#include "messages.h"
#include "names_in.h"
#include "text.h"

enum { DIRECTORY_FLAGS = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, ENOUGH_TO_WRITE = 1 << 20 };

struct writer {
    int file;
    dev_t device;
    struct text pending, path;
    bool failed;
};

struct state state_of(const struct stat *status)
{
    return (struct state){
        .inode = status->st_ino,
        .size = (uint64_t)status->st_size,
        .links = status->st_nlink,
        .modified = status->st_mtim.tv_sec,
        .changed = status->st_ctim.tv_sec,
        .modified_part = (uint32_t)status->st_mtim.tv_nsec,
        .changed_part = (uint32_t)status->st_ctim.tv_nsec,
        .mode = status->st_mode,
        .uid = status->st_uid,
        .gid = status->st_gid,
    };
}

bool state_is(const struct state *state, const struct stat *status)
{
    struct state now = state_of(status);
    if (now.inode != state->inode || now.mode != state->mode)
        return false;
    return S_ISDIR(state->mode) ||
           (now.size == state->size && now.modified == state->modified && now.modified_part == state->modified_part &&
            now.changed == state->changed && now.changed_part == state->changed_part);
}

static void flush(struct writer *writer)
{
    for (size_t at = 0; at < writer->pending.length && !writer->failed;) {
        ssize_t written = write(writer->file, writer->pending.bytes + at, writer->pending.length - at);
        if (written < 0 && errno != EINTR)
            writer->failed = true;
        at += written > 0 ? (size_t)written : 0;
    }
    writer->pending.length = 0;
}

static void add(struct writer *writer, const struct stat *status)
{
    struct state state = state_of(status);
    state.length = (uint32_t)writer->path.length + 1;
    text_add_bytes(&writer->pending, &state, sizeof state);
    text_add_bytes(&writer->pending, writer->path.length == 0 ? "" : writer->path.bytes, state.length);
    if (writer->pending.length >= ENOUGH_TO_WRITE)
        flush(writer);
}

static void add_entry(struct writer *writer, int directory, const char *name, unsigned depth);

/* What cannot be listed cannot be changed by a command of this user's either. */
static void add_below(struct writer *writer, int directory, const char *name, unsigned depth)
{
    int file = openat(directory, name, DIRECTORY_FLAGS);
    DIR *listing = file < 0 ? NULL : fdopendir(file);
    struct dirent *entry;
    if (listing == NULL && errno == EMFILE)
        writer->failed = true;
    while (listing != NULL && !writer->failed && (entry = readdir(listing)) != NULL) {
        if (!is_dots(entry->d_name))
            add_entry(writer, dirfd(listing), entry->d_name, depth + 1);
    }
    if (listing != NULL)
        closedir(listing);
    else if (file >= 0)
        close(file);
}

static void add_entry(struct writer *writer, int directory, const char *name, unsigned depth)
{
    struct stat status;
    size_t before = writer->path.length;
    if (fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) < 0)
        return;
    if (depth > TREE_DEPTH) {
        errno = ENAMETOOLONG;
        writer->failed = true;
        return;
    }
    text_add(&writer->path, "%s%s", before == 0 ? "" : "/", name);
    add(writer, &status);
    if (S_ISDIR(status.st_mode) && status.st_dev == writer->device)
        add_below(writer, directory, name, depth);
    writer->path.length = before;
    writer->path.bytes[before] = '\0';
}

bool snapshot_take(int tree, const char *only, int directory, const char *name)
{
    struct stat status;
    struct writer writer = {.file = openat(directory, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600)};
    if (writer.file < 0 || fstat(tree, &status) < 0)
        return false;
    writer.device = status.st_dev;
    add(&writer, &status);
    if (only != NULL)
        add_entry(&writer, tree, only, 0);
    else
        add_below(&writer, tree, ".", 0);
    flush(&writer);
    int error = errno;
    close(writer.file);
    errno = error;
    return !writer.failed;
}

static int by_path(const void *one, const void *other)
{
    return strcmp(((const struct entry *)one)->path, ((const struct entry *)other)->path);
}

static char *read_all(int file, size_t size)
{
    char *bytes = malloc(size + 1);
    size_t at = 0;
    ssize_t got = 1;
    while (bytes != NULL && at < size && got > 0) {
        got = read(file, bytes + at, size - at);
        at += got > 0 ? (size_t)got : 0;
    }
    if (bytes == NULL || at < size)
        die("cannot read what was there before");
    bytes[size] = '\0';
    return bytes;
}

static void add_to(struct snapshot *snapshot, const struct entry *entry)
{
    if ((snapshot->count & (snapshot->count - 1)) == 0) {
        size_t room = snapshot->count == 0 ? 1 : snapshot->count * 2;
        snapshot->entries = realloc(snapshot->entries, room * sizeof *snapshot->entries);
        if (snapshot->entries == NULL)
            die("cannot remember what was there before");
    }
    snapshot->entries[snapshot->count++] = *entry;
}

void snapshot_read(struct snapshot *snapshot, int directory, const char *name)
{
    struct stat status;
    int file = openat(directory, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (file < 0 || fstat(file, &status) < 0)
        die("cannot open the record `%s` of what was there before", name);
    size_t size = (size_t)status.st_size;
    const char *bytes = read_all(file, size);
    close(file);
    for (size_t at = 0; at < size;) {
        struct entry entry;
        if (size - at < sizeof entry.state)
            refuse("the record `%s` of what was there before is damaged", name);
        memcpy(&entry.state, bytes + at, sizeof entry.state);
        at += sizeof entry.state;
        if (entry.state.length == 0 || entry.state.length > size - at || bytes[at + entry.state.length - 1] != '\0')
            refuse("the record `%s` of what was there before is damaged", name);
        entry.path = bytes + at;
        at += entry.state.length;
        add_to(snapshot, &entry);
    }
    if (snapshot->count == 0)
        refuse("the record `%s` of what was there before is damaged", name);
    qsort(snapshot->entries, snapshot->count, sizeof *snapshot->entries, by_path);
}

/* The first entry whose path does not come before this one. */
static size_t position(const struct snapshot *snapshot, const char *path)
{
    size_t low = 0, high = snapshot->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(snapshot->entries[middle].path, path) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct entry *snapshot_find(const struct snapshot *snapshot, const char *path)
{
    size_t at = position(snapshot, path);
    return at < snapshot->count && strcmp(snapshot->entries[at].path, path) == 0 ? &snapshot->entries[at] : NULL;
}

/* `0` is the character behind the slash. */
size_t snapshot_below(const struct snapshot *snapshot, const char *path, size_t *end)
{
    if (path[0] == '\0') {
        *end = snapshot->count;
        return 1;
    }
    char *first = text_of("%s/", path), *behind = text_of("%s0", path);
    size_t start = position(snapshot, first);
    *end = position(snapshot, behind);
    free(first);
    free(behind);
    return start;
}
