/*
 * The command as a job of the first process, which leads the session: so that the terminal can stop it, its group must
 * not be the leader's, and somebody in the session must be able to continue it.
 */
#ifndef HEXE_COMMAND_JOB_H
#define HEXE_COMMAND_JOB_H

#include <sys/types.h>

struct run;

/* In the command's process: a group of its own, in the foreground where it starts there. */
void command_job_begin(const struct run *run);

/* In the first process: the group exists from here on, whoever comes first; and where a stop has been seen. The status is
 * waitpid's. */
void command_job_expect(pid_t command);
void command_job_stopped(const struct run *run, int status);

/* Passes a signal on. */
void command_job_signal(const struct run *run, pid_t command, int signal);

#endif
