/*
 * The request that `systemd-run --scope` makes, see org.freedesktop.systemd1(5) and the D-Bus specification: over the
 * manager's private socket, where there is no bus and so no more to it than one call and its answer.
 */
#include "systemd.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "kernel.h"
#include "messages.h"

enum { ANSWER_TIME = 3000, HEADER = 16, LONGEST_ANSWER = 1 << 16, METHOD_RETURN = 2, ERROR = 3 };

static const char help[] = "see `systemctl status` and `journalctl`; without systemd, limits need a delegated cgroup";

/* A message of a few strings; what does not fit is a mistake in this file. */
struct message {
    unsigned char bytes[1024];
    size_t length;
};

static void put_bytes(struct message *message, const void *bytes, size_t length)
{
    if (length > sizeof message->bytes - message->length)
        refuse("a request to systemd is too long");
    memcpy(message->bytes + message->length, bytes, length);
    message->length += length;
}

static void align(struct message *message, size_t size)
{
    static const unsigned char zeros[8];
    put_bytes(message, zeros, (size - message->length % size) % size);
}

static void put_number(struct message *message, uint32_t number)
{
    align(message, 4);
    put_bytes(message, &number, sizeof number);
}

static void put_string(struct message *message, const char *text)
{
    put_number(message, (uint32_t)strlen(text));
    put_bytes(message, text, strlen(text) + 1);
}

static void put_signature(struct message *message, const char *text)
{
    unsigned char length = (unsigned char)strlen(text);
    put_bytes(message, &length, 1);
    put_bytes(message, text, length + 1U);
}

/* Where the length of an array goes, which is known at its end; the padding before the first element does not count. */
struct array {
    size_t length_at, start;
};

static struct array begin_array(struct message *message, size_t alignment)
{
    put_number(message, 0);
    struct array array = {.length_at = message->length - 4};
    align(message, alignment);
    array.start = message->length;
    return array;
}

static void end_array(struct message *message, struct array array)
{
    uint32_t length = (uint32_t)(message->length - array.start);
    memcpy(message->bytes + array.length_at, &length, sizeof length);
}

static void put_property(struct message *message, const char *name, const char *signature)
{
    align(message, 8);
    put_string(message, name);
    put_signature(message, signature);
}

/* StartTransientUnit(name, mode, properties, other units). Process 0 is the one at the other end of the socket. */
static void put_body(struct message *message, const char *unit)
{
    put_string(message, unit);
    put_string(message, "fail");
    struct array properties = begin_array(message, 8);
    put_property(message, "Description", "s");
    put_string(message, "a command run by hexe-policy");
    put_property(message, "CollectMode", "s");
    put_string(message, "inactive-or-failed");
    put_property(message, "Delegate", "b");
    put_number(message, 1);
    put_property(message, "PIDs", "au");
    struct array processes = begin_array(message, 4);
    put_number(message, 0);
    end_array(message, processes);
    end_array(message, properties);
    end_array(message, begin_array(message, 8));
}

static void put_field(struct message *message, unsigned char code, const char *signature, const char *text)
{
    align(message, 8);
    put_bytes(message, &code, 1);
    put_signature(message, signature);
    if (signature[0] == 'g')
        put_signature(message, text);
    else
        put_string(message, text);
}

static char byte_order(void)
{
    const uint16_t one = 1;
    return *(const unsigned char *)&one == 1 ? 'l' : 'B';
}

static void put_header(struct message *message, uint32_t body)
{
    const unsigned char start[] = {(unsigned char)byte_order(), 1 /* a call */, 0, 1 /* the protocol */};
    put_bytes(message, start, sizeof start);
    put_number(message, body);
    put_number(message, 1); /* the serial */
    struct array fields = begin_array(message, 8);
    put_field(message, 1, "o", "/org/freedesktop/systemd1");
    put_field(message, 2, "s", "org.freedesktop.systemd1.Manager");
    put_field(message, 3, "s", "StartTransientUnit");
    put_field(message, 6, "s", "org.freedesktop.systemd1");
    put_field(message, 8, "g", "ssa(sv)a(sa(sv))");
    end_array(message, fields);
    align(message, 8);
}

static void send_all(int connection, const void *bytes, size_t length)
{
    if (send(connection, bytes, length, MSG_NOSIGNAL) != (ssize_t)length)
        die_with_help(help, "cannot talk to systemd");
}

static bool wait_for_data(int connection, int milliseconds)
{
    struct pollfd answer = {.fd = connection, .events = POLLIN};
    int ready;
    do
        ready = poll(&answer, 1, milliseconds);
    while (ready < 0 && errno == EINTR);
    return ready > 0;
}

static void receive_all(int connection, void *bytes, size_t length)
{
    unsigned char *to = bytes;
    while (length > 0) {
        if (!wait_for_data(connection, ANSWER_TIME))
            refuse_with_help(help, "systemd does not answer");
        ssize_t got = recv(connection, to, length, 0);
        if (got < 0)
            die_with_help(help, "cannot listen to systemd");
        if (got == 0)
            refuse_with_help(help, "systemd hung up");
        to += got;
        length -= (size_t)got;
    }
}

