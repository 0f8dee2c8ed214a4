/* What a filter of system calls answers: the same as the kernel found, which does not say it to a listener. */
#ifndef HEXE_OBSERVE_INTERPRETER_H
#define HEXE_OBSERVE_INTERPRETER_H

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdint.h>

enum { INTERPRETER_LOST = 0 }; /* SECCOMP_RET_KILL_THREAD: the strictest there is */

uint32_t interpreter_run(const struct sock_filter *program, unsigned length, const struct seccomp_data *data);

#endif
