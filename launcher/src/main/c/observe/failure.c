#include "failure.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "host.h"
#include "kernel.h"
#include "messages.h"
#include "place.h"

enum { SLOTS = 1 << 15, MOST = SLOTS / 2, COMMAND = 512, ADDRESS = 128 };

/* One line of the report to be; what follows it are strings: path, absent, second, command. */
struct failure {
    uint64_t key;
    const struct call *call;
    enum want want;
    int error;
    unsigned mode, count;
    bool creates, ordinary, refused, killed;
    pid_t process, inside;
    int64_t number;
    unsigned char address[ADDRESS];
    unsigned address_length;
    char *path, *absent, *second, *command;
};

static struct failure *failures[SLOTS];
static unsigned count, first_new;
static struct failure *in_order[MOST];
static uint64_t seen, lost;

/* FNV-1a */
static uint64_t mix(uint64_t key, const void *bytes, size_t length)
{
    const unsigned char *byte = bytes;
    for (size_t i = 0; i < length; i++)
        key = (key ^ byte[i]) * 1099511628211U;
    return key;
}

static uint64_t mix_text(uint64_t key, const char *text)
{
    return mix(key, text, strlen(text) + 1);
}

static char *copy(const char *text)
{
    char *copied = strdup(text);
    if (copied == NULL)
        die("cannot remember what was refused");
    return copied;
}

/* Those that a policy can be the cause of. */
static bool is_of_interest(enum want want, int error)
{
    switch (error) {
    case 0: /* it has worked: to know that something is there takes nothing by itself */
        return want > WANT_ACCESS && want <= WANT_BIND;
    case EACCES:
    case EPERM:
    case EROFS:
        return want != WANT_FILTER;
    case ENOENT:
    case ENOTDIR:
        return want <= WANT_SEND;
    case EINVAL: /* of an id that does not exist inside */
        return want == WANT_OWN;
    case EXDEV:
    case EBUSY:
        return want == WANT_RENAME || want == WANT_REMOVE;
    case ENETUNREACH:
    case EHOSTUNREACH:
    case EADDRNOTAVAIL:
    case ECONNREFUSED:
        return want == WANT_CONNECT || want == WANT_SEND || want == WANT_BIND;
    case ESRCH:
        return want == WANT_SIGNAL;
    case ENOSPC:
    case EUSERS:
        return want == WANT_NAMESPACE;
    default:
        return false;
    }
}

static uint64_t open_flags(const struct thread *thread)
{
    uint64_t flags = thread->arguments[thread->call->flags];
    if (thread->call->number == SYS_openat2 && !thread_read(thread->id, flags, &flags, sizeof flags))
        flags = 0;
    return flags;
}

static enum want want_of_open(uint64_t flags)
{
    if ((flags & O_PATH) != 0)
        return WANT_LOOK;
    return (flags & O_ACCMODE) != O_RDONLY || (flags & (O_CREAT | O_TRUNC)) != 0 ? WANT_WRITE : WANT_READ;
}

static void command_line(pid_t thread, char text[COMMAND])
{
    char name[64];
    snprintf(name, sizeof name, "/proc/%d/cmdline", thread);
    int file = open(name, O_RDONLY | O_CLOEXEC);
    ssize_t length = file < 0 ? 0 : read(file, text, COMMAND - 1);
    if (file >= 0)
        close(file);
    for (ssize_t i = 0; i + 1 < length; i++) {
        if (text[i] == '\0')
            text[i] = ' ';
    }
    text[length > 0 ? length : 0] = '\0';
}

/* Of the process a thread belongs to, outside and inside. */
static void numbers(struct failure *failure, pid_t thread)
{
    char name[64], line[256];
    snprintf(name, sizeof name, "/proc/%d/status", thread);
    FILE *file = fopen(name, "re");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        int number;
        if (sscanf(line, "Tgid: %d", &number) == 1)
            failure->process = failure->inside = number;
        if (strncmp(line, "NStgid:", 7) == 0)
            failure->inside = atoi(strrchr(line, '\t') + 1);
    }
    if (file != NULL)
        fclose(file);
}

static void take_address(struct failure *failure, const struct thread *thread)
{
    bool send = failure->want == WANT_SEND;
    uint64_t length = thread->arguments[send ? 5 : 2];
    failure->address_length = length > ADDRESS - 1 ? ADDRESS - 1 : (unsigned)length;
    if (!thread_read(thread->id, thread->arguments[send ? 4 : 1], failure->address, failure->address_length))
        failure->address_length = 0;
}

