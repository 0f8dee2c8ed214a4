#include "job_control.h"

#include <sys/socket.h>

#include "messages.h"
#include "passing.h"
#include "run.h"

void orders_open(int ends[2])
{
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
        die("cannot make a socket to the first process");
}

void orders_send_terminal(const struct run *run, int pty, int command_end)
{
    const int ends[] = {pty, command_end};
    if (passing_send(run->channels.orders, "", 1, ends, 2, PASSING_PATIENCE) != 1)
        die_with_help(passing_help(), "cannot hand the new terminal to the supervisor");
}

void orders_send_status(const struct run *run, int status)
{
    ssize_t ignored = run->channels.orders < 0 ? 0 : send(run->channels.orders, &status, sizeof status, MSG_NOSIGNAL);
    (void)ignored; /* a supervisor that has gone takes us along */
}

bool orders_receive_status(int descriptor, int *status, int ends[2])
{
    unsigned count = 2;
    ends[0] = ends[1] = -1;
    if (descriptor < 0)
        return false;
    ssize_t length = passing_receive(descriptor, status, sizeof *status, ends, &count, MSG_DONTWAIT);
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
