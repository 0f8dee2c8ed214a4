/*
 * Running another command in a sandbox: its first process starts it, as it started the command, so that it is confined
 * alike by construction; nobody enters anything from outside. See docs/joining.md.
 */
#ifndef HEXE_JOIN_H
#define HEXE_JOIN_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct run;

enum { JOIN_NAME = 32, JOIN_SECRET = 16, JOIN_STREAMS = 3, JOIN_MAXIMUM = 96 << 10 };

/* What a caller puts into the supervisor's mailbox: the abstract name of a socket it listens on, and how to know it. */
struct join_call {
    char name[JOIN_NAME];
    unsigned char secret[JOIN_SECRET];
};

/* What it sends on that socket, with its standard streams: words, each with its NUL. */
struct join_request {
    unsigned char secret[JOIN_SECRET];
    uint32_t words, length;
    char text[JOIN_MAXIMUM];
};

/* What it gets back. */
enum join_answer_kind { JOIN_STARTED = 1, JOIN_ENDED = 2 };
struct join_answer {
    uint32_t kind;
    int32_t status; /* as wait4 gives it */
};

/* join_serve.c, in the supervisor: passes calls in the mailbox on to the first process, over `first`. */
void join_pass_on(const struct run *run, int first);

/* join_serve.c, in the first process: starts what was passed on. */
void join_serve(struct run *run);

/* join_serve.c: tells the caller when it was one of those. */
void join_ended(pid_t process, int status);

/* join_socket.c: the abstract address of a name. */
struct sockaddr_un;
unsigned join_address(struct sockaddr_un *address, const char name[JOIN_NAME]);

/*
 * join_terminal.c, for the caller's side: a terminal of its own for the command where the caller has one. What is held
 * of it inside is worth nothing when the command has ended; of the caller's own it would be for as long as that is there.
 */
void join_terminal_make(int streams[JOIN_STREAMS]);
void join_terminal_begin(void);
void join_terminal_end(void);

/* As signals_wait, while bytes are relayed. */
int join_terminal_wait(siginfo_t *information);

/* join_find.c: whether a process, by its directory in /proc, is this program, outside of any sandbox, and of this user. */
bool join_is_ours(int process);

/* join_find.c: the directory in /proc of a supervisor that is the caller's own beyond doubt; its mailbox is opened. */
int join_find(const char *id, pid_t *supervisor, int *mailbox);

/* join_enter.c: `hexe-policy enter ID -- COMMAND…`. */
_Noreturn void join_enter(const char *id, char **command);

#endif
