/* Mounts, with the kernel's descriptor-based interface or, where that is missing, with mount(2). */
#ifndef HEXE_MOUNTS_H
#define HEXE_MOUNTS_H

#include <stdbool.h>
#include <stdint.h>

#include "run.h"

enum { MOUNT_RECURSIVE = 1, MOUNT_SKIP_MISSING = 2, MOUNT_FILE = 4, MOUNT_CREATE = 8, MOUNT_PLAIN = 16,
       MOUNT_FIRM = 64, MOUNT_WITHIN = 128 };

struct filesystem {
    const char *type;
    uint64_t size; /* of a tmpfs; 0: the kernel's default */
    unsigned mode; /* of a tmpfs */
    uint64_t attributes;
};

extern const char help_for_kinds[];

/* filesystems.c: a mount that is nowhere in the tree yet; needs the descriptor-based interface. */
int filesystem_make(const struct filesystem *filesystem);

/* A new tmpfs on top of `/`; returns a descriptor of its root. */
int mount_tmpfs_on_root(uint64_t size, unsigned mode);

/* A new tmpfs that is nowhere yet; needs the descriptor-based interface. */
int mount_new_tmpfs(uint64_t size, unsigned mode);

/* The process's root stays below what is mounted over it: only the root that pivot-root enters can be covered. */
void mount_require_new_root(const struct run *run);

/* Puts a mount that is nowhere yet at its place; it is closed, or is the root from here on. */
void mount_attach(struct run *run, int mount, const char *destination, bool file, bool create);

/* The same on top of what was put there before. */
void mount_attach_on(struct run *run, int mount, int below, const char *destination);

/* Mounts a file of a directory over the file at a destination, which is made where `create` says so. */
void mount_from(struct run *run, int directory, const char *name, const char *destination, uint64_t attributes,
                bool create);

/* For covers_remember: what has less than all rights with these attributes and flags. */
uint64_t mount_kept_apart(uint64_t attributes, uint64_t flags);

/* Whether mounts are made with mount(2). */
bool mounts_by_path(void);

/* Mounts a new file system on a mount point that is open; `path` is its name. */
void mount_new(const struct run *run, const struct filesystem *filesystem, int point, const char *path);

/* Sets attributes on what is mounted at a path, alone. */
void mount_seal(const struct run *run, const char *path, uint64_t attributes);

/* mounts_fallback.c; each ends the process on failure. */
int fallback_mount_on_root(const struct filesystem *filesystem);
int fallback_mount(const struct run *run, const struct filesystem *filesystem, int point, const char *destination);
void fallback_bind(struct run *run, int source, int point, const char *destination, uint64_t attributes,
                   bool recursive);
void fallback_bind_at(const struct run *run, int source, int point, const char *destination, uint64_t attributes);
void fallback_bind_link(int link, int point);
void fallback_set_attributes(const struct run *run, const char *destination, uint64_t attributes, bool recursive);

#endif
