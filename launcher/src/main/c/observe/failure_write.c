/* Writes failed calls down as JSON. */
#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>

#include "failed_call.h"
#include "kernel.h"
#include "messages.h"

static void add_address(struct text *line, const struct failure *failure)
{
    char text[64] = "";
    unsigned short family = AF_UNSPEC;
    if (failure->address_length > sizeof family)
        memcpy(&family, failure->address, sizeof family);
    if (family == AF_INET && failure->address_length >= 8)
        inet_ntop(AF_INET, failure->address + 4, text, sizeof text);
    else if (family == AF_INET6 && failure->address_length >= 24)
        inet_ntop(AF_INET6, failure->address + 8, text, sizeof text);
    else if (family == AF_UNIX && failure->path[0] == '\0' && failure->address_length > 3) {
        text_add(line, ",\"abstract\":");
        text_add_json(line, (const char *)failure->address + 3);
    }
    if (text[0] != '\0')
        text_add(line, ",\"address\":\"%s\",\"port\":%u", text, (unsigned)failure->address[2] << 8 | failure->address[3]);
}

static const char *wanted(const struct failure *failure)
{
    if (failure->want == WANT_ACCESS && (failure->mode & W_OK) != 0)
        return "write";
    if (failure->want == WANT_ACCESS && failure->mode != 0)
        return (failure->mode & X_OK) != 0 ? "execute" : "read";
    return want_name(failure->want);
}

static void add(struct text *line, const char *name, const char *value)
{
    if (value[0] == '\0')
        return;
    text_add(line, ",\"%s\":", name);
    text_add_json(line, value);
}

static bool has_number(enum want want)
{
    return want == WANT_SIGNAL || want == WANT_TRACE || want == WANT_PRIVILEGE || want == WANT_NAMESPACE || want == WANT_IPC ||
           want == WANT_LIMIT || want == WANT_CREATE;
}

void failure_write_one(struct text *lines, const struct failure *failure)
{
    const char *error = failure->signal != 0  ? signal_name(failure->signal)
                        : failure->error != 0 ? error_name(failure->error)
                                              : "";
    text_add(lines, "{\"want\":\"%s\",\"call\":\"%s\",\"error\":\"%s\"", wanted(failure), failure->call->name,
             error == NULL ? "?" : error);
    add(lines, "path", failure->path);
    add(lines, "absent", failure->absent);
    add(lines, "second", failure->second);
    if (failure_is_of_socket(failure->want))
        add_address(lines, failure);
    else
        add(lines, "name", (const char *)failure->address); /* a NUL is behind it: there is room for more */
    if (has_number(failure->want))
        text_add(lines, ",\"number\":%lld", (long long)failure->number);
    if (failure->want == WANT_GAIN && failure->signal == 0)
        text_add(lines, ",\"number\":%d", failure->status);
    text_add(lines, ",\"count\":%u,\"process\":%d,\"inside\":%d", failure->count, failure->process, failure->inside);
    add(lines, "command", failure->command);
    text_add(lines, "}\n");
}
