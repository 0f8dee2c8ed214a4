/*
 * The command's own terminal. The launcher looks for the caller's before there are two processes; the child makes a pty,
 * puts its one end in the place of the caller's terminal and hands the other one to the supervisor, which relays.
 */
#ifndef HEXE_TERMINAL_H
#define HEXE_TERMINAL_H

#include <stdbool.h>
#include <termios.h>
#include <sys/ioctl.h>

struct run;
struct operand;

struct terminal {
    bool there;           /* the caller has one, and so the command gets one */
    int in, out;          /* the caller's, opened once more where that can be done, or -1 */
    bool blocking;        /* it could not be opened once more, and others depend on how it was opened */
    bool standard[3];     /* which of the standard descriptors are terminals */
    bool foreground;      /* the command starts in the foreground of its own */
    struct termios modes; /* the caller's, which the command's starts with, if they are meant for us */
    bool meant;           /* that is, if nobody else, such as a shell at its prompt, has the terminal */
    struct winsize size;
    bool escapes;         /* it obeys sequences of ECMA-48, by what TERM says */
    int pty, command_end; /* made before spawn, or -1 */
};

/* Finds the caller's terminal, where the plan gives the command one of its own. */
void terminal_find(struct run *run);

/* The same without a plan; `jobs`: somebody is told when the command stops. */
void terminal_find_callers(struct terminal *terminal, bool jobs);

/* pty.c: makes one of the host's that looks like the caller's, and dies where it cannot. */
void pty_open_like_callers(struct terminal *terminal);

/* pty.c: makes the new one, where the plan wants it made outside. */
void pty_open_outside(struct run *run);
void pty_forget(struct run *run);

/* Takes back what was found: another plan may follow. */
void terminal_forget(struct run *run);

/* Whether this process's group may read from a terminal; one that does not control us lets everybody. */
bool terminal_is_foreground(int terminal);

#endif
