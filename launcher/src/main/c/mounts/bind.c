/* Trees of the host at places of the sandbox's. */
#include <errno.h>
#include <string.h>

#include "actions.h"
#include "detached_mount.h"
#include "kernel.h"
#include "messages.h"
#include "mounts.h"
#include "source.h"
#include "tree.h"

static bool may_be_missing(uint64_t flags)
{
    return (flags & MOUNT_SKIP_MISSING) != 0 && (errno == ENOENT || errno == ENOTDIR);
}

/* What a bind comes to, once it is known where the working directory is. */
struct wanted {
    uint64_t attributes, flags, kind;
};

static void bind_with_mount(struct run *run, int source, const char *destination, const struct operand *from,
                            const struct wanted *wanted)
{
    uint64_t flags = wanted->flags;
    covers_remember(run, from, destination, wanted->kind);
    if (tree_is_root(destination))
        mount_require_new_root(run);
    int point = tree_is_root(destination)
                    ? fcntl(run->root.at, F_DUPFD_CLOEXEC, 0)
                    : tree_mount_point(run, destination, (flags & MOUNT_FILE) != 0, (flags & MOUNT_CREATE) != 0);
    fallback_bind(run, source, point, destination, wanted->attributes, (flags & MOUNT_RECURSIVE) != 0);
    close(point);
    close(source);
}

static void bind_with_descriptors(struct run *run, int tree, const char *destination, const struct operand *from,
                                  const struct wanted *wanted)
{
    covers_remember(run, from, destination, wanted->kind);
    mount_attach(run, tree, destination, (wanted->flags & MOUNT_FILE) != 0, (wanted->flags & MOUNT_CREATE) != 0);
}

/* The working directory is handed over at its own place, to be written. */
static bool hands_over_directory(const struct run *run, const struct operand *operands)
{
    return strcmp(operands[0].data, "@cwd") == 0 && strcmp(operands[1].data, "@cwd") == 0 &&
           run->working_directory != NULL && (operands[2].number & MOUNT_ATTR_RDONLY) == 0;
}

static struct wanted what_is_wanted(const struct run *run, const struct operand *operands)
{
    struct wanted wanted = {operands[2].number, operands[3].number,
                            mount_kept_apart(operands[2].number, operands[3].number)};
    if (hands_over_directory(run, operands) && (covers_around(run) & COVERS_FIRMLY) != 0) {
        say("the working directory `%s` stays read-only, as the profile says of the tree that it lies in "
            "(`--write .` names it, and counts for more)",
            run->working_directory);
        wanted.attributes |= MOUNT_ATTR_RDONLY;
    }
    return wanted;
}

/* In a tree that is apart because nothing in it can be executed, the working directory is there, and can be written. */
static bool is_writable_there(const struct run *run)
{
    uint64_t around = covers_around(run);
    return around == 0 || (around & (COVERS_NO_EXECUTE | COVERS_READ_ONLY)) == COVERS_NO_EXECUTE;
}

void do_bind(struct run *run, const struct operand *operands)
{
    if (run_is_whole_tree(run, &operands[0]))
        return;
    if ((operands[3].number & MOUNT_WITHIN) != 0 && is_writable_there(run))
        return;
    struct wanted wanted = what_is_wanted(run, operands);
    uint64_t flags = wanted.flags;
    bool by_path = mounts_by_path();
    run->root.plain_destination = (flags & MOUNT_PLAIN) != 0;
    const char *source = run_source(run, &operands[0]), *destination = run_path(run, &operands[1]);
    int file = by_path ? source_open(source)
                       : clone_tree(run, source, wanted.attributes, (flags & MOUNT_RECURSIVE) != 0);
    if (file < 0) {
        if (may_be_missing(flags))
            return;
        run_check_directory(run, &operands[0]);
        die_with_help(errno == ELOOP ? help_for_links : NULL, "cannot bind `%s` on `%s`", run_name(run, &operands[0]),
                      destination);
    }
    (by_path ? bind_with_mount : bind_with_descriptors)(run, file, destination, &operands[0], &wanted);
}
