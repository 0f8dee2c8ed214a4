#include <signal.h>
#include <unistd.h>

#include "join.h"
#include "kernel.h"
#include "messages.h"
#include "relay.h"
#include "run.h"
#include "signals.h"
#include "terminal.h"

static struct terminal terminal;
static struct run run = {.channels = {.orders = -1}, .terminal = &terminal};
static struct relay relay;
static bool relaying;

void join_terminal_make(int streams[JOIN_STREAMS])
{
    terminal_find_callers(&terminal, false);
    if (!terminal.there)
        return;
    pty_open_like_callers(&terminal);
    for (int i = 0; i < JOIN_STREAMS; i++) {
        if (terminal.standard[i])
            streams[i] = terminal.command_end;
    }
    signals_of_jobs(true);
}

void join_terminal_begin(void)
{
    if (!terminal.there)
        return;
    relay_begin(&relay, &run);
    relay.told = true; /* there is nobody inside who would say more */
    relay_start(&relay, (const int[]){terminal.pty, terminal.command_end});
    relaying = true;
}

void join_terminal_end(void)
{
    if (relaying)
        relay_end(&relay, true);
    relaying = false;
}

/* A shell inside has its own jobs; whoever stops us stops what is typed and shown. */
static void stop(void)
{
    job_return_terminal(&relay);
    raise(SIGSTOP);
    job_take_terminal(&relay);
}

int join_terminal_wait(siginfo_t *information)
{
    if (!relaying)
        return signals_wait(information, NULL);
    int signal = relay_wait(&relay, information, NULL);
    if (signal == SIGTSTP)
        stop();
    return signal == SIGTSTP ? 0 : signal;
}
