/* The state of one run of a plan. */
#ifndef HEXE_RUN_H
#define HEXE_RUN_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "plan.h"
#include "run_parts.h"

struct terminal;

struct run {
    const struct plan *plan;
    char **command; /* NULL in a probe */
    bool probe;
    struct plan_cursor rest; /* what comes after the action at hand */
    int64_t value; /* what a probe answers */

    /* the caller's working directory; NULL when it has no path here */
    const char *working_directory;
    bool moved; /* the process is no longer there */

    struct run_root root;
    struct layers layers;
    struct copies copies;
    const char *slot;    /* cache_slot.c: where caches are kept for this run, or NULL */
    const char *changes; /* changes/record.c: where what this run changes is kept, or NULL */

    struct own_cgroup cgroup;
    struct own_directory own_directory;
    struct limits limits;

    bool pid_namespace;  /* whose first process takes all others with it */
    bool spawned;        /* this process is behind spawn */
    bool init;           /* the plan has init: the child of spawn is not the command */
    pid_t child;         /* of spawn; the supervisor's view */
    uint64_t namespaces; /* of spawn */

    struct channels channels;
    const char *facts; /* what the plan tells of itself in the status; NULL: nothing */
    struct command_start start;
    struct terminal *terminal; /* terminal.h: the caller's, and that of the command */

    int ruleset;
    struct guarded *guarded; /* landlock_guards.h: what rules leave out; NULL: nothing */
    unsigned sibling_count;

    struct watched_places watch;
    struct known_trees trees;
    const char *empty;   /* a hidden directory */
    const char **pinned; /* guard.c: directories that cannot be renamed */
    unsigned pinned_count;
};

/* process/execute.c: carries out the plan and becomes, or supervises, the command. */
_Noreturn void run_plan(const struct plan *plan, char **command, bool probe);

/* process/execute.c: removes the cgroup and the private directory; safe to call when there are none. */
void run_clean_up(struct run *run);

/* supervisor.c: what can fail is done before there is a child. */
void supervisor_prepare(const struct run *run);

/* supervisor.c: `report` is the other end of the command's, or -1. */
_Noreturn void supervise(struct run *run, pid_t child, int report);

/* private_dir.c; the second removes a directory with all below it, and says whether it is gone. */
void private_directory_remove(struct run *run);
bool directory_remove(int parent, const char *name);

/* observe.c: from here on the watcher sees what the command's calls come to; where there is none, nothing is done. */
void observe_begin(struct run *run);

/* observe.c: the same filter, whose denials the watcher sees as well; false where it was not installed. */
struct sock_fprog;
bool observe_install_filter(struct run *run, uint64_t flags, const struct sock_fprog *program);

/* command.c */
_Noreturn void command_execute(struct run *run);

/* probe.c */
_Noreturn void probe_finish(struct run *run);

/*
 * A path operand with `@cwd` and `@private` replaced; a *source* may be relative to the working directory. What is
 * allocated is not freed, here and in tree.c: the process soon becomes another program.
 */
const char *run_path(const struct run *run, const struct operand *operand);
const char *run_source(const struct run *run, const struct operand *operand);

/* What a message calls a path operand. */
const char *run_name(const struct run *run, const struct operand *operand);

/* Ends the process where a source that cannot be opened is the working directory, and this user may not search it. */
void run_check_directory(const struct run *run, const struct operand *operand);

/* The caller's working directory has no path, and the plan needs it. */
_Noreturn void run_refuse_lost_directory(void);

/*
 * Whether a source is the caller's working directory and that is `/`: then the action is passed over, and it is said,
 * because nobody who grants the directory they are in means the whole file system.
 */
bool run_is_whole_tree(const struct run *run, const struct operand *operand);

/* A random suffix of 16 hexadecimal digits. */
void random_name(char name[17]);

#endif
