/*
 * What a process inside could send the supervisor about how far the sandbox has come, and the lines that come of it:
 * each has to be one object of JSON. The first byte of a message is its length in words of 16 bytes.
 */
#include "fuzz.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "run.h"
#include "status.h"

static const char *value(const char *at, int depth);

static const char *string(const char *at)
{
    holds(*at == '"', "a string begins");
    for (at++; *at != '"'; at++) {
        holds((unsigned char)*at >= 0x20, "no control character stands in a string");
        if (*at != '\\')
            continue;
        at++;
        holds(strchr("\"\\u", *at) != NULL && *at != '\0', "an escape is known");
        if (*at == 'u') {
            holds(strspn(at + 1, "0123456789abcdef") >= 4, "an escape has four digits");
            at += 4;
        }
    }
    return at + 1;
}

static const char *members(const char *at, char last, int depth)
{
    for (at++; *at != last;) {
        if (last == '}') {
            at = string(at);
            holds(*at == ':', "a name has a value");
            at++;
        }
        at = value(at, depth + 1);
        if (*at == ',')
            at++;
        else
            holds(*at == last, "a list ends");
    }
    return at + 1;
}

static const char *value(const char *at, int depth)
{
    holds(depth < 8, "nothing is nested deeply");
    if (*at == '{' || *at == '[')
        return members(at, *at == '{' ? '}' : ']', depth);
    if (*at == '"')
        return string(at);
    size_t digits = strspn(at, "-0123456789");
    holds(digits > 0, "what else there is is a number");
    return at + digits;
}

static void check(int file)
{
    static char text[1 << 16];
    ssize_t length = pread(file, text, sizeof text - 1, 0);
    holds(length >= 0, "the status can be read");
    text[length] = '\0';
    for (const char *at = text; *at != '\0'; at++) {
        holds(*at == '{', "a line is an object");
        at = value(at, 0);
        holds(*at == '\n', "a line has one object");
    }
}

static void send_all(int end, const uint8_t *data, size_t size)
{
    while (size > 0) {
        size_t length = data[0] * 16U;
        if (length > size - 1)
            length = size - 1;
        if (length > 0 && send(end, data + 1, length, MSG_DONTWAIT | MSG_NOSIGNAL) < 0)
            return;
        data += length + 1;
        size -= length + 1;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static int file = -1;
    static unsigned char nothing[PLAN_HEADER] = "HEXEPLAN\1";
    struct plan plan = {.bytes = nothing, .length = sizeof nothing};
    struct run run = {.plan = &plan,
                      .channels = {.status = -1, .info = -1, .progress = -1},
                      .child = getpid(),
                      .namespaces = ~0ULL};
    int ends[2], yes = 1;
    if (file < 0)
        file = memfd_create("status", MFD_CLOEXEC);
    if (file < 0 || ftruncate(file, 0) < 0 || lseek(file, 0, SEEK_SET) < 0 ||
        socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0 ||
        setsockopt(ends[0], SOL_SOCKET, SO_PASSCRED, &yes, sizeof yes) < 0)
        return 0;
    run.channels.status = file;
    run.channels.progress = ends[0];
    status_begin(&run);
    send_all(ends[1], data, size);
    status_look(&run);
    close(ends[1]);
    status_command_ran(&run, size > 0 ? data[0] : 0);
    check(file);
    if (run.channels.progress >= 0)
        close(run.channels.progress);
    return 0;
}
