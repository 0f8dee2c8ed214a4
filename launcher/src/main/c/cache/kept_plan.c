#include "kept_plan.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "dependencies.h"
#include "key.h"
#include "opcodes.h"
#include "paths.h"
#include "process.h"
#include "signals.h"

/* A plan that falls short is compiled again after so many seconds: the host may have been mended. */
enum { WARNED_PLAN_LIFE = 600 };

/*
 * All sandboxes of one plan share its pages. Nobody writes in a file that is kept: another one takes its place. It could be
 * cut short all the same, which ends the run.
 */
static const void *map(int file, size_t length)
{
    void *bytes = mmap(NULL, length, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
    if (bytes == MAP_FAILED)
        return NULL;
    signals_expect_lost_pages();
    return bytes;
}

/* Before Linux 6.2 Landlock alone does not keep a command from that: the file must not be within its reach. */
static bool has_own_root(const struct plan *plan)
{
    return plan_has(plan, OP_PIVOT_ROOT) || plan_has(plan, OP_COVER_ROOT);
}

static const void *copy_of(int file, size_t length)
{
    void *bytes = malloc(length);
    return bytes != NULL && read(file, bytes, length) == (ssize_t)length ? bytes : NULL;
}

const char *kept_plan_read(int file, struct plan *plan, struct stat *status)
{
    static char error[PLAN_ERROR];
    if (fstat(file, status) < 0 || !S_ISREG(status->st_mode))
        return "it is not a regular file";
    if (status->st_uid != process_caller_ids()->effective_user || (status->st_mode & (S_IWGRP | S_IWOTH)) != 0)
        return "others can write it";
    if (status->st_size < PLAN_HEADER || status->st_size > PLAN_MAXIMUM)
        return "it is not a plan";
    const void *bytes = map(file, (size_t)status->st_size);
    if (bytes == NULL)
        return "it cannot be read";
    if (!plan_read(plan, bytes, (size_t)status->st_size, error))
        return error;
    if (!has_own_root(plan)) {
        munmap((void *)(uintptr_t)bytes, (size_t)status->st_size);
        bytes = copy_of(file, (size_t)status->st_size);
        if (bytes == NULL)
            return "it cannot be read";
        if (!plan_read(plan, bytes, (size_t)status->st_size, error))
            return error;
    }
    if (!plan_check_rules(plan, false, error))
        return error;
    plan->separate = paths_are_separate(plan);
    return plan->separate ? NULL : "it was not kept by this program";
}

static bool is_noted(const struct plan *plan, const char *name, const struct text *text)
{
    size_t length;
    const char *note = plan_note(plan, name, &length);
    return note != NULL && length == text->length && memcmp(note, text->bytes, text->length) == 0;
}

static bool in_other_cgroup(const struct plan *plan)
{
    if (!plan_has(plan, OP_CGROUP_CREATE))
        return false;
    struct text cgroup = key_of_cgroup();
    return !is_noted(plan, CACHE_NOTE_OF_CGROUP, &cgroup);
}

static bool has_expired(const struct plan *plan, const struct stat *status)
{
    struct timespec now;
    if (!plan_has(plan, OP_WARN))
        return false;
    return clock_gettime(CLOCK_REALTIME, &now) < 0 || now.tv_sec < status->st_mtim.tv_sec ||
           now.tv_sec - status->st_mtim.tv_sec > WARNED_PLAN_LIFE;
}

const char *kept_plan_why_not(const struct plan *plan, const struct text *key, const struct stat *status)
{
    const char *path;
    if (!is_noted(plan, CACHE_NOTE_OF_KEY, key))
        return "it was compiled from something else";
    if ((path = dependencies_changed(plan)) != NULL)
        return text_of("`%s` has changed", path);
    if ((path = dependencies_other_directory(plan)) != NULL)
        return text_of("it was compiled in `%s`, from relative paths", path);
    if (in_other_cgroup(plan))
        return "it was compiled in another cgroup";
    if (has_expired(plan, status))
        return "it falls short of the profile, and the host may have been mended since";
    return NULL;
}
