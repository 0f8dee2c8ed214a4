/* Acts on names and addresses: what a sandbox finds of the network, and how it is refused what it does not. */
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "acts.h"
#include "kernel.h"

enum {
    PATIENCE = 700 /* milliseconds */,
    NAME_PATIENCE = 5000,
    NAME_PORT = 53,
    HEADER = 12,
    TYPE_A = 1,
    NO_SUCH_NAME = 3,
    LONGEST = 512
};

/* A literal and a port; its length, or 0. */
static socklen_t address_of(const char *text, uint64_t port, struct sockaddr_storage *storage)
{
    struct sockaddr_in *old = (struct sockaddr_in *)storage;
    struct sockaddr_in6 *new = (struct sockaddr_in6 *)storage;
    *storage = (struct sockaddr_storage){.ss_family = strchr(text, ':') == NULL ? AF_INET : AF_INET6};
    old->sin_port = htons((uint16_t)port); /* at the same place in both */
    if (storage->ss_family == AF_INET)
        return inet_pton(AF_INET, text, &old->sin_addr) == 1 ? sizeof *old : 0;
    return inet_pton(AF_INET6, text, &new->sin6_addr) == 1 ? sizeof *new : 0;
}

/* Waits for what becomes of a connection: 0 where it stands, or says something; ETIMEDOUT where it is not made. */
static int outcome(int made)
{
    int error = 0;
    socklen_t size = sizeof error;
    char byte;
    struct pollfd ready = {.fd = made, .events = POLLOUT};
    if (poll(&ready, 1, PATIENCE) <= 0)
        return ETIMEDOUT;
    if (getsockopt(made, SOL_SOCKET, SO_ERROR, &error, &size) < 0 || error != 0)
        return error != 0 ? error : errno;
    /* Whoever is refused behind a wildcard is accepted first. */
    ready.events = POLLIN;
    if (poll(&ready, 1, PATIENCE) <= 0)
        return 0;
    ssize_t length = recv(made, &byte, 1, MSG_DONTWAIT);
    return length == 0 ? ECONNRESET : act_result(length);
}

static int reach(const char *address, uint64_t port)
{
    struct sockaddr_storage storage;
    socklen_t length = address_of(address, port, &storage);
    if (length == 0)
        return UNABLE(EINVAL);
    int made = socket(storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (made < 0)
        return errno;
    int error = act_result(connect(made, (const struct sockaddr *)&storage, length));
    if (error == 0 || error == EINPROGRESS)
        error = outcome(made);
    close(made);
    return error;
}

static int try_connect(char **arguments, char *value)
{
    (void)value;
    return reach(arguments[0], act_number(arguments[1]));
}

static int try_send(char **arguments, char *value)
{
    struct sockaddr_storage storage;
    socklen_t length = address_of(arguments[0], act_number(arguments[1]), &storage);
    char byte = 'x';
    (void)value;
    if (length == 0)
        return UNABLE(EINVAL);
    int made = socket(storage.ss_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (made < 0)
        return errno;
    struct pollfd ready = {.fd = made, .events = POLLIN};
    int error = act_result(connect(made, (const struct sockaddr *)&storage, length));
    if (error == 0)
        error = act_result(send(made, &byte, 1, MSG_NOSIGNAL));
    if (error == 0)
        error = poll(&ready, 1, PATIENCE) <= 0 ? ETIMEDOUT : act_result(recv(made, &byte, 1, MSG_DONTWAIT));
    close(made);
    return error;
}

/* The first name server that the system's file has. */
static socklen_t name_server(struct sockaddr_storage *storage)
{
    char line[256], address[64];
    socklen_t length = 0;
    FILE *file = fopen("/etc/resolv.conf", "re");
    while (file != NULL && length == 0 && fgets(line, sizeof line, file) != NULL) {
        if (sscanf(line, "nameserver %63s", address) == 1)
            length = address_of(address, NAME_PORT, storage);
    }
    if (file != NULL)
        fclose(file);
    return length;
}

/* A question for the IPv4 address of a name; its length, or 0 where that is no name. */
static size_t question(const char *name, unsigned char *bytes)
{
    static const unsigned char head[HEADER] = {'h', 'x', 1, 0, 0, 1}, tail[] = {0, 0, TYPE_A, 0, 1};
    size_t at = sizeof head;
    memcpy(bytes, head, sizeof head);
    while (*name != '\0') {
        size_t label = strcspn(name, ".");
        if (label == 0 || label > 63 || at + label + 1 + sizeof tail > LONGEST)
            return 0;
        bytes[at++] = (unsigned char)label;
        memcpy(bytes + at, name, label);
        at += label;
        name += label + (name[label] == '.');
    }
    memcpy(bytes + at, tail, sizeof tail);
    return at + sizeof tail;
}

/* Past a name, which ends with a reference or an empty label. */
static size_t after_name(const unsigned char *bytes, size_t at, size_t length)
{
    while (at < length && bytes[at] != 0 && bytes[at] < 0xc0)
        at += 1U + bytes[at];
    return at + (at < length && bytes[at] >= 0xc0 ? 2 : 1);
}

static int first_address(const unsigned char *bytes, size_t length, size_t at, char *value)
{
    unsigned answers = length < HEADER ? 0 : (unsigned)(bytes[6] << 8 | bytes[7]);
    if (length >= HEADER && (bytes[3] & 0xf) != 0)
        return (bytes[3] & 0xf) == NO_SUCH_NAME ? ENOENT : EAGAIN;
    while (answers-- > 0) {
        at = after_name(bytes, at, length);
        if (at + 10 > length)
            break;
        unsigned type = (unsigned)(bytes[at] << 8 | bytes[at + 1]), size = (unsigned)(bytes[at + 8] << 8 | bytes[at + 9]);
        at += 10;
        if (type == TYPE_A && size == 4 && at + size <= length)
            return inet_ntop(AF_INET, bytes + at, value, ACT_VALUE) == NULL ? errno : 0;
        at += size;
    }
    return ENODATA;
}

static int resolve(const char *name, char *value)
{
    struct sockaddr_storage server;
    unsigned char asked[LONGEST], answer[LONGEST];
    socklen_t server_length = name_server(&server);
    size_t length = question(name, asked);
    if (server_length == 0 || length == 0)
        return UNABLE(server_length == 0 ? ENOENT : EINVAL);
    int made = socket(server.ss_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (made < 0)
        return errno;
    struct pollfd ready = {.fd = made, .events = POLLIN};
    int error = act_result(connect(made, (const struct sockaddr *)&server, server_length));
    if (error == 0)
        error = act_result(send(made, asked, length, MSG_NOSIGNAL));
    if (error == 0 && poll(&ready, 1, NAME_PATIENCE) <= 0)
        error = ETIMEDOUT;
    ssize_t got = error == 0 ? recv(made, answer, sizeof answer, MSG_DONTWAIT) : 0;
    if (error == 0)
        error = got < 0 ? errno : first_address(answer, (size_t)got, length, value);
    close(made);
    return error;
}

static int try_resolve(char **arguments, char *value)
{
    return resolve(arguments[0], value);
}

static int try_reach(char **arguments, char *value)
{
    char address[ACT_VALUE] = "";
    int error = resolve(arguments[0], address);
    (void)value;
    return error != 0 ? error : reach(address, act_number(arguments[1]));
}

const struct act network_acts[] = {
    {"resolve", 1, try_resolve},
    {"reach", 2, try_reach},
    {"connect", 2, try_connect},
    {"send", 2, try_send},
    {.name = NULL},
};
