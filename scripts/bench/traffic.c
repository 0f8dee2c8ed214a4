/*
 * Measures connections, from wherever it is started.
 *
 *   traffic serve PORT               on the loopback: echoes what comes behind an `e`, and takes what comes behind an `s`, up to a `!`
 *   traffic rate HOST PORT BYTES     MB/s of one connection, until the other side has all
 *   traffic connect HOST PORT COUNT  microseconds from connect() to the first byte back, the median
 *   traffic many HOST PORT COUNT     microseconds for a byte there and back on each of so many connections at once, the 99th percentile
 *
 * With TRAFFIC_PROXY=yes, a connection is asked for with CONNECT from what https_proxy names, http://[USER:PASSWORD@]localhost:PORT.
 */
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { PIECE = 256 << 10, MOST = 4096, EVENTS = 256, ROUNDS = 5 };

static char piece[PIECE];
static char modes[MOST * 4];

static double now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec * 1e6 + (double)at.tv_nsec / 1e3;
}

static void write_all(int to, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = send(to, bytes, length, MSG_NOSIGNAL);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            err(1, "cannot send");
        bytes += written;
        length -= (size_t)written;
    }
}

static struct sockaddr_in address(const char *host, const char *port)
{
    struct sockaddr_in made = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(port))};
    if (inet_pton(AF_INET, strcmp(host, "localhost") == 0 ? "127.0.0.1" : host, &made.sin_addr) != 1)
        errx(1, "%s is not an address", host);
    return made;
}

/* What of a connection has come; false: it has ended. */
static int serve_one(int peer)
{
    ssize_t length = recv(peer, piece, sizeof piece, 0);
    size_t from = 0;
    if (length <= 0)
        return 0;
    if (modes[peer] == 0)
        modes[peer] = piece[from++];
    if (modes[peer] == 'e' && (size_t)length > from)
        (void)!send(peer, piece + from, (size_t)length - from, MSG_NOSIGNAL);
    if (modes[peer] == 's' && piece[length - 1] == '!')
        (void)!send(peer, "!", 1, MSG_NOSIGNAL);
    return 1;
}

static void begin(int all, int server)
{
    static const int on = 1;
    int peer = accept(server, NULL, NULL);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = peer};
    if (peer < 0 || (size_t)peer >= sizeof modes)
        return;
    modes[peer] = 0;
    setsockopt(peer, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    epoll_ctl(all, EPOLL_CTL_ADD, peer, &event);
}

static void serve(const char *port)
{
    static const int on = 1;
    struct sockaddr_in here = address("127.0.0.1", port);
    int server = socket(AF_INET, SOCK_STREAM, 0), all = epoll_create1(0);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = server}, events[EVENTS];
    setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(server, (struct sockaddr *)&here, sizeof here) < 0 || listen(server, MOST) < 0)
        err(1, "cannot listen on %s", port);
    epoll_ctl(all, EPOLL_CTL_ADD, server, &event);
    for (;;) {
        int count = epoll_wait(all, events, EVENTS, -1);
        for (int i = 0; i < count; i++) {
            if (events[i].data.fd == server)
                begin(all, server);
            else if (!serve_one(events[i].data.fd))
                close(events[i].data.fd);
        }
    }
}

/* The words for `Authorization`. */
static void encode(const char *from, size_t length, char *to)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < length; i += 3) {
        unsigned bits = (unsigned char)from[i] << 16 | (i + 1 < length ? (unsigned char)from[i + 1] << 8 : 0) |
                        (i + 2 < length ? (unsigned char)from[i + 2] : 0);
        for (size_t digit = 0; digit < 4; digit++)
            *to++ = i + digit > length ? '=' : digits[bits >> (18 - 6 * digit) & 63];
    }
    *to = '\0';
}

/* As a program does that was told of a proxy. */
static void ask_proxy(int made, const char *host, const char *port, const char *user, size_t user_length)
{
    char answer[4096], words[512] = "";
    size_t length = 0;
    if (user_length > 300)
        errx(1, "the proxy's user has a long name");
    encode(user, user_length, words);
    int asked = snprintf(answer, sizeof answer, "CONNECT %s:%s HTTP/1.1\r\nHost: %s:%s\r\n%s%s%s\r\n", host, port, host, port,
                         user_length > 0 ? "Proxy-Authorization: Basic " : "", words, user_length > 0 ? "\r\n" : "");
    write_all(made, answer, (size_t)asked);
    do {
        ssize_t got = recv(made, answer + length, sizeof answer - 1 - length, 0);
        if (got <= 0)
            errx(1, "the proxy does not answer");
        length += (size_t)got;
        answer[length] = '\0';
    } while (strstr(answer, "\r\n\r\n") == NULL && length < sizeof answer - 1);
    if (strstr(answer, " 200 ") == NULL)
        errx(1, "the proxy refuses: %.60s", answer);
}

