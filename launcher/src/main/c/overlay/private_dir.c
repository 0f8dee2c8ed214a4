/*
 * A directory of one run's own, and its removal. What is removed was written by the command, so nothing is followed:
 * every step is relative to a descriptor, stays on one device, and needs no more depth for a deeper tree, because
 * directories that are not empty are first moved up to the top.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "actions.h"
#include "kernel.h"
#include "messages.h"
#include "names_in.h"
#include "run.h"
#include "signals.h"

/* A survivor of the command that keeps making files must not keep us here for ever. */
enum { MAXIMUM_PASSES = 1000000 };

enum { DIRECTORY_FLAGS = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC };

void do_private_directory(struct run *run, const struct operand *operands)
{
    const char *parent = operands[0].data;
    char random[17];
    signals_take_over(); /* from here on there is something to clean up */
    run->own_directory.parent = openat(AT_FDCWD, parent, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (run->own_directory.parent < 0)
        die("cannot open `%s`", parent);
    random_name(random);
    size_t size = strlen(parent) + 1 + RUN_NAME;
    run->own_directory.path = malloc(size);
    if (run->own_directory.path == NULL)
        die("cannot make a private directory");
    if (snprintf(run->own_directory.name, RUN_NAME, "%s%s", operands[1].data, random) >= RUN_NAME)
        refuse("the name of the private directory is too long");
    snprintf(run->own_directory.path, size, "%s/%s", parent[1] == '\0' ? "" : parent, run->own_directory.name);
    if (mkdirat(run->own_directory.parent, run->own_directory.name, (mode_t)operands[2].number & 07777) < 0) {
        run->own_directory.name[0] = '\0';
        die("cannot make a private directory in `%s`", parent);
    }
    run->own_directory.variable = operands[3].data;
}

/* The command may have taken its own right to list a directory; what is changed is what was opened, not a name. */
static int open_whatever_the_mode(int parent, const char *name)
{
    char path[40];
    struct stat status;
    int directory = openat(parent, name, DIRECTORY_FLAGS);
    if (directory >= 0 && fstat(directory, &status) == 0 && (status.st_mode & 0700) == 0700)
        return directory;
    if (directory >= 0)
        close(directory);
    int handle = openat(parent, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (handle < 0)
        return -1;
    snprintf(path, sizeof path, "/proc/self/fd/%d", handle);
    chmod(path, 0700);
    directory = openat(handle, ".", DIRECTORY_FLAGS);
    close(handle);
    return directory;
}

static bool same_device(int directory, dev_t device)
{
    struct stat status;
    return fstat(directory, &status) == 0 && status.st_dev == device;
}

static DIR *list(int directory)
{
    int copy = openat(directory, ".", DIRECTORY_FLAGS);
    return copy < 0 ? NULL : fdopendir(copy);
}

/* Removes a file or an empty directory. */
static bool remove_one(int directory, const char *name)
{
    if (unlinkat(directory, name, 0) == 0)
        return true;
    return (errno == EISDIR || errno == EPERM || errno == EACCES) && unlinkat(directory, name, AT_REMOVEDIR) == 0;
}

/* Empties a directory below the top; what is not empty itself moves up. */
static bool flatten(int top, int directory, dev_t device)
{
    static unsigned long moved;
    char name[48];
    bool progress = false;
    DIR *listing = list(directory);
    struct dirent *entry;
    while (listing != NULL && (entry = readdir(listing)) != NULL) {
        if (is_dots(entry->d_name))
            continue;
        bool removed = remove_one(directory, entry->d_name);
        if (!removed) {
            int child = open_whatever_the_mode(directory, entry->d_name); /* moving a directory writes to it */
            snprintf(name, sizeof name, ".hexe-removed-%lu", moved++);
            removed = child >= 0 && same_device(child, device) && renameat(directory, entry->d_name, top, name) == 0;
            if (child >= 0)
                close(child);
        }
        progress |= removed;
    }
    if (listing != NULL)
        closedir(listing);
    return progress;
}

/* One pass over the top; false when there was nothing it could do. */
static bool pass(int top, dev_t device)
{
    bool progress = false;
    DIR *listing = list(top);
    struct dirent *entry;
    while (listing != NULL && (entry = readdir(listing)) != NULL) {
        if (is_dots(entry->d_name))
            continue;
        if (remove_one(top, entry->d_name)) {
            progress = true;
            continue;
        }
        int directory = open_whatever_the_mode(top, entry->d_name);
        if (directory < 0)
            continue;
        if (same_device(directory, device))
            progress |= flatten(top, directory, device);
        close(directory);
        progress |= unlinkat(top, entry->d_name, AT_REMOVEDIR) == 0;
    }
    if (listing != NULL)
        closedir(listing);
    return progress;
}

bool directory_remove(int parent, const char *name)
{
    struct stat status;
    if (unlinkat(parent, name, AT_REMOVEDIR) == 0)
        return true;
    int top = open_whatever_the_mode(parent, name);
    if (top >= 0 && fstat(top, &status) == 0) {
        for (int i = 0; i < MAXIMUM_PASSES; i++) {
            if (unlinkat(parent, name, AT_REMOVEDIR) == 0 || !pass(top, status.st_dev))
                break;
        }
    }
    if (top >= 0)
        close(top);
    return fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW) < 0;
}

void private_directory_remove(struct run *run)
{
    if (run->own_directory.parent < 0 || run->own_directory.name[0] == '\0')
        return;
    if (!directory_remove(run->own_directory.parent, run->own_directory.name))
        say("cannot remove everything in the private directory `%s`", run->own_directory.path);
    run->own_directory.name[0] = '\0';
}
