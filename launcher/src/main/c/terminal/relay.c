#include "relay.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/wait.h>

#include "job_control.h"
#include "kernel.h"
#include "messages.h"
#include "signals.h"

/* A write that may block is no larger than what a terminal that is ready takes. */
enum { BLOCKING_WRITE = 128 };

/* More than the kernel keeps of a pty's output: who is still there and writes on does not keep us here. */
enum { LAST_OUTPUT = 1 << 20 };

void relay_begin(struct relay *relay, const struct run *run)
{
    *relay = (struct relay){
        .run = run,
        .orders = run->channels.orders,
        .signals = signals_open(),
        .pty = -1,
        .command_end = -1,
        .modes_given = run->terminal->meant,
    };
}

static bool is_empty(const struct stream *stream)
{
    return stream->begin == stream->end;
}

static bool would_block(void)
{
    return errno == EAGAIN || errno == EINTR;
}

/* Returns what read(2) does; what would block is no error. */
static ssize_t fill(struct stream *stream, int from)
{
    ssize_t count = read(from, stream->bytes, STREAM_READ);
    stream->begin = 0;
    stream->end = count > 0 ? (size_t)count : 0;
    return count;
}

static bool empty(struct stream *stream, int to, bool blocking)
{
    size_t length = stream->end - stream->begin;
    if (blocking && length > BLOCKING_WRITE)
        length = BLOCKING_WRITE;
    ssize_t count = write(to, stream->bytes + stream->begin, length);
    if (count < 0)
        return would_block();
    stream->begin += (size_t)count;
    return true;
}

/* Nobody is at the caller's terminal any more: the command's ends as well, for all that are on it. */
static void hang_up(struct relay *relay)
{
    relay->hung_up = relay->deaf = true;
    relay->raw = false;
    question_end(relay, ANSWER_NOBODY);
    if (relay->pty >= 0) {
        close(relay->pty);
        close(relay->command_end);
    }
    relay->pty = relay->command_end = -1;
    relay->input.begin = relay->input.end = relay->output.begin = relay->output.end = 0;
}

void relay_end_input(struct relay *relay)
{
    relay->deaf = true;
    relay->input.bytes[0] = relay->run->terminal->modes.c_cc[VEOF];
    relay->input.begin = 0;
    relay->input.end = 1;
}

/* Without us the terminal would have told the whole group. */
static void look_for_keys(struct relay *relay)
{
    const cc_t *keys = relay->run->terminal->modes.c_cc;
    for (size_t i = relay->input.begin; i < relay->input.end; i++) {
        cc_t key = relay->input.bytes[i];
        if (key == keys[VINTR] && key != _POSIX_VDISABLE)
            relay->key = SIGINT;
        else if (key == keys[VQUIT] && key != _POSIX_VDISABLE)
            relay->key = SIGQUIT;
    }
}

void relay_show(struct relay *relay, const char *bytes, size_t length)
{
    struct stream *output = &relay->output;
    size_t held = output->end - output->begin;
    memmove(output->bytes, output->bytes + output->begin, held);
    output->begin = 0;
    if (length > sizeof output->bytes - held)
        length = sizeof output->bytes - held;
    memcpy(output->bytes + held, bytes, length);
    output->end = held + length;
}

void relay_type(struct relay *relay, unsigned char byte)
{
    if (!is_empty(&relay->input))
        return;
    relay->input.bytes[0] = byte;
    relay->input.begin = 0;
    relay->input.end = 1;
    look_for_keys(relay);
}

static void take_answer(struct relay *relay)
{
    unsigned char bytes[64];
    ssize_t count = read(relay->run->terminal->in, bytes, sizeof bytes);
    if (count == 0)
        hang_up(relay);
    else if (count > 0)
        question_read(relay, bytes, (size_t)count);
    else if (!would_block())
        question_end(relay, ANSWER_NOBODY);
}

static void take_input(struct relay *relay)
{
    ssize_t count = fill(&relay->input, relay->run->terminal->in);
    look_for_keys(relay);
    if (count == 0)
        hang_up(relay);
    else if (count < 0 && !would_block())
        relay_end_input(relay);
}

void relay_start(struct relay *relay, const int ends[2])
{
    relay->pty = ends[0];
    relay->command_end = ends[1];
    if (fcntl(relay->pty, F_SETFL, O_RDWR | O_NONBLOCK) < 0)
        die("cannot prepare the command's terminal");
    job_resize(relay); /* it may have changed meanwhile */
    if (relay->run->terminal->foreground)
        job_take_terminal(relay);
}

static void take_orders(struct relay *relay)
{
    int status, ends[2];
    while (orders_receive_status(relay->orders, &status, ends)) {
        if (ends[0] >= 0) {
            relay_start(relay, ends);
        } else if (status == STATUS_CONTINUED) {
            relay->not_yet = false;
        } else {
            job_stop(relay, WSTOPSIG(status));
        }
    }
}

enum { SIGNALS, ORDERS, IN, OUT, PTY, ALL };

