/* The caller's side: finds the sandbox, hands over what the command needs, and ends as it ends. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "join.h"
#include "kernel.h"
#include "messages.h"
#include "passing.h"
#include "progress.h"
#include "run.h"
#include "signals.h"

enum { PATIENCE = 10000 /* milliseconds */ };

#ifndef SYS_pidfd_send_signal
#define SYS_pidfd_send_signal 424
#endif
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif

/* Whoever has a directory outside the sandbox is outside the sandbox. */
static void check_streams(void)
{
    for (int stream = 0; stream < JOIN_STREAMS; stream++) {
        struct stat status;
        int flags = fcntl(stream, F_GETFL);
        if (flags < 0 || fstat(stream, &status) < 0)
            die("cannot examine the standard streams");
        if (S_ISDIR(status.st_mode) || (flags & O_PATH) != 0)
            refuse("a standard stream is a directory, which would lead out of the sandbox");
    }
}

static void fill_request(struct join_request *request, char **command)
{
    for (; *command != NULL; command++, request->words++) {
        size_t length = strlen(*command) + 1;
        if (length > sizeof request->text - request->length)
            refuse("the command is longer than %u bytes", (unsigned)sizeof request->text);
        memcpy(request->text + request->length, *command, length);
        request->length += (uint32_t)length;
    }
}

static int listen_as(const char name[JOIN_NAME])
{
    struct sockaddr_un address;
    unsigned length = join_address(&address, name);
    int listener = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    if (listener < 0 || bind(listener, (const struct sockaddr *)&address, length) < 0 || listen(listener, 1) < 0)
        die("cannot make a socket for the sandbox");
    return listener;
}

static _Noreturn void starts_nothing(const char *id)
{
    refuse_with_help("its limit on processes may be reached, or its filter forbids it",
                     "sandbox `%s` starts no other command", id);
}

static void wait_for(int descriptor, const char *id)
{
    struct pollfd answer = {.fd = descriptor, .events = POLLIN};
    int ready;
    do
        ready = poll(&answer, 1, PATIENCE);
    while (ready < 0 && errno == EINTR);
    if (ready <= 0)
        refuse("sandbox `%s` does not answer", id);
}

/* The supervisor, and nobody else, may have taken the call. */
static int answer_of(int listener, pid_t supervisor, const char *id)
{
    int yes = 1;
    struct {
        pid_t process;
        uid_t user;
        gid_t group;
    } peer;
    socklen_t size = sizeof peer;
    wait_for(listener, id);
    int connection = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    if (connection < 0 || getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &peer, &size) < 0 ||
        setsockopt(connection, SOL_SOCKET, SO_PASSCRED, &yes, sizeof yes) < 0)
        die("cannot talk to sandbox `%s`", id);
    if (peer.process != supervisor)
        refuse("another process answered for sandbox `%s`", id);
    close(listener);
    return connection;
}

/* A hold on the process, so that no signal reaches another one that has its number by then; -1 where there is none. */
static int hold_of(int connection, const char *id)
{
    struct progress answer;
    pid_t process;
    wait_for(connection, id);
    if (!progress_take(connection, true, &answer, &process) || answer.kind != JOIN_STARTED || process <= 0)
        starts_nothing(id);
    int hold = (int)syscall(SYS_pidfd_open, process, 0U);
    if (write(connection, "", 1) != 1)
        die("sandbox `%s` has ended", id);
    return hold;
}

static void take_answer(int connection, const char *id)
{
    struct join_answer answer;
    ssize_t received = recv(connection, &answer, sizeof answer, MSG_DONTWAIT);
    if (received < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    join_terminal_end();
    if (received == (ssize_t)sizeof answer && answer.kind == JOIN_ENDED)
        signals_end_like(answer.status, false);
    end(EXIT_SIGNAL + SIGKILL, 0, NULL, "sandbox `%s` has ended, and the command with it", id);
}

/* The command is in no session with our terminal, so the keyboard's signals come from here as well. */
static _Noreturn void follow(int connection, int hold, const char *id)
{
    progress_watch(connection);
    take_answer(connection, id);
    for (;;) {
        siginfo_t information;
        int signal = join_terminal_wait(&information);
        if (signal == SIGURG)
            take_answer(connection, id);
        else if (signal != 0 && signals_forward(&information, true))
            syscall(SYS_pidfd_send_signal, hold, signal, NULL, 0U); /* it may have ended */
    }
}

/* Who has gone without a word could not start a process. */
static void hand_over(int connection, const struct join_request *request, const int *streams, const char *id)
{
    size_t length = offsetof(struct join_request, text) + request->length;
    if (passing_send(connection, request, length, streams, JOIN_STREAMS, PASSING_PATIENCE) >= 0)
        return;
    const char *help = passing_help();
    if (help == NULL)
        starts_nothing(id);
    die_with_help(help, "cannot hand sandbox `%s` the standard streams", id);
}

_Noreturn void join_enter(const char *id, char **command)
{
    static struct join_request request;
    int streams[JOIN_STREAMS] = {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO};
    struct join_call call;
    char name[2][17];
    pid_t supervisor;
    int mailbox;
    check_streams();
    fill_request(&request, command);
    close(join_find(id, &supervisor, &mailbox));
    for (int half = 0; half < 2; half++) {
        random_name(name[half]);
        memcpy(call.name + half * JOIN_NAME / 2, name[half], JOIN_NAME / 2);
    }
    if (getrandom(call.secret, sizeof call.secret, 0) != (ssize_t)sizeof call.secret)
        die("cannot get random bytes");
    memcpy(request.secret, call.secret, sizeof call.secret);
    join_terminal_make(streams);
    signals_take_over();
    int listener = listen_as(call.name);
    if (write(mailbox, &call, sizeof call) != (ssize_t)sizeof call || kill(supervisor, SIGURG) < 0)
        die("cannot reach sandbox `%s`", id);
    int connection = answer_of(listener, supervisor, id);
    hand_over(connection, &request, streams, id);
    join_terminal_begin();
    follow(connection, hold_of(connection, id), id);
}
