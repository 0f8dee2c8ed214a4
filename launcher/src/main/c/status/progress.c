#include "progress.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "kernel.h"
#include "messages.h"
#include "run.h"

/* What the kernel adds to each message, see unix(7); the C library has it for some modes only. */
struct sender {
    pid_t process;
    uid_t user;
    gid_t group;
};

static const struct run *teller; /* whose descriptor may move */

const char *progress_namespace(unsigned index, uint64_t *flag)
{
    static const struct {
        const char *name;
        uint64_t flag;
    } known[PROGRESS_NAMESPACES] = {
        {"cgroup", CLONE_NEWCGROUP}, {"ipc", CLONE_NEWIPC},   {"mnt", CLONE_NEWNS},   {"net", CLONE_NEWNET},
        {"pid", CLONE_NEWPID},       {"time", CLONE_NEWTIME}, {"user", CLONE_NEWUSER}, {"uts", CLONE_NEWUTS},
    };
    *flag = known[index].flag;
    return known[index].name;
}

void progress_watch(int socket_end)
{
    if (fcntl(socket_end, F_SETOWN, getpid()) < 0 || fcntl(socket_end, F_SETSIG, SIGURG) < 0 ||
                            fcntl(socket_end, F_SETFL, O_ASYNC) < 0)
        die("cannot watch the socket to the sandbox");
}

/* A socket, because it tells who wrote: the command's process has another number inside. */
void progress_open(const struct run *run, int ends[2])
{
    int yes = 1;
    ends[0] = ends[1] = -1;
    if (run->channels.status < 0 && run->channels.info < 0)
        return;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0 ||
        setsockopt(ends[0], SOL_SOCKET, SO_PASSCRED, &yes, sizeof yes) < 0)
        die("cannot make a socket to the sandbox");
    progress_watch(ends[0]);
}

/* What cannot be told must not happen: somebody relies on it. */
static void send_to_supervisor(const struct run *run, const struct progress *progress, size_t length)
{
    if (run->channels.progress >= 0 && write(run->channels.progress, progress, length) != (ssize_t)length)
        die("cannot tell the supervisor how far the sandbox has come");
}

void progress_entered(const struct run *run)
{
    struct progress progress = {.kind = PROGRESS_ENTERED};
    if (run->channels.progress < 0)
        return;
    for (unsigned i = 0; i < PROGRESS_NAMESPACES; i++) {
        char path[32];
        uint64_t flag;
        struct stat status;
        snprintf(path, sizeof path, "/proc/self/ns/%s", progress_namespace(i, &flag));
        progress.namespaces[i] = stat(path, &status) == 0 ? status.st_ino : 0;
    }
    send_to_supervisor(run, &progress, offsetof(struct progress, text));
}

void progress_tell(const struct run *run, enum progress_kind kind)
{
    struct progress progress = {.kind = kind};
    send_to_supervisor(run, &progress, offsetof(struct progress, namespaces));
}

static void tell_failure(int status, const char *message)
{
    struct progress progress = {.kind = PROGRESS_FAILED, .status = status};
    snprintf(progress.text, sizeof progress.text, "%s", message);
    /* When this fails, the supervisor has the exit status alone to tell of. */
    size_t length = offsetof(struct progress, text) + strlen(progress.text) + 1;
    ssize_t ignored = write(teller->channels.progress, &progress, length);
    (void)ignored;
}

void progress_tell_failures(const struct run *run)
{
    teller = run;
    messages_tell_failures(run->channels.progress < 0 ? NULL : tell_failure);
}

/* It is the only thing that is added. */
static pid_t sender_of(struct msghdr *message)
{
    struct sender sender = {.process = 0};
    struct cmsghdr *part = CMSG_FIRSTHDR(message);
    if (part != NULL && part->cmsg_level == SOL_SOCKET && part->cmsg_type == SCM_CREDENTIALS)
        memcpy(&sender, CMSG_DATA(part), sizeof sender);
    return sender.process;
}

bool progress_take(int end, bool wait, struct progress *progress, pid_t *sender)
{
    char control[64];
    struct iovec data = {.iov_base = progress, .iov_len = sizeof *progress - 1};
    struct msghdr message = {
        .msg_iov = &data, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
    memset(progress, 0, sizeof *progress);
    ssize_t length;
    do
        length = recvmsg(end, &message, MSG_CMSG_CLOEXEC | (wait ? 0 : MSG_DONTWAIT));
    while (length < 0 && errno == EINTR);
    if (length < 0 && errno != ECONNRESET)
        return false;
    *sender = sender_of(&message);
    return true;
}
