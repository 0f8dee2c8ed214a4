/* The state of one run of a plan. */
#ifndef HEXE_RUN_H
#define HEXE_RUN_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <time.h>

#include "names_in.h"
#include "plan.h"

struct terminal;

enum { RUN_OWN_DEVICES = 256, RUN_NAME = 256, RUN_LIMITS = 5, RUN_PASSED = 32, RUN_LAYERS = 10, RUN_COPIES = 4 };

struct known_path {
    const char *path;
    uint64_t access; /* of a rule, or COVERS_* bits */
};

struct known_paths {
    struct known_path *items;
    unsigned count;
};

/* A directory in which something might come into being. */
struct watched_directory {
    const char *path; /* not ended by a NUL */
    size_t length;
    int file; /* open until there is a sandbox; -1 when it is closed */
    bool there, absent; /* neither: it cannot be looked at */
    bool lacking;       /* absent, and so is its name in the directory above, or that one; it is known as well */
    bool nothing;       /* it was opened, and is not there; at most a symlink that leads nowhere is */
    bool recent; /* it could change again and seem not to have changed */
    bool closed; /* there may be something that cannot be looked at */
    bool opened_again; /* when the command has ended */
    struct names_in names;
    dev_t device;
    ino_t inode;
    struct timespec changed;
};

/* One of a thousand, which stay as long as the run. */
struct watched {
    const char *path;
    uint32_t text; /* where it is in the plan */
    unsigned directory : 30;
    unsigned missing : 1;
    unsigned known : 1; /* it was there, and has its numbers in a list of their own, which has the same order */
};

struct watched_number {
    dev_t device;
    ino_t inode;
};

/* copies.c: of files of the host; descriptors, or -1 */
struct copies {
    unsigned expected, sent;
    int events;  /* changes in directories of the host */
    int ends[2]; /* of a socket: the supervisor's, and the child's */
    int files[RUN_COPIES];
    struct stat made_of[RUN_COPIES];
};

struct run {
    const struct plan *plan;
    char **command; /* NULL in a probe */
    bool probe;
    struct plan_cursor rest; /* what comes after the action at hand */
    int64_t value; /* what a probe answers */

    /* the caller's working directory; NULL when it has no path here */
    const char *working_directory;
    bool moved; /* the process is no longer there */

    /* where destinations are resolved, and the devices of the tmpfs mounts we made */
    int root;
    bool new_root;        /* it is not the host's */
    unsigned root_mounts; /* one over another on `/`; the topmost is the root */
    bool covers_one; /* staging.h: one of its directories is remembered when it is covered */
    int covered;     /* that directory, or -1 */
    bool plain_destination; /* of the action at hand: it may hold no symlink */
    dev_t own_devices[RUN_OWN_DEVICES];
    unsigned own_count;

    /* of the next overlay, the topmost first */
    int layers[RUN_LAYERS];
    struct operand layer_paths[RUN_LAYERS];
    unsigned layer_count;
    bool layers_passed_over;

    /* what the supervisor removes; descriptors are -1 when there is nothing */
    int cgroup_parent, cgroup;
    char cgroup_name[RUN_NAME];
    int private_parent;
    char private_name[RUN_NAME];
    char *private_path;
    const char *private_variable;

    const char *slot; /* cache_slot.c: where caches are kept for this run, or NULL */
    const char *changes; /* changes/record.c: where what this run changes is kept, or NULL */

    struct copies copies;

    int scope; /* the directory of the scope that the launcher is in, or -1 */

    uint64_t time_limit, grace; /* milliseconds; 0: none */
    bool pid_namespace;         /* whose first process takes all others with it */
    bool spawned;               /* this process is behind spawn */
    bool init;                  /* the plan has init: the child of spawn is not the command */
    int orders;                 /* our end of the socket about the command's terminal, or -1; see job_control.h */
    int report;                 /* where the first process writes how the command ended, or -1 */

    /* what the supervisor says at the end; NULL: nothing */
    const char *limit_texts[RUN_LIMITS];
    const char *usage_texts[2]; /* with numbers from the cgroup, and without */

    /* inherited.c, status.c, progress.c: descriptors, or -1 */
    int status;        /* where the lines of the status go */
    int info;          /* where one object about the sandbox goes */
    int block;         /* the command waits until there is something to read */
    int mailbox;       /* where `enter` writes, see join.h; the supervisor's */
    int connector;     /* where the gateway asks the first process to connect to a published port */
    int sync;          /* open for as long as the sandbox lives */
    bool observed;     /* and the next filter can be, too */
    int watcher;       /* of `why`, or -1 where nobody watches */
    int progress;      /* our end of the socket between the supervisor and the sandbox */
    const char *facts; /* what the plan tells of itself in the status; NULL: nothing */
    pid_t child;       /* of spawn; the supervisor's view */
    uint64_t namespaces; /* of spawn */

    bool dies_with_caller;
    const char *argv0; /* what the command is told as its name, or NULL */
    int passed[RUN_PASSED]; /* descriptors that the command keeps */
    unsigned passed_count;

    bool own_session;           /* of the plan's making: the terminal's signals do not reach the command */
    bool own_job;               /* and the command is a job in it, see init.c */
    struct terminal *terminal;  /* terminal.h: the caller's, and that of the command */

    struct guarded *guarded; /* landlock_guards.h: what rules leave out; NULL: nothing */
    unsigned sibling_count;

    int mapped; /* a byte comes here when the ids are mapped */
    int ruleset;

    /* watch.c: what may not be there yet; guard.c: directories that cannot be renamed */
    struct watched *watched;
    struct watched_number *watched_numbers;
    struct watched_directory *watched_directories;
    unsigned watched_count, watched_number_count, watched_next, watched_directory_count, watched_above_room;
    time_t watched_since;
    const char *empty; /* a hidden directory */
    const char **pinned;
    unsigned pinned_count;

    /* source.c: what `@cwd` must not cover */
    struct known_paths destinations, rules;
    const char *handed_over; /* where the working directory is to be found beside its own place */
    struct seen_tree {
        const char *source, *at;
    } read_elsewhere, written_elsewhere; /* the largest trees that hold it and are there under another name */
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
