#include "passing.h"

#include <errno.h>
#include <poll.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>

#include "clock.h"
#include "kernel.h"

enum { TURN = 5, SLICE = 200 }; /* milliseconds */

union control {
    struct cmsghdr header;
    char bytes[CMSG_SPACE(sizeof(int) * PASSING_MOST)];
};

ssize_t passing_try(int to, const void *message, size_t length, const int *descriptors, unsigned count)
{
    union control control = {.bytes = {0}};
    struct iovec data = {.iov_base = (void *)(uintptr_t)message, .iov_len = length};
    struct msghdr header = {.msg_iov = &data, .msg_iovlen = 1};
    if (count > 0) {
        control.header.cmsg_level = SOL_SOCKET;
        control.header.cmsg_type = SCM_RIGHTS;
        control.header.cmsg_len = (socklen_t)CMSG_LEN(sizeof(int) * count);
        memcpy(CMSG_DATA(&control.header), descriptors, sizeof(int) * count);
        header.msg_control = control.bytes;
        header.msg_controllen = (socklen_t)CMSG_SPACE(sizeof(int) * count);
    }
    return sendmsg(to, &header, MSG_NOSIGNAL);
}

bool passing_wait(int to)
{
    struct pollfd room = {.fd = to, .events = POLLOUT};
    if (errno == ETOOMANYREFS)
        poll(NULL, 0, TURN); /* nothing says when there are fewer */
    else if (errno == EAGAIN)
        poll(&room, 1, SLICE);
    else
        return errno == EINTR;
    return true;
}

ssize_t passing_send(int to, const void *message, size_t length, const int *descriptors, unsigned count, uint64_t patience)
{
    ssize_t sent = passing_try(to, message, length, descriptors, count);
    if (sent >= 0)
        return sent;
    for (uint64_t until = clock_later(clock_now(), patience); sent < 0; sent = passing_try(to, message, length, descriptors, count)) {
        int error = errno;
        bool again = passing_wait(to) && clock_now() < until;
        errno = error;
        if (!again)
            return -1;
    }
    return sent;
}

const char *passing_help(void)
{
    return errno == ETOOMANYREFS ? "programs of this user hand each other more open files than `ulimit -n` lets this one have" : NULL;
}

/* Where more come than there is room for, the kernel closes the rest and says that it cut the message; it counts what only fills up, too. */
ssize_t passing_receive(int from, void *message, size_t length, int *descriptors, unsigned *count, int flags)
{
    union control control = {.bytes = {0}};
    struct iovec data = {.iov_base = message, .iov_len = length};
    struct msghdr header = {.msg_iov = &data,
                            .msg_iovlen = 1,
                            .msg_control = control.bytes,
                            .msg_controllen = (socklen_t)CMSG_LEN(sizeof(int) * *count)};
    ssize_t received;
    do
        received = recvmsg(from, &header, flags | MSG_CMSG_CLOEXEC);
    while (received < 0 && errno == EINTR);
    struct cmsghdr *part = received < 0 ? NULL : CMSG_FIRSTHDR(&header);
    *count = 0;
    if (part != NULL && part->cmsg_level == SOL_SOCKET && part->cmsg_type == SCM_RIGHTS) {
        *count = (unsigned)((part->cmsg_len - CMSG_LEN(0)) / sizeof(int));
        memcpy(descriptors, CMSG_DATA(part), sizeof(int) * *count);
    }
    if (received >= 0 && (header.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0) {
        while (*count > 0)
            close(descriptors[--*count]);
        errno = EMSGSIZE;
        return -1;
    }
    return received;
}
