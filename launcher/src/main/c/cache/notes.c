#include "notes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cache.h"
#include "kernel.h"
#include "process.h"
#include "run.h"

static const char prefix[] = "note.";

bool note_is(const char *name)
{
    return strncmp(name, prefix, sizeof prefix - 1) == 0;
}

static bool is_own(int file, size_t most, struct stat *status)
{
    return fstat(file, status) == 0 && S_ISREG(status->st_mode) && status->st_uid == process_caller_ids()->effective_user &&
           (status->st_mode & (S_IWGRP | S_IWOTH)) == 0 && status->st_size > 0 && (uint64_t)status->st_size <= most;
}

/* What begins otherwise, as that of another one by the same name, is not read to its end. */
static bool begins_with(int file, const struct note_start *start)
{
    char bytes[64];
    return start->length <= sizeof bytes && pread(file, bytes, start->length, 0) == (ssize_t)start->length &&
           memcmp(bytes, start->bytes, start->length) == 0;
}

static char *read_whole(int file, const struct note_start *start, size_t most, size_t *length)
{
    struct stat status;
    if (!is_own(file, most, &status) || !begins_with(file, start))
        return NULL;
    *length = (size_t)status.st_size;
    char *bytes = malloc(*length);
    if (bytes != NULL && read(file, bytes, *length) == (ssize_t)*length)
        return bytes;
    free(bytes);
    return NULL;
}

static void file_name(char room[64], const char *name)
{
    snprintf(room, 64, "%s%s", prefix, name);
}

char *note_read(const char *name, const struct note_start *start, size_t most, size_t *length)
{
    char file_of[64];
    int directory = cache_open_of_kept();
    if (directory < 0)
        return NULL;
    file_name(file_of, name);
    int file = openat(directory, file_of, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    char *bytes = file < 0 ? NULL : read_whole(file, start, most, length);
    if (file >= 0)
        close(file);
    close(directory);
    return bytes;
}

void note_keep(const char *name, const void *bytes, size_t length)
{
    char file_of[64];
    int directory = cache_open_of_kept();
    if (directory < 0)
        return;
    file_name(file_of, name);
    note_publish(directory, file_of, bytes, length);
    close(directory);
}

bool note_publish(int directory, const char *name, const void *bytes, size_t length)
{
    char random[17], temporary[32];
    random_name(random);
    snprintf(temporary, sizeof temporary, ".%s", random);
    int file = openat(directory, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file < 0)
        return false;
    bool written = fchmod(file, 0600) == 0 && write(file, bytes, length) == (ssize_t)length; /* whatever the caller's mask is */
    close(file);
    if (written && renameat(directory, temporary, directory, name) == 0)
        return true;
    unlinkat(directory, temporary, 0);
    return false;
}