static int connected(const char *host, const char *port)
{
    static const int on = 1;
    const char *proxy = getenv("TRAFFIC_PROXY") == NULL ? NULL : getenv("https_proxy"), *at = NULL, *user = NULL;
    struct sockaddr_in there;
    int made = socket(AF_INET, SOCK_STREAM, 0);
    if (proxy != NULL) {
        user = strncmp(proxy, "http://", 7) == 0 ? proxy + 7 : proxy;
        at = strrchr(user, '@');
        const char *colon = strrchr(user, ':');
        if (colon == NULL)
            errx(1, "%s is no proxy", proxy);
        there = address("127.0.0.1", colon + 1);
    } else {
        there = address(host, port);
    }
    if (connect(made, (struct sockaddr *)&there, sizeof there) < 0)
        err(1, "cannot connect");
    setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (proxy != NULL)
        ask_proxy(made, host, port, user, at == NULL ? 0 : (size_t)(at - user));
    return made;
}

static void await(int from)
{
    char byte;
    if (recv(from, &byte, 1, 0) != 1)
        err(1, "no answer");
}

static int order(const void *one, const void *other)
{
    double a = *(const double *)one, b = *(const double *)other;
    return (a > b) - (a < b);
}

static double percentile(double *values, size_t count, double part)
{
    qsort(values, count, sizeof *values, order);
    return values[(size_t)((double)(count - 1) * part)];
}

static double rate(const char *host, const char *port, long bytes)
{
    int made = connected(host, port);
    double start = now();
    write_all(made, "s", 1);
    for (long left = bytes; left > 0; left -= PIECE)
        write_all(made, piece, PIECE);
    write_all(made, "!", 1); /* there are proxies that do not know of half a connection */
    await(made);
    return (double)bytes / (now() - start);
}

static double connect_time(const char *host, const char *port, size_t count)
{
    double *times = calloc(count, sizeof *times);
    for (size_t i = 0; i < count; i++) {
        double start = now();
        int made = connected(host, port);
        write_all(made, "ex", 2);
        await(made);
        times[i] = now() - start;
        close(made);
    }
    return percentile(times, count, 0.5);
}

static double many_at_once(const char *host, const char *port, size_t count)
{
    static int made[MOST];
    double *sent = calloc(count, sizeof *sent), *times = calloc(count * ROUNDS, sizeof *times);
    struct epoll_event events[EVENTS];
    size_t taken = 0;
    int all = epoll_create1(0);
    if (count > MOST)
        errx(1, "at most %d", MOST);
    for (size_t i = 0; i < count; i++) {
        struct epoll_event event = {.events = EPOLLIN, .data.u64 = i};
        made[i] = connected(host, port);
        write_all(made[i], "ex", 2);
        await(made[i]);
        epoll_ctl(all, EPOLL_CTL_ADD, made[i], &event);
    }
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < count; i++) {
            sent[i] = now();
            write_all(made[i], "x", 1);
        }
        for (size_t left = count; left > 0;) {
            int ready = epoll_wait(all, events, EVENTS, -1);
            for (int i = 0; i < ready; i++, left--) {
                await(made[events[i].data.u64]);
                times[taken++] = now() - sent[events[i].data.u64];
            }
        }
    }
    return percentile(times, taken, 0.99);
}

int main(int count, char **words)
{
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    if (count == 3 && strcmp(words[1], "serve") == 0)
        serve(words[2]);
    if (count != 5)
        errx(2, "see the first lines of the source");
    long number = atol(words[4]);
    double measured = strcmp(words[1], "rate") == 0      ? rate(words[2], words[3], number)
                      : strcmp(words[1], "connect") == 0 ? connect_time(words[2], words[3], (size_t)number)
                                                         : many_at_once(words[2], words[3], (size_t)number);
    printf("%.1f\n", measured);
    return 0;
}
