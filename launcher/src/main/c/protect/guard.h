/* Files that are kept from the command within what it can reach. */
#ifndef HEXE_GUARD_H
#define HEXE_GUARD_H

#include <sys/stat.h>

#include "run.h"

/*
 * Flags of `watch`, `protect` and `hide`; USUAL: nobody listed the paths, which come with the program. OWN: what hides a
 * directory can be written.
 */
enum { GUARD_LINK = 1, GUARD_UNSEEN = 2, GUARD_USUAL = 8, GUARD_ALONE = 16, GUARD_OWN = 32 };

/* Whether a path starts at the working directory where there is none. */
bool guard_has_no_place(const struct run *run, const struct operand *operand);

/*
 * Where it is out of the command's reach, or not there, there is nothing to guard: -1. What the compiler could not see
 * may lie behind symlinks, which are followed then.
 */
int guard_open(const struct run *run, const char *path, const char *name, uint64_t flags, mode_t *type);

/* Do what the two actions do with a path once more; see remount.h. */
void guard_protect_again(struct run *run, const char *path, const char *lines, uint64_t flags);
void guard_hide_again(struct run *run, const char *path, const char *lines, uint64_t flags);

/* Protects what is at a path that was found at this start, wherever symlinks in it lead. */
void guard_protect_found(struct run *run, const char *path);

/* Ends the run, or warns of a usual path: -1. */
int guard_cannot_open(const char *name, uint64_t flags);

bool guard_is_read_only(int file);
mode_t guard_type_of(int file, const char *path);

/* What is kept is kept of one directory. */
void guard_check_lines(const struct operand *operands);

/*
 * guard_pin.c: what is guarded could be renamed away together with a directory above it, and something else be put in
 * its place. So each directory on the way up to the next mount point becomes one, the uppermost first. Says whether
 * there is a new one.
 */
bool guard_pin(struct run *run, const char *path);
bool guard_is_mount_root(int file);
char *guard_parent_of(const char *path);

/* Above a new mount point it is another directory that holds it. */
int guard_open_again(const struct run *run, int file, const char *path);

/* Mounts what is at a path over itself. A symlink stays one: what is mounted on it is followed like itself. */
void guard_mount_over_itself(const struct run *run, int file, const char *path, uint64_t attributes, bool link);

/* The next line of a text, as an operand of its own; false behind the last one. */
bool next_line(const char **text, struct operand *line);

/*
 * guard_lines.c: the paths of a list, of which `@above/x` stands for x in each directory above the working one, but for
 * the root. Starts out with the list alone.
 */
struct guarded_lines {
    const struct operand *list;
    struct operand at;    /* in the list */
    const char *above; /* behind `@above`, while there are directories left: */
    size_t length;     /* that much of the working directory */
};

/* Whether the one at hand and some behind it lie in the same directory, or below it. */
bool guarded_are_many(const struct guarded_lines *lines);

/* The next one, as an operand of its own; false behind the last one. */
bool guarded_next(const struct run *run, struct guarded_lines *lines, struct operand *line);

/* guard_kept.c: paths below a guarded one that the command gets nevertheless. */
struct kept {
    const char *path; /* relative to the guarded one */
    bool writable;
    int tree; /* a copy of it or, for mount(2), the file itself; -1: it is not there */
    struct kept *next;
};

/* Opens what the lines of a text name, `r PATH` or `w PATH`, in a directory that is about to be covered. */
struct kept *kept_take(int directory, const char *lines);

/* Puts those back into what covers the directory, with mount points that are made where `create`. */
void kept_put(const struct run *run, const char *path, struct kept *first, bool create);

/*
 * guard_absent.c: whether nothing is at a path of the new root. False may also mean that it takes more to tell. What is
 * found out on the way is forgotten below a path that becomes a mount point, and all of it for NULL.
 */
bool absent_is(const struct run *run, const char *path, uint64_t flags);
void absent_forget(const char *path);

/* guard_absent.c: at the end of `protect` or `hide`; what is known stays so for another `hide` that comes next. */
void absent_end(const struct run *run);

/* guard_absent.c: the list of which paths are asked for, until NULL is expected. */
void absent_expect(const struct guarded_lines *lines);

/* watch.c: what is known of a path from when the launcher started. */
enum watch_answer { WATCH_UNKNOWN, WATCH_THERE, WATCH_MISSING };
enum watch_answer watch_find(struct run *run, const char *path);

/* watch.c: whether that shows that nothing is there; false may also mean that it takes a look. */
bool watch_lacks(const struct run *run, const char *path);

/* watch.c: closes what it looked at. */
void watch_close(struct run *run);

/* watch.c: the directory above one, where it is known; else NULL. */
struct watched_directory *watch_above(const struct run *run, const char *path, size_t length);

/* watch.c: the time of its last change of any kind, which nobody can set back. */
void watch_remember(struct watched_directory *directory, const struct stat *status);

/* git_config.c: what became of git's configurations; whether one of them is reported there line by line. */
void git_config_tell(const struct run *run);
bool git_config_knows(const char *path);

/* git_data.c: says which data of git has come into being. */
void git_data_tell(const struct run *run);

/*
 * watch_end.c: says what has come into being, in words and, with a status descriptor, for programs; but for what is
 * harmless, and none of the command's.
 */
void watch_tell(const struct run *run, bool (*is_harmless)(const char *path));
void watch_event(const struct run *run, const char *event, const char *path);

/* The same with more members of the object, each behind a comma. */
void watch_event_with(const struct run *run, const char *event, const char *path, const char *members);

#endif
