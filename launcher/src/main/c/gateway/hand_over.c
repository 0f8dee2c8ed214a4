/*
 * What happens between the sandbox and the gateway: a connection made outside, before there is a sandbox; sockets that
 * listen inside, each handed over; and the gateway's answer, without which no command runs: it is asked for when all else is
 * done that the gateway need not wait for. The supervisor keeps the
 * connection for as long as the sandbox lives: its end is the end of the sandbox for the gateway.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "actions.h"
#include "clock.h"
#include "closing.h"
#include "gateway.h"
#include "kernel.h"
#include "messages.h"
#include "network_address.h"
#include "opcodes.h"
#include "passing.h"
#include "run.h"
#include "terminal.h"
#include "text.h"

enum { SLICE = 200, SILENCE = 10000, PATIENCE = 180000 /* milliseconds: a JVM starts slowly on an emulated processor */ };
enum { MOST_SOCKETS = 512, LISTEN_BACKLOG = 1024, MAY_BE_MISSING = 1, SHORT_LINE = 512 };

static struct {
    int connection;
    int answer; /* the gateway's, to be read; -1: it was, or there is none to come */
    const char *variables;
    struct text policy; /* with a line for each socket */
    int sockets[MOST_SOCKETS];
    unsigned count;
    bool gone;
    struct text lines; /* of the gateway's, up to one that is not complete */
    char question[SHORT_LINE];
    unsigned number;
    bool asked; /* there is a question that nobody has taken up */
    const char *remark; /* for whoever would be asked; NULL: none */
} handed = {.connection = -1, .answer = -1};

/* Whoever is at the terminal can be asked. */
static void add_asker(const struct run *run)
{
    if (strstr(handed.policy.bytes, "\non-deny ask\n") == NULL)
        return;
    if (run->terminal->there)
        text_add(&handed.policy, "asker yes\n");
    else
        say("warning: there is no terminal to ask on: destinations that are not listed are refused");
}

/* Lines that the plan does not know: who asks, and what the caller's environment says of proxies. */
void do_gateway(struct run *run, const struct operand *operands)
{
    if (run->probe)
        return;
    if (handed.connection >= 0) /* of a plan that failed, and was compiled again */
        close(handed.connection);
    handed.connection = gateway_connect();
    handed.count = 0;
    handed.gone = false;
    handed.policy = (struct text){.bytes = NULL};
    handed.variables = operands[1].data;
    text_add_bytes(&handed.policy, operands[0].data, operands[0].length);
    text_add(&handed.policy, "sandbox %d\n", (int)getpid());
    add_asker(run);
    const char *name = handed.variables;
    while (*name != '\0') {
        size_t length = strcspn(name, " ");
        const char *value = getenv(text_of("%.*s", (int)length, name));
        if (value != NULL && value[0] != '\0' && strpbrk(value, "\r\n") == NULL)
            text_add(&handed.policy, "variable %.*s %s\n", (int)length, name, value);
        name += length + strspn(name + length, " ");
    }
}

static socklen_t socket_address(const char *text, uint64_t port, struct sockaddr_storage *storage)
{
    struct network_address address;
    if (!network_address_parse(text, &address) || port == 0 || port > 0xffff)
        refuse("`%s` and %llu are not an address and a port", text, (unsigned long long)port);
    struct sockaddr_in *old = (struct sockaddr_in *)storage;
    struct sockaddr_in6 *new = (struct sockaddr_in6 *)storage;
    *storage = (struct sockaddr_storage){.ss_family = (sa_family_t)address.family};
    if (address.family == AF_INET) {
        old->sin_port = htons((uint16_t)port);
        memcpy(&old->sin_addr, address.bytes, address.length);
        return sizeof *old;
    }
    new->sin6_port = htons((uint16_t)port);
    memcpy(&new->sin6_addr, address.bytes, address.length);
    return sizeof *new;
}

/* An address of a local route is nobody's in particular, which IPv6 wants to be told. */
static void prepare(int made, int family)
{
    static const int on = 1;
    if (family == AF_INET6 && (setsockopt(made, IPPROTO_IPV6, 26 /* IPV6_V6ONLY */, &on, sizeof on) < 0 ||
                               setsockopt(made, IPPROTO_IPV6, 78 /* IPV6_FREEBIND */, &on, sizeof on) < 0))
        die("cannot prepare a socket for IPv6");
}

