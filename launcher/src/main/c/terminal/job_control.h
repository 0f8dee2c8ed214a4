/*
 * Where the command has a terminal of its own, the supervisor and the first process inside have this to say to each
 * other: which terminal that is, each stop of the command, and what it is to do next.
 */
#ifndef HEXE_JOB_CONTROL_H
#define HEXE_JOB_CONTROL_H

#include <stdbool.h>

struct run;

enum order { ORDER_NONE = 0, ORDER_FOREGROUND = 'f', ORDER_BACKGROUND = 'b', ORDER_STOP = 's' };

/* Two ends of a socket. */
void orders_open(int ends[2]);

/* Both ends of the command's terminal; ends the process on failure. */
void orders_send_terminal(const struct run *run, int pty, int command_end);

/* That the command has stopped, as waitpid tells it, or goes on. */
enum { STATUS_CONTINUED = 0xffff };
void orders_send_status(const struct run *run, int status);

/* Two descriptors in `ends` and no status, or a status and -1 in them; false when there is nothing (more). */
bool orders_receive_status(int descriptor, int *status, int ends[2]);

/*
 * That the command is to go on, and where, or to stop. Who is told looks when SIGCONT comes: as signals alone, a stop and
 * a continuation would take each other back.
 */
bool orders_send(int descriptor, enum order order);
enum order orders_receive(const struct run *run);

#endif
