/*
 * fake-manager SOCKET MODE [CGROUP]: answers one request for a scope as systemd's manager would, or as it should not.
 * MODE: moves, where the process that asks is put into a new cgroup below CGROUP; forbids; fails, where the job ends
 * and nothing was moved; denies, where the user is not let in; garbage, short and hangup.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "kernel.h"

static unsigned char answer[4096];
static size_t length;

static void put(const void *bytes, size_t size)
{
    memcpy(answer + length, bytes, size);
    length += size;
}

static void put_number(uint32_t number)
{
    put(&number, sizeof number);
}

/* A message without header fields: the launcher looks for none but the name of a signal, anywhere in them. */
static void put_message(char type, const char *fields, const char *body)
{
    const char start[] = {'l', type, 0, 1};
    size_t field_length = strlen(fields), padding = (8 - field_length % 8) % 8;
    put(start, sizeof start);
    put_number((uint32_t)strlen(body) + 5);
    put_number(7);
    put_number((uint32_t)field_length);
    put(fields, field_length);
    put("\0\0\0\0\0\0\0", padding);
    put_number((uint32_t)strlen(body));
    put(body, strlen(body) + 1);
}

static int listen_at(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int server = socket(AF_UNIX, SOCK_STREAM, 0);
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    unlink(path);
    if (bind(server, (struct sockaddr *)&address, sizeof address) < 0 || listen(server, 1) < 0)
        exit(2);
    chmod(path, 0777);
    puts("listening");
    fflush(stdout);
    return accept(server, NULL, NULL);
}

static void read_line(int connection)
{
    char byte;
    while (recv(connection, &byte, 1, 0) == 1 && byte != '\n')
        continue;
}

static void write_file(const char *directory, const char *file, long number)
{
    char path[4500], text[32];
    snprintf(path, sizeof path, "%s/%s", directory, file);
    int descriptor = openat(AT_FDCWD, path, O_WRONLY);
    int size = snprintf(text, sizeof text, "%ld", number);
    if (descriptor < 0 || write(descriptor, text, (size_t)size) != size)
        exit(3);
    close(descriptor);
}

static void move(int connection, const char *cgroup, const char *unit)
{
    struct ucred peer;
    socklen_t size = sizeof peer;
    char path[4352];
    getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &peer, &size);
    snprintf(path, sizeof path, "%s/%s", cgroup, unit);
    if (mkdir(path, 0755) < 0)
        exit(4);
    write_file(path, "cgroup.procs", peer.pid);
}

/* The first string of the body; the launcher's own header ends before it. */
static const char *unit_in(const char *request, size_t size)
{
    const char *suffix = memmem(request, size, ".scope", 6);
    const char *unit = suffix;
    while (unit != NULL && unit > request && unit[-1] > ' ')
        unit--;
    return unit == NULL ? "" : unit;
}

int main(int count, char **arguments)
{
    char request[4096] = "";
    const char *mode = count > 2 ? arguments[2] : "";
    alarm(20); /* nobody may come */
    int connection = listen_at(arguments[1]);
    read_line(connection);
    if (strcmp(mode, "denies") == 0)
        return send(connection, "REJECTED EXTERNAL\r\n", 19, MSG_NOSIGNAL) < 0;
    if (strcmp(mode, "hangup") == 0)
        return 0;
    send(connection, "OK 0123456789abcdef0123456789abcdef\r\n", 37, MSG_NOSIGNAL);
    read_line(connection);
    ssize_t size = recv(connection, request, sizeof request - 1, 0);
    const char *unit = unit_in(request, size > 0 ? (size_t)size : 0);
    printf("%s\n", unit);
    fflush(stdout);
    put_message(4, "JobNew", unit);
    if (strcmp(mode, "forbids") == 0)
        put_message(3, "", "you may not");
    else if (strcmp(mode, "garbage") == 0)
        memset(answer, 'x', length = sizeof answer);
    else if (strcmp(mode, "short") == 0)
        length -= 3;
    else
        put_message(2, "", "/job/1");
    if (strcmp(mode, "moves") == 0)
        move(connection, arguments[3], unit);
    if (strcmp(mode, "fails") == 0)
        put_message(4, "JobRemoved", unit);
    send(connection, answer, length, MSG_NOSIGNAL);
    if (strcmp(mode, "moves") == 0)
        put_message(4, "JobRemoved", unit);
    return 0;
}
