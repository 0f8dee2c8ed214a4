/*
 * The cache is a directory that only its owner can read or write, which a reboot empties as a rule. A plan in it
 * is used when it was compiled from exactly these inputs: they are written in it, and compared byte for byte.
 */
#include "cache.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cache_directory.h"
#include "dependencies.h"
#include "kept_plan.h"
#include "kernel.h"
#include "key.h"
#include "notes.h"
#include "opcodes.h"
#include "process.h"
#include "working_directory.h"

/* Where every run has other arguments, what is kept is of no use; it must not fill the memory either. */
enum { MOST_PLANS = 512 };

/* FNV-1a. */
static uint64_t hashed(uint64_t hash, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * 0x100000001b3U;
    return hash;
}

/* Two keys with one hash take turns in one file, because the key is compared as well. */
static const char *file_name(const struct text *key, const char *directory)
{
    static char name[32];
    uint64_t hash = hashed(hashed(0xcbf29ce484222325U, key->bytes, key->length), directory, strlen(directory));
    snprintf(name, sizeof name, "%016llx.plan", (unsigned long long)hash);
    return name;
}

/* A plan for one working directory has a file for each, which is looked for where that for all is missing or another's. */
static bool for_this_directory;

/* The plan of this run. */
static bool plan_is_kept;

static const char *here(void)
{
    const char *path = working_directory_path();
    return path == NULL ? "" : path;
}

const char *cache_file(const struct text *key)
{
    return file_name(key, for_this_directory ? here() : "");
}

bool cache_is_for_command(const struct plan *plan)
{
    return plan_note(plan, "for-command", &(size_t){0}) != NULL;
}

bool cache_is_from_input(const struct plan *plan)
{
    return plan_note(plan, "from-standard-input", &(size_t){0}) != NULL;
}

static const char no_plan[] = "no such plan has been kept";

static const char *find_in(int directory, struct plan *plan, const struct text *key)
{
    struct stat status;
    int file = openat(directory, cache_file(key), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (file < 0)
        return errno == ENOENT ? no_plan : strerror(errno);
    const char *problem = kept_plan_read(file, plan, &status);
    if (problem == NULL)
        problem = kept_plan_why_not(plan, key, &status);
    if (problem != NULL)
        close(file); /* otherwise `ps` reads there what a sandbox is, see join.h */
    return problem;
}

const char *cache_find(struct plan *plan, const struct text *key)
{
    const char *problem;
    if (key->length == 0)
        return "the boot has no id in /proc/sys/kernel/random/boot_id";
    int directory = cache_directory_open(false, &problem);
    if (directory < 0)
        return problem;
    for_this_directory = false;
    problem = find_in(directory, plan, key);
    if (problem != NULL) {
        for_this_directory = true;
        const char *other = find_in(directory, plan, key);
        for_this_directory = other != no_plan;
        problem = for_this_directory ? other : problem;
    }
    close(directory);
    plan_is_kept = problem == NULL;
    return problem;
}

int cache_open_of_kept(void)
{
    const char *problem;
    return plan_is_kept ? cache_directory_open(false, &problem) : -1;
}

/* Removes every plan when there are too many; also what an interrupted launcher left behind. */
static void make_room(int directory)
{
    unsigned count = 0;
    int copy = openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *listing = copy < 0 ? NULL : fdopendir(copy);
    struct dirent *entry;
    while (listing != NULL && (entry = readdir(listing)) != NULL)
        count++;
    if (listing != NULL && count > MOST_PLANS) {
        rewinddir(listing);
        while ((entry = readdir(listing)) != NULL)
            unlinkat(directory, entry->d_name, 0);
    }
    if (listing != NULL)
        closedir(listing);
}

void cache_keep(const struct plan *plan, const struct text *key, struct timespec start)
{
    const char *problem;
    if (key->length == 0 || plan_has(plan, OP_REFUSE) || dependencies_are_recent(plan, start))
        return;
    struct text bytes = kept_plan_bytes(plan, key);
    int directory = dependencies_changed(plan) == NULL ? cache_directory_open(true, &problem) : -1; /* behind the looks at directories */
    if (directory < 0)
        return;
    for_this_directory = plan_has(plan, OP_WORKING_DIRECTORY);
    make_room(directory);
    plan_is_kept = bytes.length > 0 && note_publish(directory, cache_file(key), bytes.bytes, bytes.length);
    close(directory);
}

void cache_forget(const struct text *key)
{
    const char *problem;
    plan_is_kept = false;
    int directory = cache_directory_open(false, &problem);
    if (directory < 0)
        return;
    unlinkat(directory, cache_file(key), 0);
    close(directory);
}
