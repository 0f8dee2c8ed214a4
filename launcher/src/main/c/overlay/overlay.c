/*
 * Overlays: directories of the host seen as one, see Documentation/filesystems/overlayfs.rst. Layers are handed to the
 * kernel as descriptors below /proc/self/fd, so that no path is resolved twice.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/vfs.h>

#include "actions.h"
#include "detached_mount.h"
#include "kernel.h"
#include "messages.h"
#include "mounts.h"
#include "overlay.h"
#include "own_directories.h"
#include "source.h"
#include "text.h"
#include "tree.h"

enum { IN_NEW_ROOT = 1, READ_ONLY_FLAG = 1 };

static const char help_for_layers[] =
    "a directory with other mounts below it cannot be a layer for an ordinary user, nor can one below another layer, "
    "nor one whose file system keeps no user extended attributes be the upper one";

static int open_layer(struct run *run, const struct operand *path, bool in_new_root)
{
    int layer = in_new_root ? tree_resolve(run, run_path(run, path), O_DIRECTORY) : source_open(run_source(run, path));
    struct stat status;
    if (layer < 0)
        die_with_help(errno == ELOOP ? help_for_links : NULL, "cannot open `%s` for an overlay", path->data);
    if (fstat(layer, &status) < 0)
        die("cannot examine `%s`", path->data);
    if (!S_ISDIR(status.st_mode))
        refuse("`%s` is not a directory, and cannot be a layer of an overlay", path->data);
    return layer;
}

void do_overlay_layer(struct run *run, const struct operand *operands)
{
    if (run->layers.count == RUN_LAYERS)
        refuse("an overlay has more than %d layers", RUN_LAYERS);
    if (run_is_whole_tree(run, &operands[0])) {
        run->layers.passed_over = true;
        return;
    }
    run->layers.files[run->layers.count] = open_layer(run, &operands[0], (operands[1].number & IN_NEW_ROOT) != 0);
    run->layers.paths[run->layers.count++] = operands[0];
}

static void forget_layers(struct run *run)
{
    while (run->layers.count > 0)
        close(run->layers.files[--run->layers.count]);
    run->layers.passed_over = false;
}

static bool set_directories(int context, const char *key, const int *directories, unsigned count)
{
    char value[256]; /* the most that the kernel takes */
    size_t length = 0;
    for (unsigned i = 0; i < count; i++)
        length += (size_t)snprintf(value + length, sizeof value - length, "%s/proc/self/fd/%d", i == 0 ? "" : ":",
                                   directories[i]);
    return sys_fsconfig(context, FSCONFIG_SET_STRING, key, value) == 0;
}

bool overlay_is_writable(int mount)
{
    struct statfs status;
    if (fstatfs(mount, &status) < 0)
        die("cannot examine an overlay");
    return (status.f_flags & READ_ONLY_FLAG) == 0;
}

static bool set_all(const struct run *run, int context, int upper, int work)
{
    return set_directories(context, "lowerdir", run->layers.files, run->layers.count) &&
           (upper < 0 || (set_directories(context, "upperdir", &upper, 1) && set_directories(context, "workdir", &work, 1)));
}

/* With `userxattr` the kernel keeps its marks where an ordinary user may, and follows none that would lead out of a layer. */
int overlay_try(const struct run *run, int upper, int work, uint64_t attributes)
{
    int context = sys_fsopen("overlay");
    if (context < 0)
        die("cannot make an overlay");
    if (!set_all(run, context, upper, work) || sys_fsconfig(context, FSCONFIG_SET_FLAG, "userxattr", NULL) < 0 ||
        sys_fsconfig(context, FSCONFIG_CMD_CREATE, NULL, NULL) < 0) {
        int error = errno;
        close(context);
        errno = error;
        return -1;
    }
    int mount = sys_fsmount(context, (unsigned)attributes);
    if (mount < 0)
        die("cannot make a mount of an overlay");
    close(context);
    return mount;
}

static int make_overlay(const struct run *run, int upper, int work, uint64_t attributes)
{
    int mount = overlay_try(run, upper, work, attributes);
    if (mount < 0)
        die_with_help(errno == EINVAL || errno == ELOOP ? help_for_layers : NULL, "cannot make an overlay");
    if (upper >= 0 && !overlay_is_writable(mount))
        refuse_with_help("`upper` and `work` have to be the user's own, in one file system that keeps user extended "
                         "attributes",
                         "the kernel takes no changes to this overlay");
    return mount;
}

