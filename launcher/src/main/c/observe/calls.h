/* The calls that the watcher looks at. */
#ifndef HEXE_OBSERVE_CALLS_H
#define HEXE_OBSERVE_CALLS_H

#include <stdbool.h>
#include <stdint.h>

enum want {
    WANT_LOOK,
    WANT_LOOK_AT_LINK,
    WANT_ACCESS,
    WANT_OPEN,
    WANT_READ,
    WANT_WRITE,
    WANT_EXECUTE,
    WANT_CREATE,
    WANT_REMOVE,
    WANT_RENAME,
    WANT_OWN,
    WANT_GIVE, /* to another owner */
    WANT_CONNECT,
    WANT_BIND,
    WANT_SEND,
    WANT_SIGNAL,
    WANT_PRIVILEGE,
    WANT_IDENTITY,
    WANT_NAMESPACE,
    WANT_TRACE,
    WANT_IPC,
    WANT_SOCKET, /* of a kind that takes a capability; or one more that is open */
    WANT_START,
    WANT_DESCRIPTOR, /* one more that is open */
    WANT_MEMORY,     /* more of it */
    WANT_LIMIT,      /* a resource of which no more is left; of no call alone */
    WANT_GAIN,       /* the rights that a program file gives */
    WANT_FILTER, /* the launcher's own */
};

struct call {
    const char *name;
    uint16_t number;
    uint8_t want;
    int8_t directory, path, flags; /* arguments, or -1 */
};

/* NULL for all others. */
const struct call *call_find(uint64_t number);

/* The capability over the machine that a call takes on the host, of those that take one at all. */
unsigned capability_of_call(unsigned number);

/* As the records have it. */
const char *want_name(enum want want);

/*
 * Installs the filter that stops these calls for the watcher, and no others; those that only a limit makes fail where
 * there is one.
 */
bool calls_install_filter(bool limited);

#endif
