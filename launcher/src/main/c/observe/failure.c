#include "failure.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "failed_call.h"
#include "host.h"
#include "kernel.h"
#include "messages.h"
#include "resources.h"

enum { SLOTS = 1 << 15, MOST = SLOTS / 2 };

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

/* Those that a policy can be the cause of. */
static bool is_of_interest(enum want want, int error)
{
    switch (error) {
    case 0: /* it has worked: to know that something is there takes nothing by itself */
        return want > WANT_ACCESS && want <= WANT_BIND;
    case EACCES:
    case EPERM:
    case EROFS:
        return want != WANT_FILTER && want != WANT_START;
    case ENOENT:
    case ENOTDIR:
        return want <= WANT_SEND || want == WANT_IPC;
    case EAGAIN:
        return want == WANT_START;
    case EINVAL: /* of an id that does not exist inside */
        return want == WANT_GIVE || want == WANT_IDENTITY;
    case EXDEV:
    case EBUSY:
        return want == WANT_RENAME || want == WANT_REMOVE;
    case ENETUNREACH:
    case EHOSTUNREACH:
    case EADDRNOTAVAIL:
    case ECONNREFUSED:
        return want == WANT_CONNECT || want == WANT_SEND || want == WANT_BIND;
    case ESRCH:
        return want == WANT_SIGNAL || want == WANT_TRACE;
    case ENOSPC:
    case EUSERS:
        return want == WANT_NAMESPACE;
    default:
        return false;
    }
}

static uint64_t key_of(const struct failure *failure, const struct raw *raw)
{
    uint64_t key = 14695981039346656037U;
    int32_t numbers_[6] = {(int32_t)failure->want, failure->error, (int32_t)failure->mode, failure->creates, failure->signal, failure->status};
    key = mix(key, numbers_, sizeof numbers_);
    if (failure->want == WANT_LIMIT || (failure->call->path < 0 && !failure_is_of_socket(failure->want))) {
        key = mix(key, &failure->number, sizeof failure->number);
        key = mix_text(key, failure->call->name);
    }
    key = mix(key, failure->address, failure->address_length);
    key = mix_text(mix_text(key, raw->base), raw->path);
    return mix_text(mix_text(key, raw->second_base), raw->second) | 1;
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
    failure_resolve(failure, thread, raw);
    *slot = malloc(sizeof *failure);
    if (*slot == NULL)
        die("cannot remember what was refused");
    **slot = *failure;
    in_order[count++] = *slot;
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
            .call = failure->call->number,
            .mode = failure->mode,
            .creates = failure->creates,
            .capabilities = failure->capabilities,
        };
        failure->refused = failure->error == 0 || (!failure->ordinary && host_would_allow(&tried));
    }
}

static void note_program(pid_t process, struct failure *failure)
{
    char link[64];
    static struct raw raw;
    struct thread thread = {.id = process, .call = failure->call};
    snprintf(link, sizeof link, "/proc/%d/exe", process);
    ssize_t length = readlink(link, raw.path, sizeof raw.path - 1);
    raw.path[length > 0 ? length : 0] = '\0';
    failure->count = 1;
    note(&thread, failure, &raw);
}

void failure_note_program(pid_t process)
{
    static const struct call executes = {"execve", SYS_execve, WANT_EXECUTE, -1, -1, -1};
    struct failure failure = {.call = &executes, .want = WANT_EXECUTE};
    note_program(process, &failure);
}

/* What is known without the arguments of a call. */
static void note_plainly(pid_t process, struct failure *failure)
{
    static struct raw nothing;
    struct thread thread = {.id = process, .call = failure->call};
    failure->count = 1;
    note(&thread, failure, &nothing);
}

static void note_limit(pid_t process, const struct call *call, int resource, int error, int number)
{
    struct failure failure = {.call = call, .want = WANT_LIMIT, .error = error, .signal = number, .number = resource};
    if (resource_is_limited_inside(process, resource))
        note_plainly(process, &failure);
}

void failure_note(const struct thread *thread, int error)
{
    static struct raw raw;
    struct failure failure = {.call = thread->call, .want = thread->call->want, .error = error, .count = 1};
    int resource = resource_of_call(failure.want, error);
    if (resource >= 0)
        note_limit(thread->id, thread->call, resource, error, 0);
    if (!is_of_interest(failure.want, error))
        return;
    if (error != 0)
        seen++;
    failure_take(thread, &failure, &raw);
    note(thread, &failure, &raw);
}

void failure_note_signal(pid_t process, int number)
{
    static const struct call killed = {"a forbidden call", 0, WANT_PRIVILEGE, -1, -1, -1};
    static const struct call any = {"", 0, WANT_LIMIT, -1, -1, -1};
    struct failure failure = {.call = &killed, .want = WANT_LIMIT, .signal = number};
    if (number == SIGSYS)
        note_plainly(process, &failure);
    int resource = resource_of_signal(process, number);
    if (resource >= 0)
        note_limit(process, &any, resource, 0, number);
}

void failure_note_gain(pid_t process, int status)
{
    static const struct call executes = {"execve", SYS_execve, WANT_GAIN, -1, -1, -1};
    struct failure failure = {.call = &executes, .want = WANT_GAIN};
    failure.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    failure.status = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
    note_program(process, &failure);
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
            failure_write_one(lines, in_order[i]);
        }
    }
    text_add(lines, "{\"failed\":%llu,\"different\":%u,\"refused\":%llu,\"lost\":%llu}\n", (unsigned long long)seen, count,
             (unsigned long long)refused, (unsigned long long)lost);
}
