/* What the host would have answered. Nothing is opened, and nothing is sent. */
#ifndef HEXE_OBSERVE_HOST_H
#define HEXE_OBSERVE_HOST_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "calls.h"

struct tried {
    enum want want;
    int error;
    const char *path, *absent, *second; /* as seen inside; empty where there is none */
    const unsigned char *address;       /* of a socket, in the kernel's form */
    unsigned address_length;
    int64_t number; /* a process, or what a call takes first */
    unsigned call; /* its number */
    unsigned mode;  /* of ACCESS: R_OK, W_OK, X_OK */
    bool creates;   /* what is not there would be made */
    uint64_t capabilities; /* that it was made with, inside */
};

bool host_would_allow(const struct tried *tried);

#endif