static int make_directory(int parent, const char *name)
{
    if (mkdirat(parent, name, 0700) < 0)
        die("cannot make a directory for an overlay");
    int directory = openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0)
        die("cannot open a directory for an overlay");
    return directory;
}

/* The upper directory is the overlay's root: it gets the mode and, where it may, the owner of the layer below. */
static int make_upper(const struct run *run, int tmpfs)
{
    struct stat status;
    int upper = make_directory(tmpfs, "upper");
    if (fstat(run->layers.files[0], &status) < 0)
        die("cannot examine a layer");
    own_take_owner(upper, &status);
    if (fchmod(upper, status.st_mode & 07777) < 0)
        die("cannot set the mode of a directory of an overlay");
    /* Without them a directory that was removed could not be made again. Before Linux 6.6 a tmpfs has none. */
    if (syscall(SYS_fsetxattr, upper, "user.hexe-policy", "", 0, 0) < 0)
        die("a tmpfs keeps no user extended attributes here, which changes to an overlay need");
    if (syscall(SYS_fremovexattr, upper, "user.hexe-policy") < 0)
        die("cannot remove an extended attribute");
    return upper;
}

static void remember_destination(struct run *run, const char *destination)
{
    for (unsigned i = 0; i < run->layers.count; i++)
        covers_remember(run, &run->layers.paths[i], destination, COVERS_APART | COVERS_READ_ONLY);
}

/* The memory is mounted below the overlay, at the same place: the kernel takes no layer from a mount that is nowhere. */
static void mount_in_memory(struct run *run, const char *destination, const struct operand *operands)
{
    int tmpfs = mount_new_tmpfs(operands[1].number, 0700);
    int memory = fcntl(tmpfs, F_DUPFD_CLOEXEC, 0);
    if (memory < 0)
        die("cannot keep a descriptor");
    mount_attach(run, tmpfs, destination, false, (operands[3].number & MOUNT_CREATE) != 0);
    int upper = make_upper(run, memory), work = make_directory(memory, "work");
    int overlay = make_overlay(run, upper, work, operands[2].number);
    tree_add_own(run, overlay);
    mount_attach_on(run, overlay, memory, destination);
    close(upper);
    close(work);
    close(memory);
}

void do_overlay(struct run *run, const struct operand *operands)
{
    const char *destination = run_path(run, &operands[0]);
    run->root.plain_destination = (operands[3].number & MOUNT_PLAIN) != 0;
    if (run->layers.passed_over) {
        forget_layers(run);
        return;
    }
    remember_destination(run, destination);
    if (operands[1].number != 0)
        mount_in_memory(run, destination, operands);
    else
        mount_attach(run, make_overlay(run, -1, -1, operands[2].number), destination, false,
                     (operands[3].number & MOUNT_CREATE) != 0);
    forget_layers(run);
}

/* What the kernel makes in a work directory has no permissions. */
static const char *const kernel_names[] = {"work", "index"};

static bool is_kernels(int work, const char *name)
{
    struct stat status;
    bool known = strcmp(name, kernel_names[0]) == 0 || strcmp(name, kernel_names[1]) == 0;
    return known && fstatat(work, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(status.st_mode) &&
           (status.st_mode & 07777) == 0;
}

/* The kernel empties it without asking, and so do we at the end. */
static void require_empty(int work, const char *path)
{
    int copy = openat(work, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *listing = copy < 0 ? NULL : fdopendir(copy);
    struct dirent *entry;
    if (listing == NULL)
        die("cannot list the work directory `%s`", path);
    while ((errno = 0, entry = readdir(listing)) != NULL) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 && !is_kernels(work, entry->d_name))
            refuse_with_help("give the overlay an empty directory beside the one with its changes",
                             "the work directory `%s` holds `%s`", path, entry->d_name);
    }
    if (errno != 0)
        die("cannot list the work directory `%s`", path);
    closedir(listing);
}