/* What is not in a file system has no path: an abstract socket, and those of other families. */
static const char *socket_path(const struct failure *failure)
{
    unsigned short family = AF_UNSPEC;
    if (failure->address_length <= sizeof family)
        return "";
    memcpy(&family, failure->address, sizeof family);
    return family == AF_UNIX ? (const char *)failure->address + sizeof family : "";
}

struct raw {
    char base[PLACE_LENGTH], path[PLACE_LENGTH], second_base[PLACE_LENGTH], second[PLACE_LENGTH];
};

static bool is_of_socket(enum want want)
{
    return want == WANT_CONNECT || want == WANT_SEND || want == WANT_BIND;
}

static void take_path(const struct thread *thread, int directory, int path, char base[PLACE_LENGTH], char text[PLACE_LENGTH])
{
    base[0] = '\0';
    thread_read_string(thread->id, thread->arguments[path], text, PLACE_LENGTH / 2);
    if (text[0] != '/')
        place_base(thread->id, directory < 0 ? AT_FDCWD : (int)thread->arguments[directory], base);
}

static void take(const struct thread *thread, struct failure *failure, struct raw *raw)
{
    const struct call *call = thread->call;
    raw->base[0] = raw->path[0] = raw->second_base[0] = raw->second[0] = '\0';
    failure->number = (int64_t)(int32_t)thread->arguments[0];
    if (call->want == WANT_OPEN) {
        uint64_t flags = open_flags(thread);
        failure->want = want_of_open(flags);
        failure->creates = (flags & O_CREAT) != 0;
    }
    if (call->want == WANT_ACCESS)
        failure->mode = (unsigned)thread->arguments[call->flags] & 7;
    if (call->number == SYS_ptrace)
        return;
    if (is_of_socket(failure->want)) {
        take_address(failure, thread);
        snprintf(raw->path, sizeof raw->path, "%s", socket_path(failure));
        if (raw->path[0] != '\0' && raw->path[0] != '/')
            place_base(thread->id, AT_FDCWD, raw->base);
        return;
    }
    if (call->path < 0)
        return;
    take_path(thread, call->directory, call->path, raw->base, raw->path);
    if (call->want == WANT_RENAME)
        take_path(thread, call->directory < 0 ? -1 : call->directory + 2, call->path + (call->directory < 0 ? 1 : 2),
                  raw->second_base, raw->second);
}

static uint64_t key_of(const struct failure *failure, const struct raw *raw)
{
    uint64_t key = 14695981039346656037U;
    int32_t numbers_[4] = {(int32_t)failure->want, failure->error, (int32_t)failure->mode, failure->creates};
    key = mix(key, numbers_, sizeof numbers_);
    if (failure->call->path < 0 && !is_of_socket(failure->want)) {
        key = mix(key, &failure->number, sizeof failure->number);
        key = mix_text(key, failure->call->name);
    }
    key = mix(key, failure->address, failure->address_length);
    key = mix_text(mix_text(key, raw->base), raw->path);
    return mix_text(mix_text(key, raw->second_base), raw->second) | 1;
}

/* Does a symlink at the end count? */
static bool follows(const struct failure *failure, const struct thread *thread)
{
    const struct call *call = failure->call;
    if (call->want == WANT_LOOK && call->flags >= 0)
        return (thread->arguments[call->flags] & AT_SYMLINK_NOFOLLOW) == 0;
    if (call->want == WANT_OPEN)
        return (open_flags(thread) & O_NOFOLLOW) == 0;
    return failure->want != WANT_LOOK_AT_LINK && failure->want != WANT_CREATE && failure->want != WANT_REMOVE &&
           failure->want != WANT_RENAME;
}

static bool is_missing(const struct failure *failure)
{
    return failure->error == ENOENT || failure->error == ENOTDIR;
}

/*
 * What another thread has made meanwhile, or is missing outside as well, is no refusal; later it could be there. Of a
 * program that is there its interpreter may be missing.
 */
static bool is_missing_everywhere(const struct failure *failure)
{
    struct stat status;
    if (!is_missing(failure) || failure->path[0] == '\0')
        return false;
    if (failure->absent[0] == '\0')
        return failure->want != WANT_EXECUTE;
    return lstat(failure->absent, &status) < 0;
}

static void resolve(struct failure *failure, const struct thread *thread, const struct raw *raw)
{
    static struct place place;
    char command[COMMAND];
    place.path[0] = place.absent[0] = '\0';
    if (raw->path[0] != '\0')
        place_find(thread->id, raw->base, raw->path, follows(failure, thread), &place);
    failure->path = copy(place.path);
    failure->absent = copy(place.absent);
    place.path[0] = '\0';
    if (raw->second[0] != '\0')
        place_find(thread->id, raw->second_base, raw->second, false, &place);
    failure->second = copy(place.path);
    command_line(thread->id, command);
    failure->command = copy(command);
    numbers(failure, thread->id);
    failure->ordinary = is_missing_everywhere(failure);
}

