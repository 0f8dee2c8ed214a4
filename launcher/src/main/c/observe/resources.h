/* What a process is refused without a call that the policy answers: resources beyond a limit, and a program file's rights. */
#ifndef HEXE_OBSERVE_RESOURCES_H
#define HEXE_OBSERVE_RESOURCES_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "calls.h"

/* The limit, as setrlimit(2) numbers it, that a call met with this error; -1 where it is about none. */
int resource_of_call(enum want want, int error);

/* The limit that the kernel sends this signal for; -1. Of SIGKILL the time that the process has used decides. */
int resource_of_signal(pid_t process, int number);

/* Whether a process has less of it than who has started all this. */
bool resource_is_limited_inside(pid_t process, int resource);

/* Whether who has started all this may have that much of it. */
bool resource_reaches(int resource, uint64_t wanted);

/*
 * Whether the program that a process has begun to execute gives the rights of its owner, of its group, or capabilities,
 * which the host would have given and the process does not have.
 */
bool program_gives_in_vain(pid_t process);

#endif