static int connect_to(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int connection = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (strlen(path) >= sizeof address.sun_path)
        refuse("the path of systemd's socket is too long");
    memcpy(address.sun_path, path, strlen(path) + 1);
    if (connection < 0 || connect(connection, (struct sockaddr *)&address, sizeof address) < 0)
        die_with_help(help, "cannot connect to systemd at `%s`", path);
    return connection;
}

/* The user id in decimal, and that in hexadecimal; the kernel vouches for it. */
static void authenticate(int connection)
{
    char id[24], request[96] = "", line[256];
    snprintf(id, sizeof id, "%u", geteuid());
    size_t length = (size_t)snprintf(request + 1, sizeof request - 1, "AUTH EXTERNAL ") + 1;
    for (const char *digit = id; *digit != '\0'; digit++)
        length += (size_t)snprintf(request + length, sizeof request - length, "%02x", (unsigned)*digit);
    length += (size_t)snprintf(request + length, sizeof request - length, "\r\n");
    send_all(connection, request, length); /* the first byte is NUL */
    size_t used = 0;
    do
        receive_all(connection, line + used++, 1);
    while (line[used - 1] != '\n' && used < sizeof line);
    if (strncmp(line, "OK ", 3) != 0)
        refuse_with_help(help, "systemd does not let this user in");
    send_all(connection, "BEGIN\r\n", 7);
}

static uint32_t number_at(const unsigned char *bytes)
{
    uint32_t number;
    memcpy(&number, bytes, sizeof number);
    return number;
}

/* Receives one message; the result is its type. The body begins at the returned offset. */
static unsigned char receive_message(int connection, unsigned char bytes[LONGEST_ANSWER], size_t *body, size_t *length)
{
    receive_all(connection, bytes, HEADER);
    size_t fields = ((size_t)number_at(bytes + 12) + 7) / 8 * 8, rest = number_at(bytes + 4);
    if (bytes[0] != (unsigned char)byte_order() || fields > LONGEST_ANSWER - HEADER ||
        rest >= LONGEST_ANSWER - HEADER - fields)
        refuse_with_help(help, "systemd says something that cannot be understood");
    receive_all(connection, bytes + HEADER, fields + rest);
    *body = HEADER + fields;
    *length = HEADER + fields + rest;
    bytes[*length] = '\0';
    return bytes[1];
}

/* The body of an error is a string. */
static _Noreturn void report_error(const unsigned char *bytes, size_t body, size_t length)
{
    const char *text = length - body > 4 && number_at(bytes + body) < length - body - 4 ? (const char *)bytes + body + 4
                                                                                       : "it does not say why";
    refuse_with_help(help, "systemd gives no scope: %s", text);
}

void systemd_own_cgroup(char *path, unsigned size)
{
    char text[8192];
    int file = openat(AT_FDCWD, "/proc/self/cgroup", O_RDONLY | O_CLOEXEC);
    ssize_t length = file < 0 ? -1 : read(file, text, sizeof text - 1);
    if (file >= 0)
        close(file);
    text[length > 0 ? length : 0] = '\0';
    const char *line = strncmp(text, "0::", 3) == 0 ? text : strstr(text, "\n0::");
    line = line == NULL ? "" : strchr(line, ':') + 2;
    snprintf(path, size, "%.*s", (int)strcspn(line, "\n"), line);
}

static bool is_in(const char *unit)
{
    char path[4096];
    systemd_own_cgroup(path, sizeof path);
    const char *name = strrchr(path, '/');
    return name != NULL && strcmp(name + 1, unit) == 0;
}

/* The name of the unit in a message about the end of a job. */
static bool is_end_of_job(const unsigned char *bytes, size_t body, size_t length, const char *unit)
{
    return memmem(bytes, body, "JobRemoved", 10) != NULL &&
           memmem(bytes + body, length - body, unit, strlen(unit)) != NULL;
}

void systemd_start_scope(const char *socket, const char *unit)
{
    static unsigned char bytes[LONGEST_ANSWER];
    struct message message = {.length = 0}, body_part = {.length = 0};
    size_t body, length;
    bool ended = false;
    int connection = connect_to(socket);
    authenticate(connection);
    put_body(&body_part, unit);
    put_header(&message, (uint32_t)body_part.length);
    put_bytes(&message, body_part.bytes, body_part.length);
    send_all(connection, message.bytes, message.length);
    while (!is_in(unit)) {
        if (ended)
            refuse_with_help(help, "systemd could not move this process into a scope");
        unsigned char type = receive_message(connection, bytes, &body, &length);
        if (type == ERROR)
            report_error(bytes, body, length);
        ended = is_end_of_job(bytes, body, length, unit);
    }
    close(connection);
}
