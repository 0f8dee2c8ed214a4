#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "join.h"
#include "kernel.h"

union control {
    struct cmsghdr header;
    char bytes[CMSG_SPACE(sizeof(int) * JOIN_STREAMS)];
};

unsigned join_address(struct sockaddr_un *address, const char name[JOIN_NAME])
{
    static const char prefix[] = "hexe-policy-enter-";
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    memcpy(address->sun_path + 1, prefix, sizeof prefix - 1);
    memcpy(address->sun_path + sizeof prefix, name, JOIN_NAME);
    return offsetof(struct sockaddr_un, sun_path) + sizeof prefix + JOIN_NAME;
}

ssize_t join_send(int to, const void *message, size_t length, const int *descriptors, unsigned count)
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

/* Where more come than there is room for, the kernel closes the rest and says that it cut the message. */
ssize_t join_receive(int from, void *message, size_t length, int *descriptors, unsigned *count, int flags)
{
    union control control = {.bytes = {0}};
    struct iovec data = {.iov_base = message, .iov_len = length};
    struct msghdr header = {.msg_iov = &data,
                            .msg_iovlen = 1,
                            .msg_control = control.bytes,
                            .msg_controllen = (socklen_t)CMSG_SPACE(sizeof(int) * *count)};
    ssize_t received;
    do
        received = recvmsg(from, &header, flags | MSG_CMSG_CLOEXEC);
    while (received < 0 && errno == EINTR);
    unsigned room = *count;
    struct cmsghdr *part = received < 0 ? NULL : CMSG_FIRSTHDR(&header);
    *count = 0;
    if (part != NULL && part->cmsg_level == SOL_SOCKET && part->cmsg_type == SCM_RIGHTS) {
        *count = (unsigned)((part->cmsg_len - CMSG_LEN(0)) / sizeof(int));
        if (*count > room)
            *count = room;
        memcpy(descriptors, CMSG_DATA(part), sizeof(int) * *count);
    }
    if (received >= 0 && (header.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0) {
        errno = EMSGSIZE;
        return -1;
    }
    return received;
}
