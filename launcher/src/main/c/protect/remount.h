/*
 * What the host replaces while the sandbox runs: a mount goes with the file that it is on, and the new file is open. The
 * sandbox notes what it mounts, and hands the notes and its namespaces to the supervisor. That watches the directories,
 * and has a child of its own enter the namespaces and mount again.
 *
 * All of it is for what is mounted where the sandbox has a supervisor; else nothing is noted.
 */
#ifndef HEXE_REMOUNT_H
#define HEXE_REMOUNT_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct run;

enum remount_kind {
    REMOUNT_PROTECT = 'p',
    REMOUNT_HIDE = 'h',
    REMOUNT_NOWHERE = 'n', /* nothing was mounted: a protected symlink leads to nothing yet */
};

/* Something that was mounted on, or will be when it comes into being. */
struct remount {
    enum remount_kind kind;
    uint32_t flags;    /* as of `protect` and `hide` */
    const char *lines; /* the parts that stay */
    const char *path;  /* in the sandbox */

    /* the supervisor's: */
    bool due : 1;     /* something has happened there */
    bool fresh : 1;   /* and was not looked at until all was quiet again */
    bool again : 1;   /* it was mounted on again */
    bool changed : 1; /* and somebody inside may have been faster */
    bool left : 1;    /* it has come into being where the command may have made it, and stays open */
    uint32_t gap;     /* the longest time that took, in milliseconds */
};

/* A flag of its own beside those of `hide`: nothing was there at the start. */
enum { REMOUNT_ABSENT = 1 << 16 };

/* remount_notes.c: in the sandbox, of each mount. */
void remount_note(const struct run *run, enum remount_kind kind, const char *path, const char *lines, uint64_t flags);

/* remount_notes.c: before `spawn`, then in the child and in the supervisor. */
void remount_open(const struct run *run);
void remount_enter(void);
void remount_supervise(void);

/* remount_notes.c: what the supervisor was handed; NULL while that is not complete. */
struct remounts {
    struct remount *items;
    unsigned count;
    const char **nowhere; /* the paths of those symlinks */
    unsigned nowhere_count;
    int user, mount; /* descriptors of namespaces */
};
struct remounts *remount_take(const struct run *run);

/* remount_notes.c: nothing can be handed over, or was. */
bool remount_is_over(void);

/* remount.c: how long to wait before the next `remount_begin`, in milliseconds; 0: for ever. */
uint64_t remount_patience(void);

/* remount.c: the supervisor, each time that has passed, and when a signal says that there is something to look at. */
void remount_begin(struct run *run);
void remount_look(struct run *run);

/* remount.c: when the command has ended: says what was mounted again, and which symlinks lead somewhere by now. */
void remount_end(const struct run *run);

/* remount.c: whether a path was mounted on again. */
bool remount_has(const char *path);

/*
 * remount_inside.c: a child that enters the sandbox and mounts again what is due; -1 for `events`: nothing is watched. What
 * is read from the descriptor that is returned (-1: there is none) are reports as of messages.h, in which `record` is the
 * number of an item.
 */
int remount_run(struct run *run, const struct remounts *remounts, int events, pid_t *child);

enum remount_report {
    REMOUNT_WATCHED = 'w',   /* a directory above it: the number of the watch, and 16 bits for the length of its path */
    REMOUNT_UNWATCHED = 'u', /* one cannot be watched: the user has too many watches */
    REMOUNT_AGAIN = 'a',     /* it was replaced that many milliseconds before */
    REMOUNT_OPEN = 'o',      /* somebody has it open for writing */
    REMOUNT_LEFT = 'l',      /* it was not mounted on */
};

#endif
