/*
 * Where the changes of one sandbox's caches are kept. A project has slots, directories with a number, because two overlays
 * with one upper directory are undefined: each run takes the lowest one that nobody holds a lock on.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>

#include "actions.h"
#include "kernel.h"
#include "messages.h"
#include "paths.h"
#include "run.h"
#include "store.h"
#include "text.h"

enum { MOST_SLOTS = 64, FRESH = 1, OWN_MODE = 0700 };
enum { DIRECTORY_FLAGS = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC };

static int open_store(const char *path, const char *project)
{
    int store = store_open(path);
    if (store < 0)
        return -1;
    int file = openat(store, "project", O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file >= 0) {
        bool written = write(file, project, strlen(project)) == (ssize_t)strlen(project);
        close(file);
        if (!written)
            unlinkat(store, "project", 0);
    }
    return store;
}

/* The slot, locked; -1 with EWOULDBLOCK where somebody has it, with ENOENT where it was removed meanwhile. */
static int take(int store, const char *name)
{
    struct stat status;
    if (mkdirat(store, name, OWN_MODE) < 0 && errno != EEXIST)
        return -1;
    int slot = store_open_in(store, name);
    if (slot < 0)
        return -1;
    int error = flock(slot, LOCK_EX | LOCK_NB) < 0 ? errno : 0;
    if (error == 0 && (fstat(slot, &status) < 0 || status.st_nlink == 0))
        error = ENOENT;
    if (error == 0)
        return slot;
    close(slot);
    errno = error;
    return -1;
}

static int take_lowest(int store, char *name, size_t size)
{
    for (unsigned number = 0; number < MOST_SLOTS; number++) {
        snprintf(name, size, "%u", number);
        int slot = take(store, name);
        if (slot >= 0 || (errno != EWOULDBLOCK && errno != ENOENT))
            return slot;
    }
    return -1;
}

static void empty(int slot)
{
    int copy = openat(slot, ".", DIRECTORY_FLAGS);
    DIR *listing = copy < 0 ? NULL : fdopendir(copy);
    struct dirent *entry;
    while (listing != NULL && (entry = readdir(listing)) != NULL) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 && !directory_remove(slot, entry->d_name))
            die("cannot remove `%s` of the caches that are kept", entry->d_name);
    }
    if (listing != NULL)
        closedir(listing);
}

static bool make_one(int slot, const char *name)
{
    return mkdirat(slot, name, OWN_MODE) == 0 || errno == EEXIST;
}

static int open_directory_in(int parent, const char *name)
{
    return openat(parent, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/* What a command has put in its place in an earlier run goes: it is in nobody's way but its own. */
static int make_part(int parent, const char *name)
{
    int part = open_directory_in(parent, name);
    if (part < 0 && (errno == ENOTDIR || errno == ELOOP) && unlinkat(parent, name, 0) < 0)
        return -1;
    if (part < 0 && mkdirat(parent, name, OWN_MODE) == 0)
        part = open_directory_in(parent, name);
    return part;
}

/* A name at a time, for the command could write in the cache: no link in there leads anywhere. */
static bool make_mount_point(int slot, const char *path)
{
    int place = openat(slot, ".", O_PATH | O_DIRECTORY | O_CLOEXEC);
    for (const char *name = path; place >= 0 && *name != '\0';) {
        size_t length = strcspn(name, "/");
        char *one = text_of("%.*s", (int)length, name);
        int part = make_part(place, one);
        int error = errno;
        close(place);
        free(one);
        errno = error;
        place = part;
        name += length + (name[length] == '/' ? 1 : 0);
    }
    if (place >= 0)
        close(place);
    return place >= 0;
}

/* `work` is made last: where it is, all is. A name with a slash is a mount point in a cache. */
static bool make_cache(int slot, const char *name)
{
    if (strchr(name, '/') != NULL)
        return make_mount_point(slot, name);
    char *work = text_of("%s/work", name);
    if (mkdirat(slot, work, OWN_MODE) < 0 && errno == ENOENT)
        return make_one(slot, name) && make_one(slot, text_of("%s/upper", name)) && make_one(slot, work);
    return true;
}

static bool make_caches(int slot, const char *names)
{
    for (const char *rest = names; *rest != '\0'; rest += *rest == '\n') {
        size_t length = strcspn(rest, "\n");
        if (!make_cache(slot, text_of("%.*s", (int)length, rest)))
            return false;
        rest += length;
    }
    return true;
}

/* In a sandbox, those that were made outside of it are there, and read-only. */
static bool can_be_written(int slot)
{
    return faccessat(slot, ".", W_OK, 0) == 0;
}

/* A plan may be tried twice: then the slot is held already, by ourselves. It is, as long as the supervisor lives. */
static char *held;

static void say_lost(const char *store)
{
    say("warning: caches cannot be kept in `%s`: %s; those of this run are in memory", store, strerror(errno));
}

void do_cache_slot(struct run *run, const struct operand *operands)
{
    const char *path = operands[0].data;
    char name[16];
    run->slot = held;
    if (held != NULL)
        return;
    int store = open_store(path, operands[1].data);
    int slot = store < 0 ? -1 : take_lowest(store, name, sizeof name);
    if (slot < 0 && store >= 0 && errno == EWOULDBLOCK)
        refuse_with_help("end some of them, see `hexe-policy ps`", "%d sandboxes of this project run already", MOST_SLOTS);
    if (slot >= 0 && (operands[3].number & FRESH) != 0)
        empty(slot);
    if (slot < 0 || !make_caches(slot, operands[2].data) || !can_be_written(slot))
        say_lost(path);
    else
        run->slot = held = text_of("%s/%s", path, name);
    if (store >= 0)
        close(store);
}