/* A protocol (`tcp`, `udp`), an address, a port; flag 1: where there is no IPv6, it is passed over. */
void do_listen(struct run *run, const struct operand *operands)
{
    struct sockaddr_storage address;
    socklen_t length = socket_address(operands[1].data, operands[2].number, &address);
    bool stream = strcmp(operands[0].data, "tcp") == 0;
    int made = socket(address.ss_family, (stream ? SOCK_STREAM : SOCK_DGRAM) | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (made >= 0)
        prepare(made, address.ss_family);
    if (made < 0 || bind(made, (const struct sockaddr *)&address, length) < 0) {
        bool missing = address.ss_family == AF_INET6 && (errno == EAFNOSUPPORT || errno == EADDRNOTAVAIL);
        if (missing && (operands[3].number & MAY_BE_MISSING) != 0) {
            if (made >= 0)
                close(made);
            return;
        }
        die("cannot listen on %s %s:%llu inside", operands[0].data, operands[1].data,
            (unsigned long long)operands[2].number);
    }
    if (stream && listen(made, LISTEN_BACKLOG) < 0)
        die("cannot listen on %s:%llu inside", operands[1].data, (unsigned long long)operands[2].number);
    if (run->probe) {
        close(made);
        return;
    }
    if (handed.count == MOST_SOCKETS)
        refuse("a sandbox has at most %d sockets to the gateway", MOST_SOCKETS);
    handed.sockets[handed.count++] = made;
    text_add(&handed.policy, "socket %s %s %llu\n", operands[0].data, operands[1].data,
             (unsigned long long)operands[2].number);
}

static int policy_file(void)
{
    int file = (int)syscall(SYS_memfd_create, "hexe-policy-network", 1U /* MFD_CLOEXEC */);
    if (file < 0 || write(file, handed.policy.bytes, handed.policy.length) != (ssize_t)handed.policy.length ||
        lseek(file, 0, SEEK_SET) != 0)
        die("cannot write the gateway's policy");
    return file;
}

static _Noreturn void no_gateway(void)
{
    const char *messages = gateway_messages();
    refuse_with_help(messages == NULL ? "`hexe-policy doctor` says what is missing" : text_of("`%s` says why", messages),
                     "the gateway to the network does not answer");
}

/* Signals are blocked while a sandbox is set up. */
static void end_by_signal(void)
{
    static const int ending[] = {SIGTERM, SIGINT, SIGHUP, SIGQUIT};
    sigset_t pending;
    if (sigpending(&pending) < 0)
        die("cannot look for signals");
    for (size_t i = 0; i < sizeof ending / sizeof *ending; i++)
        if (sigismember(&pending, ending[i]) == 1)
            _exit(EXIT_SIGNAL + ending[i]);
}

/*
 * A gateway that starts takes nothing yet, and the kernel keeps only so much on its way to it. The supervisor has the same
 * connection, and makes it one that does not wait.
 */
static void give(int descriptor)
{
    uint64_t until = clock_later(clock_now(), SILENCE + PATIENCE);
    while (passing_try(handed.connection, "", 1, &descriptor, 1) < 0) {
        if (!passing_wait(handed.connection))
            die("cannot hand the gateway a socket");
        end_by_signal();
        if (clock_now() >= until)
            no_gateway();
    }
}

/* Whether the gateway says something, or ends, before that time. */
static bool is_readable_before(int from, uint64_t until)
{
    struct pollfd ready = {.fd = from, .events = POLLIN};
    do {
        int events = poll(&ready, 1, SLICE);
        if (events > 0)
            return true;
        if (events < 0 && errno != EINTR)
            die("cannot wait for the gateway");
        end_by_signal();
    } while (clock_now() < until);
    return false;
}

/* `ok`, or why not; nothing where the gateway has ended, with which the other end of the pipe is gone. */
static void await_answer(int from)
{
    char answer[512];
    uint64_t start = clock_now();
    bool readable = is_readable_before(from, clock_later(start, SILENCE));
    if (!readable) {
        say("waiting for the gateway to the network, which starts");
        readable = is_readable_before(from, clock_later(start, PATIENCE));
    }
    ssize_t length = readable ? read(from, answer, sizeof answer - 1) : -1;
    if (length <= 0)
        no_gateway();
    answer[length] = '\0';
    answer[strcspn(answer, "\n")] = '\0';
    if (strcmp(answer, "ok") != 0)
        refuse("the gateway refuses this sandbox: %s", answer);
}

/* flag 1: the first process connects to ports inside on request. */
void do_gateway_hand_over(struct run *run, const struct operand *operands)
{
    if (run->probe)
        return;
    int answer[2];
    int publish = (operands[0].number & 1) != 0 ? publish_open(run) : -1;
    if (publish >= 0)
        text_add(&handed.policy, "socket connector - 1\n");
    if (pipe2(answer, O_CLOEXEC) < 0)
        die("cannot make a pipe for the gateway's answer");
    int policy = policy_file();
    give(policy);
    give(answer[1]);
    close(answer[1]); /* its end is that of the gateway, from here on */
    close_later(policy);
    for (unsigned i = 0; i < handed.count; i++) {
        give(handed.sockets[i]);
        close_later(handed.sockets[i]);
    }
    if (publish >= 0) {
        give(publish);
        close(publish);
    }
    handed.answer = answer[0];
}

void do_gateway_answer(struct run *run, const struct operand *operands)
{
    (void)operands;
    if (run->probe)
        return;
    await_answer(handed.answer);
    close(handed.answer);
    close(handed.connection);
    handed.answer = -1;
    handed.connection = -1;
}

void gateway_watch(void)
{
    if (handed.connection < 0)
        return;
    if (fcntl(handed.connection, F_SETOWN, getpid()) < 0 || fcntl(handed.connection, 10 /* F_SETSIG */, SIGURG) < 0 ||
        fcntl(handed.connection, F_SETFL, O_ASYNC | O_NONBLOCK) < 0)
        die("cannot watch the gateway");
    char first;
    if (recv(handed.connection, &first, 1, MSG_PEEK | MSG_DONTWAIT) >= 0)
        kill(getpid(), SIGURG); /* of what came before, nothing else says so */
}

static const char ask[] = "ask ", remark[] = "remark ";

/* `ask NUMBER HOST PORT` */
static void take_question(const char *line)
{
    char *rest;
    handed.number = (unsigned)strtoul(line + sizeof ask - 1, &rest, 10);
    while (*rest == ' ')
        rest++;
    snprintf(handed.question, sizeof handed.question, "%s", rest);
    handed.asked = true;
}

static void take_line(const struct run *run, const char *line, size_t length)
{
    if (strncmp(line, ask, sizeof ask - 1) == 0) {
        take_question(text_of("%.*s", (int)length - 1, line));
        return;
    }
    if (strncmp(line, remark, sizeof remark - 1) == 0) {
        handed.remark = text_of("%.*s", (int)(length - sizeof remark), line + sizeof remark - 1);
        return;
    }
    ssize_t ignored = run->channels.status < 0 ? 0 : write(run->channels.status, line, length);
    (void)ignored;
}

static void take_lines(const struct run *run, const char *bytes, size_t length)
{
    struct text rest = {.bytes = NULL};
    text_add_bytes(&handed.lines, bytes, length);
    const char *line = handed.lines.bytes, *end;
    while ((end = strchr(line, '\n')) != NULL) {
        take_line(run, line, (size_t)(end - line) + 1);
        line = end + 1;
    }
    text_add(&rest, "%s", line);
    text_free(&handed.lines);
    handed.lines = rest;
}

const char *gateway_next_question(void)
{
    bool asked = handed.asked;
    handed.asked = false;
    return asked ? handed.question : NULL;
}

const char *gateway_next_remark(void)
{
    const char *next = handed.remark;
    handed.remark = NULL;
    return next;
}

void gateway_answer(const char *word)
{
    char line[SHORT_LINE];
    int length = snprintf(line, sizeof line, "answer %u %s\n", handed.number, word);
    ssize_t ignored = send(handed.connection, line, (size_t)length, MSG_NOSIGNAL | MSG_DONTWAIT);
    (void)ignored; /* a gateway that does not learn of it lets nothing through */
}

bool gateway_has_ended(void)
{
    return handed.gone;
}

/* Lines of JSON go on as they are: the gateway is outside, as we are. */
void gateway_look(struct run *run)
{
    static char lines[4096];
    ssize_t length;
    if (handed.connection < 0 || handed.gone)
        return;
    while ((length = recv(handed.connection, lines, sizeof lines, MSG_DONTWAIT)) > 0) {
        take_lines(run, lines, (size_t)length);
    }
    if (length < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    handed.gone = true;
    say("the gateway has ended: the sandbox reaches nothing over the network any more");
}

/* Whether a socket tells which network namespace it is of: the gateway goes by it. */
void do_network_cookie_query(struct run *run, const struct operand *operands)
{
    uint64_t cookie = 0;
    socklen_t length = sizeof cookie;
    int made = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    (void)operands;
    if (made < 0 || getsockopt(made, SOL_SOCKET, 71 /* SO_NETNS_COOKIE */, &cookie, &length) < 0)
        die("cannot tell network namespaces apart");
    close(made);
    run->value = 1;
}
