/*
 * The side of the sandbox. A caller writes into the supervisor's mailbox, a pipe that it can open only if the kernel
 * lets it look into the supervisor: nobody inside a sandbox can. The supervisor connects to the caller and hands the
 * connection to the first process. That forks a process which is confined as it is itself, cannot be looked into
 * before it executes a program, takes the caller's streams and words, and nothing else.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "descriptors.h"
#include "fallback.h"
#include "join.h"
#include "kernel.h"
#include "messages.h"
#include "passing.h"
#include "run.h"
#include "working_directory.h"

enum { MOST_JOINED = 64, PATIENCE = 5000, WHILE_OTHERS_WAIT = 500 /* milliseconds */ };

static struct joined {
    pid_t process;
    int caller; /* the connection to it */
} joined[MOST_JOINED];
static unsigned joined_count;

/* Where any of this fails, the caller sees that nobody answers. */
static void call_back(const struct run *run, int first, const struct join_call *call)
{
    struct sockaddr_un address;
    unsigned length = join_address(&address, call->name);
    int caller = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (caller < 0)
        return;
    if (connect(caller, (const struct sockaddr *)&address, length) == 0 &&
        passing_send(first, call->secret, sizeof call->secret, &caller, 1, WHILE_OTHERS_WAIT) >= 0)
        kill(run->child, SIGURG);
    close(caller);
}

void join_pass_on(const struct run *run, int first)
{
    struct join_call call;
    if (first < 0)
        return;
    while (read(run->channels.mailbox, &call, sizeof call) == (ssize_t)sizeof call)
        call_back(run, first, &call);
}

/* The words of the command, or NULL when the text does not hold as many. */
static char **words_of(struct join_request *request)
{
    char **words = calloc(request->words + 1, sizeof *words);
    char *position = request->text, *end = request->text + request->length;
    if (words == NULL)
        return NULL;
    for (uint32_t i = 0; i < request->words; i++) {
        char *nul = memchr(position, '\0', (size_t)(end - position));
        if (nul == NULL)
            return NULL;
        words[i] = position;
        position = nul + 1;
    }
    return position == end ? words : NULL;
}

static bool is_sound(const struct join_request *request, ssize_t received, unsigned streams, const void *secret)
{
    const size_t head = offsetof(struct join_request, text);
    return received >= (ssize_t)head && request->length == (size_t)received - head && request->words > 0 &&
           request->words <= request->length && streams == JOIN_STREAMS &&
           memcmp(request->secret, secret, JOIN_SECRET) == 0;
}

static void wait_for(int caller)
{
    struct pollfd answer = {.fd = caller, .events = POLLIN};
    int ready;
    do
        ready = poll(&answer, 1, PATIENCE);
    while (ready < 0 && errno == EINTR);
    if (ready <= 0)
        _exit(EXIT_NOTHING_RAN);
}

/* The caller learns the process's number outside from the kernel, and says when it has taken hold of it. */
static void introduce(int caller)
{
    struct join_answer answer = {.kind = JOIN_STARTED};
    char byte;
    if (passing_try(caller, &answer, sizeof answer, NULL, 0) < 0)
        _exit(EXIT_NOTHING_RAN);
    wait_for(caller);
    if (read(caller, &byte, 1) != 1)
        _exit(EXIT_NOTHING_RAN);
}

/* One that the caller has made for us controls the new session, so that a shell has jobs. */
static void take_terminal(void)
{
    for (int stream = 0; stream < JOIN_STREAMS; stream++) {
        if (isatty(stream)) {
            if (ioctl(stream, TIOCSCTTY, 0) < 0)
                die("cannot make the terminal the controlling one");
            return;
        }
    }
}

static void take_streams(const int streams[JOIN_STREAMS])
{
    for (int i = 0; i < JOIN_STREAMS; i++) {
        if (dup2(streams[i], i) < 0)
            die("cannot take the streams of the caller");
    }
}

/* Where a rule of the site asks for the command, the plan holds for its own first word alone. */
static void require_command_of_plan(const struct run *run, const char *word)
{
    size_t length;
    const char *own = plan_note(run->plan, "rules-of-command", &length);
    if (own != NULL && strcmp(own, word) != 0)
        refuse_with_help("start it with `hexe-policy apply`, in a sandbox of its own",
                         "a rule of this site depends on the command, and this sandbox was started for `%s`", own);
}

/* In the new process. Every other descriptor is closed on exec. */
static _Noreturn void become(struct run *run, int caller, const unsigned char *secret)
{
    static struct join_request request;
    int streams[JOIN_STREAMS];
    unsigned count = JOIN_STREAMS;
    wait_for(caller);
    ssize_t received = passing_receive(caller, &request, sizeof request, streams, &count, 0);
    char **command = is_sound(&request, received, count, secret) ? words_of(&request) : NULL;
    if (command == NULL)
        _exit(EXIT_NOTHING_RAN);
    introduce(caller);
    take_streams(streams);
    if (setsid() < 0)
        die("cannot start a new session");
    take_terminal();
    require_command_of_plan(run, command[0]);
    if (!working_directory_is_inside_root())
        refuse("the working directory of the sandbox is not inside its root any more");
    run->command = command;
    run->channels.block = run->channels.progress = -1;
    command_execute(run);
}

static void start(struct run *run, int caller, const unsigned char *secret)
{
    pid_t process = joined_count == MOST_JOINED ? -1 : sys_clone(SIGCHLD);
    if (process == 0)
        become(run, caller, secret);
    if (process < 0)
        close(caller);
    else
        joined[joined_count++] = (struct joined){.process = process, .caller = caller};
}

void join_serve(struct run *run)
{
    for (;;) {
        unsigned char secret[JOIN_SECRET];
        int caller;
        unsigned count = 1;
        ssize_t received = passing_receive(run->channels.report, secret, sizeof secret, &caller, &count, MSG_DONTWAIT);
        if (received <= 0)
            return;
        if (received == (ssize_t)sizeof secret && count == 1)
            start(run, caller, secret);
        else if (count == 1)
            close(caller);
    }
}

void join_ended(pid_t process, int status)
{
    struct join_answer answer = {.kind = JOIN_ENDED, .status = status};
    for (unsigned i = 0; i < joined_count; i++) {
        if (joined[i].process != process)
            continue;
        passing_try(joined[i].caller, &answer, sizeof answer, NULL, 0); /* the caller may be gone */
        close(joined[i].caller);
        joined[i] = joined[--joined_count];
        return;
    }
}
