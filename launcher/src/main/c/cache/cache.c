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
#include <sys/mman.h>

#include "dependencies.h"
#include "input.h"
#include "kernel.h"
#include "key.h"
#include "messages.h"
#include "notes.h"
#include "opcodes.h"
#include "paths.h"
#include "process.h"
#include "run.h"
#include "signals.h"
#include "working_directory.h"

/* What a plan is kept with, as notes behind its last record. */
static const char note_of_key[] = CACHE_NOTE_OF_KEY;
static const char note_of_cgroup[] = "cache-cgroup";

/* A plan that falls short is compiled again after so many seconds: the host may have been mended. */
enum { WARNED_PLAN_LIFE = 600 };

/* Where every run has other arguments, what is kept is of no use; it must not fill the memory either. */
enum { MOST_PLANS = 512 };

static const char *directory_path(void)
{
    static char path[4096];
    const char *runtime = getenv("XDG_RUNTIME_DIR");
    bool set = runtime != NULL && runtime[0] == '/';
    if (!set && process_caller_ids()->effective_user != 0)
        return NULL;
    int length = snprintf(path, sizeof path, "%s/hexe-policy", set ? runtime : "/run");
    return length < (int)sizeof path ? path : NULL;
}

/* The directory, open, or -1 and why it is not to be trusted. */
static int open_directory(bool make, const char **problem)
{
    struct stat status;
    const char *path = directory_path();
    if (path == NULL)
        return *problem = "XDG_RUNTIME_DIR is not set to an absolute path", -1;
    if (make)
        mkdir(path, 0700); /* whatever is there is examined below */
    int directory = openat(AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (directory < 0)
        return *problem = errno == ENOENT ? "nothing has been kept yet" : strerror(errno), -1;
    if (fstat(directory, &status) < 0 || status.st_uid != process_caller_ids()->effective_user)
        *problem = "the directory belongs to somebody else";
    else if ((status.st_mode & 0777) != 0700)
        *problem = "the mode of the directory is not 0700";
    else
        return directory;
    close(directory);
    return -1;
}

const char *cache_directory(bool make, const char **problem)
{
    int directory = open_directory(make, problem);
    if (directory < 0)
        return NULL;
    close(directory);
    return directory_path();
}

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

/* NULL, or what is wrong with the file. */
static const char *read_file(int file, struct plan *plan, struct stat *status)
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

bool cache_is_for_command(const struct plan *plan)
{
    return plan_note(plan, "for-command", &(size_t){0}) != NULL;
}

bool cache_is_from_input(const struct plan *plan)
{
    return plan_note(plan, "from-standard-input", &(size_t){0}) != NULL;
}

static bool in_other_cgroup(const struct plan *plan)
{
    if (!plan_has(plan, OP_CGROUP_CREATE))
        return false;
    struct text cgroup = key_of_cgroup();
    return !is_noted(plan, note_of_cgroup, &cgroup);
}

static bool has_expired(const struct plan *plan, const struct stat *status)
{
    struct timespec now;
    if (!plan_has(plan, OP_WARN))
        return false;
    return clock_gettime(CLOCK_REALTIME, &now) < 0 || now.tv_sec < status->st_mtim.tv_sec ||
           now.tv_sec - status->st_mtim.tv_sec > WARNED_PLAN_LIFE;
}

/* NULL, or why the plan must not be used here and now. */
static const char *why_not(const struct plan *plan, const struct text *key, const struct stat *status)
{
    const char *path;
    if (!is_noted(plan, note_of_key, key))
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

static const char no_plan[] = "no such plan has been kept";

static const char *find_in(int directory, struct plan *plan, const struct text *key)
{
    struct stat status;
    int file = openat(directory, cache_file(key), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (file < 0)
        return errno == ENOENT ? no_plan : strerror(errno);
    const char *problem = read_file(file, plan, &status);
    if (problem == NULL)
        problem = why_not(plan, key, &status);
    if (problem != NULL)
        close(file); /* otherwise `ps` reads there what a sandbox is, see join.h */
    return problem;
}

const char *cache_find(struct plan *plan, const struct text *key)
{
    const char *problem;
    if (key->length == 0)
        return "the boot has no id in /proc/sys/kernel/random/boot_id";
    int directory = open_directory(false, &problem);
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
    return plan_is_kept ? open_directory(false, &problem) : -1;
}

static void put(unsigned char *bytes, uint64_t value, size_t size)
{
    for (size_t i = 0; i < size; i++)
        bytes[i] = (unsigned char)(value >> (8 * i));
}

static void add_operand(struct text *bytes, const void *data, size_t length)
{
    static const unsigned char zeros[8];
    unsigned char header[PLAN_OPERAND];
    put(header, OPERAND_STRING, 4);
    put(header + 4, length, 4);
    text_add_bytes(bytes, header, sizeof header);
    text_add_bytes(bytes, data, length);
    text_add_bytes(bytes, zeros, 8 - length % 8);
}

static void add_note(struct text *bytes, const char *name, const struct text *value)
{
    size_t start = bytes->length;
    unsigned char header[PLAN_RECORD] = {OP_NOTE, 0, 2, 0};
    text_add_bytes(bytes, header, sizeof header);
    add_operand(bytes, name, strlen(name));
    add_operand(bytes, value->bytes, value->length);
    put((unsigned char *)bytes->bytes + start + 4, bytes->length - start - PLAN_RECORD, 4);
}

/* The plan with its notes; empty when that would be longer than a plan may be. */
static struct text with_notes(const struct plan *plan, const struct text *key)
{
    struct text bytes = {.bytes = NULL};
    uint32_t records = plan->records + 1;
    paths_separate(plan); /* it is mapped as it is kept, and cannot be changed then */
    text_add_bytes(&bytes, plan->bytes, plan->length);
    add_note(&bytes, note_of_key, key);
    if (plan_has(plan, OP_CGROUP_CREATE)) {
        struct text cgroup = key_of_cgroup();
        add_note(&bytes, note_of_cgroup, &cgroup);
        records++;
    }
    unsigned char *header = (unsigned char *)bytes.bytes;
    put(header + 12, records, 4);
    put(header + 16, bytes.length, 8);
    put(header + 24, plan_crc(header + PLAN_HEADER, bytes.length - PLAN_HEADER), 4);
    if (bytes.length > PLAN_MAXIMUM)
        bytes.length = 0;
    return bytes;
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
    if (key->length == 0 || plan_has(plan, OP_REFUSE) || dependencies_changed(plan) != NULL ||
        dependencies_are_recent(plan, start))
        return;
    int directory = open_directory(true, &problem);
    if (directory < 0)
        return;
    struct text bytes = with_notes(plan, key);
    for_this_directory = plan_has(plan, OP_WORKING_DIRECTORY);
    make_room(directory);
    plan_is_kept = bytes.length > 0 && note_publish(directory, cache_file(key), bytes.bytes, bytes.length);
    close(directory);
}

void cache_forget(const struct text *key)
{
    const char *problem;
    plan_is_kept = false;
    int directory = open_directory(false, &problem);
    if (directory < 0)
        return;
    unlinkat(directory, cache_file(key), 0);
    close(directory);
}
