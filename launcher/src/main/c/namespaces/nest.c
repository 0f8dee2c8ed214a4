/*
 * One more user namespace, with the ids of the one around it. The mount namespace belongs to the outer one: whoever has all
 * capabilities in the inner one can mount in a mount namespace of its own, where everything that came along is locked.
 * Several ids can only be mapped from outside, so a child that stays there does it.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "actions.h"
#include "id_maps.h"
#include "kernel.h"
#include "messages.h"
#include "progress.h"
#include "run.h"
#include "text.h"

size_t id_maps_same(const char *file, char *map)
{
    unsigned long inside, outside, count;
    size_t length = 0;
    FILE *own = fopen(text_of("/proc/self/%s", file), "re");
    if (own == NULL)
        die("cannot open `/proc/self/%s`", file);
    while (fscanf(own, "%lu %lu %lu", &inside, &outside, &count) == 3 && length < ID_MAPS_LONGEST - 100)
        length += (size_t)snprintf(map + length, ID_MAPS_LONGEST - length, "%lu %lu %lu\n", inside, inside, count);
    if (ferror(own) || length == 0)
        die("cannot read `/proc/self/%s`", file);
    fclose(own);
    return length;
}

/* Where all of the tree is read-only, `/proc` with it: it is not in a copy of the tree that only this process is in. */
static int open_map(const char *path)
{
    int map = openat(AT_FDCWD, path, O_WRONLY | O_CLOEXEC);
    if (map >= 0 || errno != EROFS)
        return map;
    unsigned long flags = MS_REMOUNT | MS_BIND | MS_NOSUID | MS_NODEV | MS_NOEXEC;
    if (syscall(SYS_unshare, CLONE_NEWNS) < 0 || sys_mount(NULL, "/proc", NULL, flags, NULL) < 0)
        return -1;
    return openat(AT_FDCWD, path, O_WRONLY | O_CLOEXEC);
}

static void map_ids(pid_t process, const char *file)
{
    char map[ID_MAPS_LONGEST];
    size_t length = id_maps_same(file, map);
    const char *path = text_of("/proc/%d/%s", (int)process, file);
    int descriptor = open_map(path);
    if (descriptor < 0 || write(descriptor, map, length) != (ssize_t)length)
        die("cannot map ids in `%s`", path);
    close(descriptor);
}

static _Noreturn void stay_outside(pid_t process, int entered)
{
    char byte;
    if (read(entered, &byte, 1) != 1)
        _exit(EXIT_NOTHING_RAN);
    map_ids(process, "uid_map");
    map_ids(process, "gid_map");
    _exit(0);
}

void do_nest(struct run *run, const struct operand *operands)
{
    int ends[2], status;
    pid_t process = getpid(), ended;
    (void)operands;
    if (pipe2(ends, O_CLOEXEC) < 0)
        die("cannot make a pipe");
    pid_t helper = sys_clone(SIGCHLD);
    if (helper == 0) {
        close(ends[1]);
        stay_outside(process, ends[0]);
    }
    if (helper < 0 || syscall(SYS_unshare, CLONE_NEWUSER) < 0)
        die("cannot enter a user namespace inside");
    if (write(ends[1], "", 1) != 1)
        die("cannot tell that there is a user namespace inside");
    close(ends[0]);
    close(ends[1]);
    while ((ended = waitpid(helper, &status, 0)) < 0 && errno == EINTR)
        continue;
    if (ended != helper || status != 0)
        _exit(EXIT_NOTHING_RAN); /* it has said why */
    progress_entered(run); /* the user namespace is another one now */
}
