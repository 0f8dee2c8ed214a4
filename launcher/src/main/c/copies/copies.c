#include "copies.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/socket.h>

#include "copy.h"
#include "kernel.h"
#include "messages.h"
#include "opcodes.h"
#include "passing.h"
#include "run.h"
#include "signals.h"

enum { EVENT = sizeof(struct inotify_event) + NAME_MAX + 1, CHANGES = IN_CLOSE_WRITE | IN_MOVED_TO | IN_ONLYDIR };

/* A copy, as the child hands it over: where it stands in the plan, and what it was made of. */
struct copy_message {
    uint32_t index;
    struct stat status;
};

/* The records of the copies that follow, in the order of the plan; false when there are no more. */
static bool next_followed(struct plan_cursor *cursor, struct record *record)
{
    while (plan_find(cursor, OP_FILE_COPY, record)) {
        if ((record->operands[5].number & COPY_FOLLOW) != 0)
            return true;
    }
    return false;
}

/* Then the copy stays as it is: a limit of the host's is not worth ending the run, nor is what is not there. */
static bool is_tolerable(int error)
{
    return error == EMFILE || error == ENFILE || error == ENOSPC || error == EACCES || error == ENOENT ||
           error == ENOTDIR || error == ENOSYS;
}

static void watch_directory_of(const struct copies *copies, const char *path)
{
    char directory[PATH_MAX];
    const char *slash = strrchr(path, '/');
    snprintf(directory, sizeof directory, "%.*s/", (int)(slash == NULL ? 0 : slash - path), path);
    if (inotify_add_watch(copies->events, directory, CHANGES) < 0 && !is_tolerable(errno))
        die("cannot watch `%s`", directory);
}

void copies_open(struct run *run)
{
    struct plan_cursor cursor = plan_start(run->plan);
    struct record record;
    struct copies *copies = &run->copies;
    *copies = (struct copies){.events = -1, .ends = {-1, -1}};
    while (copies->expected < RUN_COPIES && next_followed(&cursor, &record)) {
        if (copies->events < 0)
            copies->events = inotify_init1(IN_CLOEXEC);
        if (copies->events < 0 && is_tolerable(errno))
            return;
        if (copies->events < 0)
            die("cannot watch directories of the host");
        watch_directory_of(copies, run_path(run, &record.operands[0]));
        copies->files[copies->expected++] = -1;
    }
    if (copies->expected == 0)
        return;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, copies->ends) < 0)
        die("cannot make a socket for copies of files");
    if (!signals_when_readable(copies->events) || !signals_when_readable(copies->ends[0]))
        die("cannot watch a directory of the host");
}

static void close_and_forget(int *descriptor)
{
    if (*descriptor >= 0)
        close(*descriptor);
    *descriptor = -1;
}

/* Nobody inside watches directories of the host. */
void copies_enter(struct run *run)
{
    if (run->copies.expected == 0)
        return;
    close_and_forget(&run->copies.events);
    close_and_forget(&run->copies.ends[0]);
}

void copies_supervise(struct run *run)
{
    if (run->copies.expected > 0)
        close_and_forget(&run->copies.ends[1]);
}

/* In the child. The last copy that was expected leaves nothing open to the supervisor. */
void copies_send(struct run *run, int file, const struct stat *status)
{
    struct copies *copies = &run->copies;
    if (copies->sent >= copies->expected || copies->ends[1] < 0)
        return;
    struct copy_message message = {.index = copies->sent, .status = *status};
    if (passing_send(copies->ends[1], &message, sizeof message, &file, 1, PASSING_PATIENCE) < 0)
        die_with_help(passing_help(), "cannot hand over a copy of a file");
    if (++copies->sent == copies->expected)
        close_and_forget(&copies->ends[1]);
}

static bool receive(const struct copies *copies, struct copy_message *message, int *file)
{
    unsigned count = 1;
    ssize_t length = passing_receive(copies->ends[0], message, sizeof *message, file, &count, MSG_DONTWAIT);
    return length == (ssize_t)sizeof *message && count == 1;
}

static void take_copies(struct copies *copies)
{
    struct copy_message message;
    int file;
    while (receive(copies, &message, &file)) {
        if (message.index >= copies->expected || copies->files[message.index] >= 0) {
            close(file);
            continue;
        }
        copies->files[message.index] = file;
        copies->made_of[message.index] = message.status;
    }
}

static bool is_same(const struct stat *one, const struct stat *other)
{
    return one->st_dev == other->st_dev && one->st_ino == other->st_ino && one->st_size == other->st_size &&
           one->st_ctim.tv_sec == other->st_ctim.tv_sec && one->st_ctim.tv_nsec == other->st_ctim.tv_nsec;
}

/* What is missing for a moment, or cannot be read, leaves the copy as it is. */
static void refresh(const struct operand *operands, int file, struct stat *made_of)
{
    struct stat status;
    int from = copy_open(operands[0].data, &status);
    if (from < 0)
        return;
    if (!is_same(&status, made_of) && copy_write(from, file, &operands[2]))
        *made_of = status;
    close(from);
}

void copies_refresh(struct run *run)
{
    char events[EVENT];
    struct copies *copies = &run->copies;
    if (copies->expected == 0)
        return;
    while (read(copies->events, events, sizeof events) > 0)
        continue;
    take_copies(copies);
    struct plan_cursor cursor = plan_start(run->plan);
    struct record record;
    for (unsigned i = 0; i < copies->expected && next_followed(&cursor, &record); i++) {
        if (copies->files[i] >= 0)
            refresh(record.operands, copies->files[i], &copies->made_of[i]);
    }
}