static struct failure **find(uint64_t key)
{
    uint64_t at = key % SLOTS;
    while (failures[at] != NULL && failures[at]->key != key)
        at = (at + 1) % SLOTS;
    return &failures[at];
}

/* Counts it, or takes it down where it is the first of its kind. */
static void note(const struct thread *thread, struct failure *failure, const struct raw *raw)
{
    failure->key = key_of(failure, raw);
    struct failure **slot = find(failure->key);
    if (*slot != NULL) {
        (*slot)->count++;
        return;
    }
    if (count == MOST) {
        lost++;
        return;
    }
    resolve(failure, thread, raw);
    *slot = malloc(sizeof *failure);
    if (*slot == NULL)
        die("cannot remember what was refused");
    **slot = *failure;
    in_order[count++] = *slot;
}

void failure_note(const struct thread *thread, int error)
{
    static struct raw raw;
    struct failure failure = {.call = thread->call, .want = thread->call->want, .error = error, .count = 1};
    if (!is_of_interest(failure.want, error))
        return;
    if (error != 0)
        seen++;
    take(thread, &failure, &raw);
    note(thread, &failure, &raw);
}

void failure_compare(void)
{
    for (; first_new < count; first_new++) {
        struct failure *failure = in_order[first_new];
        struct tried tried = {
            .want = failure->want,
            .error = failure->error,
            .path = failure->path,
            .absent = failure->absent,
            .second = failure->second,
            .address = failure->address,
            .address_length = failure->address_length,
            .number = failure->number,
            .mode = failure->mode,
            .creates = failure->creates,
        };
        failure->refused = failure->error == 0 || (!failure->ordinary && host_would_allow(&tried));
    }
}

void failure_note_program(pid_t process)
{
    static const struct call executes = {"execve", SYS_execve, WANT_EXECUTE, -1, -1, -1};
    char link[64];
    struct failure failure = {.call = &executes, .want = WANT_EXECUTE, .count = 1};
    struct raw raw = {.base = ""};
    snprintf(link, sizeof link, "/proc/%d/exe", process);
    ssize_t length = readlink(link, raw.path, sizeof raw.path - 1);
    raw.path[length > 0 ? length : 0] = '\0';
    struct thread thread = {.id = process, .call = &executes};
    note(&thread, &failure, &raw);
}

void failure_note_killed(pid_t process)
{
    static const struct call killed = {"a forbidden call", 0, WANT_PRIVILEGE, -1, -1, -1};
    char command[COMMAND];
    if (count == MOST)
        return;
    struct failure *failure = calloc(1, sizeof *failure);
    if (failure == NULL)
        die("cannot remember what was refused");
    *failure = (struct failure){.call = &killed, .want = WANT_PRIVILEGE, .count = 1, .refused = true, .killed = true};
    failure->path = failure->absent = failure->second = copy("");
    command_line(process, command);
    failure->command = copy(command);
    numbers(failure, process);
    in_order[count++] = failure;
    first_new = count;
}

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

static void write_one(struct text *lines, const struct failure *failure)
{
    const char *error = failure->killed ? "SIGSYS" : failure->error == 0 ? "" : error_name(failure->error);
    text_add(lines, "{\"want\":\"%s\",\"call\":\"%s\",\"error\":\"%s\"", wanted(failure), failure->call->name,
             error == NULL ? "?" : error);
    add(lines, "path", failure->path);
    add(lines, "absent", failure->absent);
    add(lines, "second", failure->second);
    add_address(lines, failure);
    if (failure->want == WANT_SIGNAL || failure->want == WANT_NAMESPACE)
        text_add(lines, ",\"number\":%lld", (long long)failure->number);
    text_add(lines, ",\"count\":%u,\"process\":%d,\"inside\":%d", failure->count, failure->process, failure->inside);
    add(lines, "command", failure->command);
    text_add(lines, "}\n");
}

bool failure_is_refused(void)
{
    unsigned i = 0;
    while (i < count && !in_order[i]->refused)
        i++;
    return i < count;
}

void failure_write(struct text *lines)
{
    failure_compare();
    uint64_t refused = 0;
    for (unsigned i = 0; i < count; i++) {
        if (in_order[i]->refused) {
            refused++;
            write_one(lines, in_order[i]);
        }
    }
    text_add(lines, "{\"failed\":%llu,\"different\":%u,\"refused\":%llu,\"lost\":%llu}\n", (unsigned long long)seen, count,
             (unsigned long long)refused, (unsigned long long)lost);
}
