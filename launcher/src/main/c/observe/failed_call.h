/* What a failed call is, for the files that take it down, compare it and write it. */
#ifndef HEXE_OBSERVE_FAILED_CALL_H
#define HEXE_OBSERVE_FAILED_CALL_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "calls.h"
#include "place.h"
#include "text.h"
#include "thread.h"

enum { ADDRESS = 128 };

/* One line of the report to be. */
struct failure {
    uint64_t key;
    const struct call *call;
    enum want want;
    int error; /* 0: it has worked */
    unsigned mode, count;
    bool creates, ordinary, refused;
    int signal, status; /* that ended the process, or with which it ended */
    pid_t process, inside;
    int64_t number;
    uint64_t capabilities; /* of who has made the call, inside */
    unsigned char address[ADDRESS];
    unsigned address_length;
    char *path, *absent, *second, *command;
};

/* Its paths as the call has them. */
struct raw {
    char base[PLACE_LENGTH], path[PLACE_LENGTH], second_base[PLACE_LENGTH], second[PLACE_LENGTH];
};

/* What the arguments of the call say, while the thread is stopped. */
void failure_take(const struct thread *thread, struct failure *failure, struct raw *raw);

/* Where its paths lead, and who made the call; the thread is still stopped. */
void failure_resolve(struct failure *failure, const struct thread *thread, const struct raw *raw);

void failure_name_process(struct failure *failure, pid_t thread);

bool failure_is_of_socket(enum want want);

/* A line of JSON. */
void failure_write_one(struct text *lines, const struct failure *failure);

#endif
