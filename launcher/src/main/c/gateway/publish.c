/*
 * Ports of the sandbox that the host can reach. A connection to them has to be made inside, and the first process makes
 * it: the gateway asks over a socket of theirs, and gets a connected socket for each question.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <sys/socket.h>

#include "gateway.h"
#include "kernel.h"
#include "messages.h"
#include "passing.h"
#include "run.h"

enum { PATIENCE = 5 /* milliseconds; the loopback answers at once, or not for long */, LONGEST = 500 };
enum { REPETITIONS = 3 /* of a SYN that is not answered: some 15 seconds */ };

static int new_socket(int family)
{
    return socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}

int publish_open(struct run *run)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
        die("cannot make a socket for published ports");
    run->channels.connector = ends[0];
    run->channels.unconnected = new_socket(AF_INET);
    if (run->channels.unconnected < 0)
        die("cannot make a socket that is connected to nothing");
    return ends[1];
}

void publish_begin(const struct run *run)
{
    if (run->channels.connector < 0)
        return;
    if (fcntl(run->channels.connector, F_SETOWN, getpid()) < 0 ||
        fcntl(run->channels.connector, 10 /* F_SETSIG */, SIGURG) < 0 ||
        fcntl(run->channels.connector, F_SETFL, O_ASYNC | O_NONBLOCK) < 0)
        die("cannot watch for connections to published ports");
}

/* -1 where nobody listens, or there is nothing to connect with; else a socket that is connected, or may yet be. */
static int connecting(const struct sockaddr *address, socklen_t length)
{
    static const int most = REPETITIONS;
    int made = new_socket(address->sa_family);
    if (made < 0)
        return -1;
    if (setsockopt(made, IPPROTO_TCP, TCP_SYNCNT, &most, sizeof most) == 0 &&
        (connect(made, address, length) == 0 || errno == EINPROGRESS))
        return made;
    close(made);
    return -1;
}

enum answered { REFUSED, PENDING, CONNECTED };

static enum answered answered(int made, int patience)
{
    int error = 0;
    socklen_t size = sizeof error;
    struct pollfd ready = {.fd = made, .events = POLLOUT};
    if (made < 0)
        return REFUSED;
    if (poll(&ready, 1, patience) != 1)
        return PENDING;
    return getsockopt(made, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0 ? CONNECTED : REFUSED;
}

/*
 * One that is connected, else one that is not refused: whoever listens inside and accepts nothing must not hold up the
 * first process, so it is the gateway that waits.
 */
static int connected_to(uint16_t port)
{
    struct sockaddr_in old = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct sockaddr_in6 new = {.sin6_family = AF_INET6, .sin6_port = htons(port), .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    int first = connecting((const struct sockaddr *)&old, sizeof old);
    enum answered by_first = answered(first, PATIENCE);
    if (by_first == CONNECTED)
        return first;
    int second = connecting((const struct sockaddr *)&new, sizeof new);
    enum answered by_second = answered(second, by_first == PENDING ? 0 : PATIENCE);
    int chosen = by_second == CONNECTED ? second : by_first == PENDING ? first : by_second == PENDING ? second : -1;
    if (first >= 0 && first != chosen)
        close(first);
    if (second >= 0 && second != chosen)
        close(second);
    return chosen;
}

/*
 * Each question has its answer, in turn: one that is left out would have the next one taken for it. The kernel may have too
 * much on its way already; if that lasts, there are no more answers.
 */
static void answer(struct run *run, int made)
{
    if (passing_send(run->channels.connector, "", 1, &made, 1, LONGEST) > 0)
        return;
    close(run->channels.connector);
    run->channels.connector = -1;
}

void publish_serve(struct run *run)
{
    unsigned char port[2];
    while (run->channels.connector >= 0 &&
           recv(run->channels.connector, port, sizeof port, MSG_DONTWAIT) == (ssize_t)sizeof port) {
        int made = connected_to((uint16_t)(port[0] << 8 | port[1]));
        answer(run, made < 0 ? run->channels.unconnected : made);
        if (made >= 0)
            close(made);
    }
}
