/* What the state of a run is made of, see run.h. */
#ifndef HEXE_RUN_PARTS_H
#define HEXE_RUN_PARTS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <time.h>

#include "names_in.h"
#include "plan.h"

enum { RUN_OWN_DEVICES = 256, RUN_NAME = 256, RUN_LIMITS = 5, RUN_PASSED = 32, RUN_LAYERS = 10, RUN_COPIES = 4 };

struct known_path {
    const char *path;
    uint64_t access;    /* of a rule, or COVERS_* bits */
    const char *source; /* of a mount: what of the host is there */
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

/* watch.c: what may not be there yet */
struct watched_places {
    struct watched *items;
    struct watched_number *numbers;
    struct watched_directory *directories;
    unsigned count, number_count, next, directory_count, above_room;
    time_t since;
};

/* Where destinations are resolved, and the devices of the tmpfs mounts we made. */
struct run_root {
    int at;
    bool is_new;     /* it is not the host's */
    unsigned mounts; /* one over another on `/`; the topmost is the root */
    bool covers_one; /* staging.h: one of its directories is remembered when it is covered */
    int covered;     /* that directory, or -1 */
    bool plain_destination; /* of the action at hand: it may hold no symlink */
    dev_t own_devices[RUN_OWN_DEVICES];
    unsigned own_count;
};

/* Of the next overlay, the topmost first. */
struct layers {
    int files[RUN_LAYERS];
    struct operand paths[RUN_LAYERS];
    unsigned count;
    bool passed_over;
};

/* What the supervisor removes; descriptors are -1 where there is nothing. */
struct own_cgroup {
    int parent, at;
    char name[RUN_NAME];
    int scope; /* the directory of the scope that the launcher is in */
};

struct own_directory {
    int parent;
    char name[RUN_NAME];
    char *path;
    const char *variable;
};

/* What the supervisor ends the run for, and what it says at the end. */
struct limits {
    uint64_t time, grace; /* milliseconds; 0: none */
    const char *texts[RUN_LIMITS]; /* NULL: nothing */
    const char *usage_texts[2];    /* with numbers from the cgroup, and without */
};

/* Descriptors, or -1: to the caller (inherited.c, status.c), and between the processes of a run. */
struct channels {
    int status;    /* where the lines of the status go */
    int info;      /* where one object about the sandbox goes */
    int block;     /* the command waits until there is something to read */
    int sync;      /* open for as long as the sandbox lives */
    int mailbox;   /* where `enter` writes, see join.h; the supervisor's */
    int connector; /* where the gateway asks the first process to connect to a published port */
    int unconnected; /* its answer where it cannot; made while sockets can be */
    int watcher;   /* of `why`, or -1 where nobody watches */
    bool observed; /* and the next filter can be, too */
    int progress;  /* our end of the socket between the supervisor and the sandbox */
    int orders;    /* our end of the socket about the command's terminal; see job_control.h */
    int report;    /* where the first process writes how the command ended */
    int mapped;    /* a byte comes here when the ids are mapped */
};

/* The command as it starts. */
struct command_start {
    const char *argv0;      /* what it is told as its name, or NULL */
    int passed[RUN_PASSED]; /* descriptors that it keeps */
    unsigned passed_count;
    bool dies_with_caller;
    bool own_session; /* of the plan's making: the terminal's signals do not reach the command */
    bool own_job;     /* and the command is a job in it, see init.c */
};

/* source.c: what `@cwd` must not cover. */
struct known_trees {
    struct known_paths destinations, rules;
    const char *handed_over; /* where the working directory is to be found beside its own place */
    struct seen_tree {
        const char *source, *at;
    } read_elsewhere, written_elsewhere; /* the largest trees that hold it and are there under another name */
};

#endif