void do_overlay_kept(struct run *run, const struct operand *operands)
{
    const char *destination = run_path(run, &operands[0]);
    run->root.plain_destination = (operands[4].number & MOUNT_PLAIN) != 0;
    if (run->layers.passed_over) {
        forget_layers(run);
        return;
    }
    int upper = open_layer(run, &operands[1], false), work = open_layer(run, &operands[2], false);
    require_empty(work, operands[2].data);
    remember_destination(run, destination);
    /* The working directory must not hold them either: only here is it known where that is. */
    covers_remember(run, &operands[1], run_path(run, &operands[1]), COVERS_APART);
    covers_remember(run, &operands[2], run_path(run, &operands[2]), COVERS_APART);
    mount_attach(run, make_overlay(run, upper, work, operands[3].number), destination, false,
                 (operands[4].number & MOUNT_CREATE) != 0);
    close(upper);
    close(work);
    forget_layers(run);
}

static void clean_work(int work, const char *path)
{
    for (size_t i = 0; work >= 0 && i < sizeof kernel_names / sizeof *kernel_names; i++) {
        if (is_kernels(work, kernel_names[i]) && !directory_remove(work, kernel_names[i]))
            say("cannot remove `%s` in the work directory `%s`", kernel_names[i], path);
    }
    if (work >= 0)
        close(work);
}

static const char *in_slot(const struct run *run, const struct operand *name, const char *part)
{
    return text_of("%s/%s/%s", run->slot, name->data, part);
}

/* Where the kernel makes no overlay of these that can be written, the directory of changes stands for itself. */
static int overlay_or_upper(struct run *run, const struct operand *operands, int upper)
{
    int work = -1, lower = operands[1].data[0] == '\0' ? -1 : source_open(operands[1].data);
    if (lower >= 0) {
        if ((work = source_open(in_slot(run, &operands[2], "work"))) < 0)
            die("cannot open the work directory of the cache `%s`", operands[2].data);
        run->layers.files[run->layers.count++] = lower;
        int mount = overlay_try(run, upper, work, operands[3].number);
        forget_layers(run);
        close(work);
        if (mount >= 0 && overlay_is_writable(mount))
            return mount;
        if (mount >= 0)
            close(mount);
    }
    return clone_opened(upper, operands[2].data, operands[3].number, false);
}

enum { SIZE_IN_MEMORY = 1 << 30 }; /* as a private home */

/* Nothing can be kept. A home of the sandbox's own is in memory already; a directory of the host's is covered. */
static void cache_in_memory(struct run *run, const struct operand *operands)
{
    bool in_own = (operands[4].number & MOUNT_CREATE) != 0;
    const struct operand tmpfs[] = {operands[0],
                                    {.number = SIZE_IN_MEMORY},
                                    {.number = 0700},
                                    operands[3],
                                    {.number = operands[4].number | MOUNT_CREATE}};
    if (in_own)
        close(tree_mount_point(run, run_path(run, &operands[0]), false, true));
    else
        do_tmpfs(run, tmpfs);
}

/* The calls of before Linux 5.12 go with kernels that make no overlay of these. */
static void attach_upper(struct run *run, const struct operand *operands, int upper, const char *destination)
{
    int point = tree_mount_point(run, destination, false, (operands[4].number & MOUNT_CREATE) != 0);
    fallback_bind(run, upper, point, destination, operands[3].number, false);
    close(point);
    close(upper);
}

void do_cache(struct run *run, const struct operand *operands)
{
    const char *destination = run_path(run, &operands[0]);
    run->root.plain_destination = (operands[4].number & MOUNT_PLAIN) != 0;
    if (run->slot == NULL) {
        cache_in_memory(run, operands);
        return;
    }
    int upper = source_open(in_slot(run, &operands[2], "upper"));
    if (upper < 0)
        die("cannot open the cache `%s` in `%s`", operands[2].data, run->slot);
    if (mounts_by_path()) {
        attach_upper(run, operands, upper, destination);
        return;
    }
    int mount = overlay_or_upper(run, operands, upper);
    if (mount < 0)
        die("cannot mount the cache `%s`", operands[2].data);
    mount_attach(run, mount, destination, false, (operands[4].number & MOUNT_CREATE) != 0);
    close(upper);
}

void overlay_clean_up(const struct run *run)
{
    struct plan_cursor cursor = plan_start(run->plan);
    struct record record;
    while (plan_find(&cursor, OP_OVERLAY_KEPT, &record)) {
        clean_work(source_open(run_source(run, &record.operands[2])), record.operands[2].data);
    }
    cursor = plan_start(run->plan);
    while (run->slot != NULL && plan_find(&cursor, OP_CACHE, &record)) {
        if (record.operands[1].length > 0)
            clean_work(source_open(in_slot(run, &record.operands[2], "work")), record.operands[2].data);
    }
}
