/*
 * Git changes its configuration by renaming `config.lock` over it, which fails where that is protected, and says no more
 * than that the device is busy. A watch on the directory sees the lock come, however soon it goes.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>

#include "guard.h"
#include "kernel.h"
#include "messages.h"
#include "text.h"

static struct {
    int events; /* -1: nothing is watched */
    char *configuration;
    ino_t inode;
} locks = {.events = -1};

/* The nearest configuration at or above a directory, or NULL. */
static char *configuration_of(const char *directory)
{
    struct stat status;
    for (char *top = text_of("%s", directory); top[0] != '\0'; *strrchr(top, '/') = '\0') {
        char *file = text_of("%s/.git/config", top);
        if (lstat(file, &status) == 0) {
            locks.inode = status.st_ino;
            return S_ISREG(status.st_mode) ? file : NULL;
        }
        free(file);
    }
    return NULL;
}

/* Without a watch, as when there are too many, only this message is missing. */
void git_locks_watch(const char *directory)
{
    locks.configuration = directory[1] == '\0' ? NULL : configuration_of(directory);
    if (locks.configuration == NULL)
        return;
    char *git = text_of("%.*s", (int)(strrchr(locks.configuration, '/') - locks.configuration), locks.configuration);
    locks.events = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (locks.events >= 0 && inotify_add_watch(locks.events, git, IN_CREATE | IN_ONLYDIR) < 0) {
        close(locks.events);
        locks.events = -1;
    }
    free(git);
}

static bool is_lock(const struct inotify_event *event)
{
    return event->len > 0 && strcmp(event->name, "config.lock") == 0;
}

static bool was_locked(void)
{
    static char bytes[16384] __attribute__((aligned(8)));
    bool found = false;
    ssize_t length;
    while (!found && (length = read(locks.events, bytes, sizeof bytes)) > 0) {
        for (ssize_t at = 0; at < length && !found;) {
            const struct inotify_event *event = (const struct inotify_event *)(const void *)(bytes + at);
            found = is_lock(event);
            at += (ssize_t)(sizeof *event + event->len);
        }
    }
    return found;
}

/* Where another file is in its place, git could. */
static bool is_same(void)
{
    struct stat status;
    return lstat(locks.configuration, &status) == 0 && status.st_ino == locks.inode;
}

void git_locks_tell(const struct run *run)
{
    if (locks.events < 0 || !was_locked() || !is_same())
        return;
    say("`%s` is protected, and git could not change it; to allow that: `--write %s`", locks.configuration, locks.configuration);
    watch_event(run, "refused", locks.configuration);
}
