#include "grouped.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/vfs.h>
#include <time.h>

#include "dependencies.h"
#include "kernel.h"
#include "messages.h"
#include "names_in.h"
#include "opcodes.h"
#include "records.h"

enum { MOST_GROUPS = 32, WORTH_A_LOOK = 2 /* a directory in the place of one path gains nothing */ };

struct group {
    char *path;         /* of the directory */
    struct stat status; /* of it, before what is in it was looked at once more */
    struct text records;
    uint32_t count;
};

static struct group groups[MOST_GROUPS];
static unsigned group_count;
static int64_t now; /* seconds */

/* Cuts off the last name; false where there is none. */
static bool go_up(char *path)
{
    char *slash = strrchr(path, '/');
    if (path[1] == '\0')
        return false;
    slash[slash == path ? 1 : 0] = '\0';
    return true;
}

/*
 * Leaves of a path the nearest directory above it that is there; false: that takes more to tell. What is missing on the way has to
 * be missing itself: where a symlink is that leads nowhere, something could appear elsewhere.
 */
static bool find_directory(char *path)
{
    struct stat status;
    bool there = lstat(path, &status) == 0;
    if (there && !go_up(path))
        return false;
    while (!there) {
        if (errno != ENOENT || !go_up(path))
            return false;
        there = lstat(path, &status) == 0;
    }
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* An overlay shows what is in several directories; the time is that of one. */
static bool is_overlay(int file)
{
    struct statfs system;
    return fstatfs(file, &system) < 0 || system.f_type == OVERLAYFS_SUPER_MAGIC;
}

/* As it is now; false where a change of it could go unnoticed. */
static bool is_telling(const char *path, struct stat *status)
{
    int file = openat(AT_FDCWD, path, O_PATH | O_DIRECTORY | O_CLOEXEC);
    bool telling = file >= 0 && fstat(file, status) == 0 && now - status->st_ctim.tv_sec > COARSE_TIME && times_are_kernels(file) &&
                   !is_overlay(file);
    if (file >= 0)
        close(file);
    return telling;
}

/* Takes the path over, or frees it. */
static struct group *group_of(char *path)
{
    struct stat status;
    struct group *found = NULL;
    for (unsigned i = 0; i < group_count && found == NULL; i++)
        found = strcmp(groups[i].path, path) == 0 ? &groups[i] : NULL;
    if (found == NULL && group_count < MOST_GROUPS && is_telling(path, &status)) {
        groups[group_count] = (struct group){.path = path, .status = status};
        return &groups[group_count++];
    }
    free(path);
    return found;
}

/* NULL: nothing stands for it. */
static struct group *find_group(const struct record *record)
{
    if (!dependency_is_of_names(record) || record->operands[0].data[0] != '/')
        return NULL;
    char *above = strdup(record->operands[0].data);
    if (above == NULL)
        die("cannot keep a plan");
    if (find_directory(above))
        return group_of(above);
    free(above);
    return NULL;
}

static void add_directory(struct text *bytes, const struct group *group)
{
    const struct stat *status = &group->status;
    size_t start = record_begin(bytes, OP_DEPENDS_DIRECTORY, 5);
    record_add_text(bytes, group->path, strlen(group->path));
    record_add_number(bytes, status->st_dev);
    record_add_number(bytes, status->st_ino);
    record_add_number(bytes, (uint64_t)((int64_t)status->st_ctim.tv_sec * 1000000000 + status->st_ctim.tv_nsec));
    record_add_number(bytes, group->count);
    record_end(bytes, start);
}

static uint32_t add_groups(struct text *bytes)
{
    uint32_t count = 0;
    for (unsigned i = 0; i < group_count; i++) {
        struct group *group = &groups[i];
        if (group->count >= WORTH_A_LOOK) {
            add_directory(bytes, group);
            count++;
        }
        text_add_bytes(bytes, group->records.bytes, group->records.length);
        count += group->count;
        text_free(&group->records);
        free(group->path);
    }
    group_count = 0;
    return count;
}

uint32_t grouped_add(struct text *bytes, const struct plan *plan)
{
    struct timespec time;
    struct record record;
    uint32_t count = 0;
    struct plan_cursor cursor = plan_start(plan);
    if (clock_gettime(CLOCK_REALTIME, &time) < 0)
        die("cannot read the clock");
    now = time.tv_sec;
    text_add_bytes(bytes, plan->bytes, PLAN_HEADER);
    for (size_t start = cursor.offset; plan_next(&cursor, &record); start = cursor.offset) {
        struct group *group = find_group(&record);
        text_add_bytes(group == NULL ? bytes : &group->records, plan->bytes + start, cursor.offset - start);
        if (group == NULL)
            count++;
        else
            group->count++;
    }
    return count + add_groups(bytes);
}