/* What is not wanted is still told when its other end has gone. */
static void choose(const struct relay *relay, struct pollfd wanted[ALL])
{
    const struct terminal *caller = relay->run->terminal;
    bool ready = relay->pty >= 0;
    wanted[SIGNALS] = (struct pollfd){.fd = relay->signals, .events = POLLIN};
    wanted[ORDERS] = (struct pollfd){.fd = relay->told ? -1 : relay->orders, .events = POLLIN};
    wanted[IN] = (struct pollfd){.fd = relay->hung_up ? -1 : caller->in};
    wanted[OUT] = (struct pollfd){.fd = is_empty(&relay->output) ? -1 : caller->out, .events = POLLOUT};
    wanted[PTY] = (struct pollfd){.fd = relay->pty};
    if (ready && relay->raw && !relay->not_yet && !relay->deaf && is_empty(&relay->input))
        wanted[IN].events = POLLIN;
    if (relay->question.open)
        wanted[IN].events = relay->question.shown && relay->raw && !relay->hung_up ? POLLIN : 0;
    if (ready && !is_empty(&relay->input))
        wanted[PTY].events |= POLLOUT;
    if (ready && is_empty(&relay->output) && !relay->question.open)
        wanted[PTY].events |= POLLIN;
}

static void put_out(struct relay *relay)
{
    const struct terminal *caller = relay->run->terminal;
    question_before_output(relay);
    if (!empty(&relay->output, caller->out, caller->blocking))
        relay->output.begin = relay->output.end; /* nobody takes it */
    else if (is_empty(&relay->output))
        question_after_output(relay);
}

static void copy(struct relay *relay, const struct pollfd happened[ALL])
{
    if ((happened[OUT].revents & POLLOUT) != 0)
        put_out(relay);
    if ((happened[PTY].revents & POLLOUT) != 0 && !empty(&relay->input, relay->pty, false))
        relay->input.begin = relay->input.end;
    if ((happened[PTY].revents & POLLIN) != 0)
        fill(&relay->output, relay->pty);
    if ((happened[IN].revents & POLLIN) != 0 && relay->question.open) {
        take_answer(relay);
    } else if ((happened[IN].revents & POLLIN) != 0) {
        job_resize(relay); /* what is typed into a window of another size must not overtake the signal that says so */
        take_input(relay);
    } else if ((happened[IN].revents & (POLLHUP | POLLERR | POLLNVAL)) != 0) {
        hang_up(relay);
    }
}

static int milliseconds(const struct timespec *time)
{
    if (time == NULL)
        return -1;
    return time->tv_sec > 1000000 ? 1000000000 : (int)(time->tv_sec * 1000 + (time->tv_nsec + 999999) / 1000000);
}

static int take_signal(struct relay *relay, siginfo_t *information)
{
    const struct timespec now = {.tv_sec = 0};
    int signal = signals_wait(information, &now);
    if (signal == SIGWINCH)
        job_resize(relay);
    if (signal == SIGCONT)
        job_continue(relay);
    return signal;
}

int relay_wait(struct relay *relay, siginfo_t *information, const struct timespec *timeout)
{
    struct pollfd happened[ALL];
    bool was_there = !relay->hung_up;
    choose(relay, happened);
    if (poll(happened, ALL, milliseconds(timeout)) < 0) {
        if (errno != EINTR)
            die("cannot wait for the terminal");
        return 0;
    }
    if (happened[ORDERS].revents != 0)
        take_orders(relay);
    relay->told |= (happened[ORDERS].revents & (POLLHUP | POLLERR)) != 0;
    copy(relay, happened);
    if (relay->hung_up && was_there) {
        *information = (siginfo_t){.si_signo = SIGHUP, .si_code = SI_USER};
        return SIGHUP;
    }
    return happened[SIGNALS].revents != 0 ? take_signal(relay, information) : 0;
}

static bool ends_waiting(struct relay *relay)
{
    siginfo_t information;
    int signal = take_signal(relay, &information);
    return signal == SIGTERM || signal == SIGINT || signal == SIGHUP || signal == SIGQUIT;
}

/* A terminal that takes nothing more could keep us here for ever; who waits for our end can send a signal. */
static bool wait_for_room(struct relay *relay, bool patient)
{
    struct pollfd room[] = {{.fd = relay->run->terminal->out, .events = POLLOUT}, {.fd = relay->signals, .events = POLLIN}};
    for (;;) {
        int ready = poll(room, patient ? 2 : 1, patient ? -1 : 0);
        if (ready > 0 && room[0].revents != 0)
            return (room[0].revents & POLLOUT) != 0;
        if (ready == 0 || (ready < 0 && errno != EINTR) || (ready > 0 && ends_waiting(relay)))
            return false;
    }
}

/* What cannot be shown now is kept. */
static bool show(struct relay *relay, bool patient)
{
    const struct terminal *caller = relay->run->terminal;
    while (!is_empty(&relay->output)) {
        if (!wait_for_room(relay, patient) || !empty(&relay->output, caller->out, caller->blocking))
            return false;
    }
    return true;
}

void relay_drain(struct relay *relay, bool patient)
{
    size_t shown = 0;
    while (relay->pty >= 0 && shown < LAST_OUTPUT && show(relay, patient)) {
        if (fill(&relay->output, relay->pty) <= 0)
            return;
        shown += relay->output.end;
    }
}

/* The terminal of a command that ended as soon as it began; stops are of no interest any more. */
static void take_last_orders(struct relay *relay)
{
    int status, ends[2];
    while (orders_receive_status(relay->orders, &status, ends)) {
        if (ends[0] >= 0 && relay->pty < 0) {
            relay->pty = ends[0];
            relay->command_end = ends[1];
            fcntl(relay->pty, F_SETFL, O_RDWR | O_NONBLOCK);
        }
    }
}

void relay_end(struct relay *relay, bool last_output)
{
    take_last_orders(relay);
    question_end(relay, ANSWER_NOBODY);
    if (last_output)
        relay_drain(relay, true);
    job_return_terminal(relay);
    hang_up(relay);
    close(relay->signals);
}
