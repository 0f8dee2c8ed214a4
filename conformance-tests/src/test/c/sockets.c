/* Acts on sockets. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "acts.h"

static int finished(int descriptor, int value)
{
    int error = value < 0 ? errno : 0;
    if (descriptor >= 0)
        close(descriptor);
    return error;
}

/* What is held is held until the standard input ends. */
static int hold(int error)
{
    char byte;
    if (error == 0) {
        printf("ok\n");
        fflush(stdout);
        while (read(0, &byte, 1) > 0)
            continue;
    }
    return error;
}

static int try_hold_abstract(char **arguments)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    socklen_t length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + strlen(arguments[0]));
    strncpy(address.sun_path + 1, arguments[0], sizeof address.sun_path - 2);
    int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int value = bind(descriptor, (struct sockaddr *)&address, length);
    if (value == 0)
        value = listen(descriptor, 8);
    return finished(descriptor, hold(value < 0 ? errno : 0) == 0 ? 0 : -1);
}

static int try_hold_shared_memory(char **arguments)
{
    int segment = shmget((key_t)atoi(arguments[0]), 4096, IPC_CREAT | IPC_EXCL | 0600);
    int error = hold(segment < 0 ? errno : 0);
    shmctl(segment, IPC_RMID, NULL);
    return error;
}

static int connect_unix(const struct sockaddr_un *address, size_t name)
{
    int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    socklen_t length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + name);
    return finished(descriptor, connect(descriptor, (const struct sockaddr *)address, length));
}

static int try_connect_abstract(char **arguments)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strncpy(address.sun_path + 1, arguments[0], sizeof address.sun_path - 2);
    return connect_unix(&address, 1 + strlen(arguments[0]));
}

static int try_connect_unix(char **arguments)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strncpy(address.sun_path, arguments[0], sizeof address.sun_path - 1);
    return connect_unix(&address, strlen(arguments[0]) + 1);
}

static struct sockaddr_in internet(char **arguments)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(arguments[1]))};
    inet_pton(AF_INET, arguments[0], &address.sin_addr);
    return address;
}

static int try_connect_tcp(char **arguments)
{
    struct sockaddr_in address = internet(arguments);
    int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    return finished(descriptor, connect(descriptor, (struct sockaddr *)&address, sizeof address));
}

static int try_send_udp(char **arguments)
{
    struct sockaddr_in address = internet(arguments);
    int descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    return finished(descriptor,
                    (int)sendto(descriptor, "x", 1, 0, (struct sockaddr *)&address, sizeof address));
}

/* A connection to itself. */
static int try_loopback(char **arguments)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    (void)arguments;
    int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int value = bind(server, (struct sockaddr *)&address, length);
    if (value == 0)
        value = listen(server, 1);
    if (value == 0)
        value = getsockname(server, (struct sockaddr *)&address, &length);
    if (value == 0)
        value = connect(client, (struct sockaddr *)&address, length);
    int error = finished(client, value);
    close(server);
    return error;
}

static int try_raw_socket(char **arguments)
{
    (void)arguments;
    int descriptor = socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_ICMP);
    return finished(descriptor, descriptor);
}

const struct act socket_acts[] = {
    {"connect-abstract", 1, try_connect_abstract}, {"connect-unix", 1, try_connect_unix},
    {"connect-tcp", 2, try_connect_tcp},           {"send-udp", 2, try_send_udp},
    {"hold-abstract", 1, try_hold_abstract},       {"hold-shared-memory", 1, try_hold_shared_memory},
    {"loopback", 0, try_loopback},                 {"raw-socket", 0, try_raw_socket},
    {NULL, 0, NULL},
};
