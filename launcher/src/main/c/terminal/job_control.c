#include "job_control.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "messages.h"
#include "run.h"

void orders_open(int ends[2])
{
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
        die("cannot make a socket to the first process");
}

union ends {
    struct cmsghdr header;
    char bytes[CMSG_SPACE(2 * sizeof(int))];
};

void orders_send_terminal(const struct run *run, int pty, int command_end)
{
    char nothing = 0;
    union ends control = {.header = {.cmsg_len = CMSG_LEN(2 * sizeof(int)),
                                     .cmsg_level = SOL_SOCKET,
                                     .cmsg_type = SCM_RIGHTS}};
    struct iovec data = {.iov_base = &nothing, .iov_len = 1};
    struct msghdr message = {
        .msg_iov = &data, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control.bytes};
    memcpy(CMSG_DATA(&control.header), (int[]){pty, command_end}, 2 * sizeof(int));
    if (sendmsg(run->channels.orders, &message, MSG_NOSIGNAL) != 1)
        die("cannot hand the new terminal to the supervisor");
}

void orders_send_status(const struct run *run, int status)
{
    ssize_t ignored = run->channels.orders < 0 ? 0 : send(run->channels.orders, &status, sizeof status, MSG_NOSIGNAL);
    (void)ignored; /* a supervisor that has gone takes us along */
}

bool orders_receive_status(int descriptor, int *status, int ends[2])
{
    union ends control;
    struct iovec data = {.iov_base = status, .iov_len = sizeof *status};
    struct msghdr message = {
        .msg_iov = &data, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control.bytes};
    ends[0] = ends[1] = -1;
    if (descriptor < 0)
        return false;
    ssize_t length = recvmsg(descriptor, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    struct cmsghdr *header = length == 1 ? CMSG_FIRSTHDR(&message) : NULL;
    if (header != NULL && header->cmsg_type == SCM_RIGHTS && header->cmsg_len == CMSG_LEN(2 * sizeof(int)))
        memcpy(ends, CMSG_DATA(header), 2 * sizeof(int));
    return length == (ssize_t)sizeof *status || ends[0] >= 0;
}

bool orders_send(int descriptor, enum order order)
{
    char byte = (char)order;
    return descriptor >= 0 && send(descriptor, &byte, 1, MSG_NOSIGNAL | MSG_DONTWAIT) == 1;
}

enum order orders_receive(const struct run *run)
{
    char byte = ORDER_NONE;
    if (run->channels.orders < 0 || recv(run->channels.orders, &byte, 1, MSG_DONTWAIT) != 1)
        return ORDER_NONE;
    return (enum order)byte;
}
