/*
 * The supervisor between two terminals: the caller's, and the one of the command's own. It copies bytes, passes on the
 * size, and is the one job that the caller's shell sees.
 */
#ifndef HEXE_RELAY_H
#define HEXE_RELAY_H

#include <signal.h>
#include <stdbool.h>
#include <time.h>

#include "question.h"
#include "run.h"
#include "terminal.h"

enum { STREAM_READ = 16384, STREAM_OWN = 4096 /* room for what the supervisor itself shows */ };

/* Bytes on their way; nothing is read while some are left. */
struct stream {
    size_t begin, end;
    unsigned char bytes[STREAM_READ + STREAM_OWN];
};

struct relay {
    const struct run *run;
    int orders;           /* to and from the first process */
    int signals;          /* becomes readable when one is there */
    int pty, command_end; /* -1 until they arrive; ours of the command's end keeps it from being hung up */
    struct stream input, output;
    struct termios modes; /* the caller's terminal's, while it is raw */
    bool modes_given;     /* the command's terminal has started with them */
    bool raw;             /* it passes every key on, and is read */
    bool deaf;            /* it cannot be read any more */
    bool hung_up;
    bool not_yet;         /* the command is not where it is to read: a key that stops it would be lost */
    bool stop_wanted;     /* somebody has asked for a stop: the next one is that */
    int key;              /* the signal of the last key that means one, or 0 */
    struct question question;
    bool told;            /* the first process says no more */
};

/* Whether the command has a terminal of its own: then the following are to be used. */
void relay_begin(struct relay *relay, const struct run *run);

/* The command's terminal is there: both ends of it are the relay's from now on. */
void relay_start(struct relay *relay, const int ends[2]);

/* As signals_wait, but the signal may be 0 before the time has passed. */
int relay_wait(struct relay *relay, siginfo_t *information, const struct timespec *timeout);

/* Shows what the command has written, if somebody is to see it, and leaves the caller's terminal as it was. */
void relay_end(struct relay *relay, bool last_output);

/* Shows what the command has written; who is patient waits for the caller's terminal. */
void relay_drain(struct relay *relay, bool patient);

/* Shows something of our own behind what is on its way; and types a byte into the command's terminal. */
void relay_show(struct relay *relay, const char *bytes, size_t length);
void relay_type(struct relay *relay, unsigned char byte);

/* There is nothing to read any more; the command is told in the way of terminals. */
void relay_end_input(struct relay *relay);

/* job.c: the caller's terminal becomes raw, if we are in its foreground; and again as it was. */
bool job_take_terminal(struct relay *relay);
void job_return_terminal(struct relay *relay);

/* job.c: the command has stopped, and so does everything the caller's shell takes for the same job. */
void job_stop(struct relay *relay, int signal);

/* job.c: somebody wants the command to stop; when it does, see above. */
void job_ask_to_stop(struct relay *relay);

/* job.c: the same, where the command has no terminal but a session of its own. */
void job_stop_without_terminal(pid_t child);

/* job.c: SIGCONT has come, or SIGWINCH. */
void job_continue(struct relay *relay);
void job_resize(const struct relay *relay);

#endif
