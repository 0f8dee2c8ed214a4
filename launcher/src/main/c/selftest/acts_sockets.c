/* Acts on sockets. Only the host's own loopback is tried, and what the caller of the attempts listens on there. */
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "acts.h"
#include "kernel.h"

enum { PATIENCE = 700 /* milliseconds */, FAMILY_VSOCK = 40 };

static struct sockaddr_in loopback(uint64_t port)
{
    return (struct sockaddr_in){.sin_family = AF_INET,
                                .sin_port = htons((uint16_t)port),
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

static int connected(int family, int type, const void *address, size_t length)
{
    int socket_ = socket(family, type | SOCK_CLOEXEC, 0);
    if (socket_ < 0)
        return socket_;
    if (connect(socket_, address, (socklen_t)length) == 0)
        return socket_;
    int error = errno;
    close(socket_);
    errno = error;
    return -1;
}

static int try_connect_tcp(char **arguments, char *value)
{
    struct sockaddr_in address = loopback(act_number(arguments[0]));
    (void)value;
    return act_opened(connected(AF_INET, SOCK_STREAM, &address, sizeof address));
}

/* A datagram that is sent has not arrived; there has to be an answer. */
static int converse(int socket_)
{
    char byte = 'x';
    struct pollfd answer = {.fd = socket_, .events = POLLIN};
    if (send(socket_, &byte, 1, MSG_NOSIGNAL) < 0)
        return errno;
    if (poll(&answer, 1, PATIENCE) <= 0)
        return ETIMEDOUT;
    return act_result(recv(socket_, &byte, 1, 0));
}

static int try_echo_udp(char **arguments, char *value)
{
    struct sockaddr_in address = loopback(act_number(arguments[0]));
    int socket_ = connected(AF_INET, SOCK_DGRAM, &address, sizeof address);
    (void)value;
    if (socket_ < 0)
        return errno;
    int error = converse(socket_);
    close(socket_);
    return error;
}

static int connect_local(const char *name, size_t start)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t length = strlen(name);
    if (start + length >= sizeof address.sun_path)
        return UNABLE(ENAMETOOLONG);
    memcpy(address.sun_path + start, name, length);
    return act_opened(
        connected(AF_UNIX, SOCK_STREAM, &address, offsetof(struct sockaddr_un, sun_path) + start + length));
}

static int try_connect_unix(char **arguments, char *value)
{
    (void)value;
    return connect_local(arguments[0], 0);
}

static int try_connect_abstract(char **arguments, char *value)
{
    (void)value;
    return connect_local(arguments[0], 1);
}

static int family(const char *name)
{
    if (strcmp(name, "packet") == 0)
        return AF_PACKET;
    if (strcmp(name, "vsock") == 0)
        return FAMILY_VSOCK;
    return strcmp(name, "inet6") == 0 ? AF_INET6 : AF_INET;
}

static int try_socket(char **arguments, char *value)
{
    int type = strcmp(arguments[0], "packet") == 0 || strcmp(arguments[0], "raw") == 0 ? SOCK_RAW : SOCK_STREAM;
    (void)value;
    return act_opened(socket(family(arguments[0]), type | SOCK_CLOEXEC, type == SOCK_RAW ? 1 : 0));
}

/* Listens and connects to itself. */
static int try_own_loopback(char **arguments, char *value)
{
    struct sockaddr_in address = loopback(0);
    socklen_t length = sizeof address;
    int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    (void)arguments;
    (void)value;
    if (server < 0)
        return errno;
    int error = act_result(bind(server, (struct sockaddr *)&address, length));
    if (error == 0)
        error = act_result(listen(server, 1));
    if (error == 0)
        error = act_result(getsockname(server, (struct sockaddr *)&address, &length));
    if (error == 0)
        error = act_opened(connected(AF_INET, SOCK_STREAM, &address, sizeof address));
    close(server);
    return error;
}

const struct act socket_acts[] = {
    {"connect-tcp", 1, try_connect_tcp},
    {"echo-udp", 1, try_echo_udp},
    {"connect-unix", 1, try_connect_unix},
    {"connect-abstract", 1, try_connect_abstract},
    {"socket", 1, try_socket},
    {"own-loopback", 0, try_own_loopback},
    {.name = NULL},
};
