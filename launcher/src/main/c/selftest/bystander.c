/*
 * What belongs to the caller and no sandbox: a process, a System V segment, a message queue, sockets. Everything has a
 * random name, is printed as `NAME VALUE`, and is gone when the standard input ends.
 */
#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>

#include "prover.h"
#include "kernel.h"
#include "messages.h"
#include "run.h"

/* A pid that no process of a new pid namespace will have in the time this takes. */
enum { SMALLEST_PID = 2000 };

static volatile uint64_t secret = UINT64_C(0x7365637265742121);

static _Noreturn void be_there(pid_t parent)
{
    sys_prctl(PR_SET_PDEATHSIG, SIGKILL, 0);
    sys_prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY, 0); /* Yama is not what is tried */
    while (getppid() == parent)
        pause();
    _exit(0);
}

static pid_t start_process(void)
{
    pid_t self = getpid();
    for (int i = 0; i <= SMALLEST_PID; i++) {
        pid_t child = sys_clone(SIGCHLD);
        if (child < 0)
            die("cannot start a process to be left alone");
        if (child == 0)
            be_there(self);
        if (child >= SMALLEST_PID)
            return child;
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
    }
    refuse("there is no process id above %d", SMALLEST_PID);
}

/* A kernel without this has nothing to keep away from. */
static int make_segment(void)
{
    key_t key = (key_t)(0x48000000 | (getpid() & 0xffffff));
    int segment = shmget(key, 4096, IPC_CREAT | IPC_EXCL | 0600);
    if (segment >= 0)
        printf("segment-key %d\nsegment-id %d\n", (int)key, segment);
    return segment;
}

/* A small one: they count against a limit of the user's. The call itself takes the name without its slash. */
static int make_queue(const char *name)
{
    long attributes[8] = {0, 1 /* message */, 64 /* bytes */};
    int queue = (int)syscall(SYS_mq_open, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600, attributes);
    if (queue >= 0)
        printf("queue %s\n", name);
    return queue;
}

enum { USER_KEYRING = -4, UNLINK = 9 };

static long make_key(const char *name)
{
    long key = syscall(SYS_add_key, "user", name, "secret", 6, USER_KEYRING);
    if (key >= 0)
        printf("key %s\n", name);
    return key;
}

/* One with a number that no terminal of a new sandbox has; the others are closed again. It stays open until the end. */
static void make_terminal(void)
{
    enum { SMALLEST = 24 };
    int made[SMALLEST + 1], count = 0, unlock = 0;
    unsigned number = 0;
    while (count <= SMALLEST && number < SMALLEST) {
        int terminal = openat(AT_FDCWD, "/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC);
        if (terminal < 0 || syscall(SYS_ioctl, terminal, TIOCGPTN, &number) < 0)
            break;
        made[count++] = terminal;
    }
    if (number >= SMALLEST && ioctl(made[count - 1], TIOCSPTLCK, &unlock) == 0) {
        printf("terminal /dev/pts/%u\n", number);
        count--;
    }
    while (count > 0)
        close(made[--count]);
}

static int listen_at(const char *path, size_t start)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t length = strlen(path);
    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listener < 0 || start + length >= sizeof address.sun_path)
        return -1;
    memcpy(address.sun_path + start, path, length);
    socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + start + length);
    return bind(listener, (struct sockaddr *)&address, size) < 0 || listen(listener, 16) < 0 ? -1 : listener;
}

static void listen_locally(const char *name, const char *path)
{
    if (listen_at(name, 1) >= 0)
        printf("abstract %s\n", name);
    if (path[0] != '\0' && listen_at(path, 0) >= 0)
        printf("socket %s\n", path);
}

/* Who started us ends the input when it ends, however it does; only then everything is cleaned up. */
static void ignore_ends(void)
{
    const int ends[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        signal(ends[i], SIG_IGN);
}

static void wait_for_end(void)
{
    char byte;
    ssize_t got;
    do
        got = read(STDIN_FILENO, &byte, 1);
    while (got > 0 || (got < 0 && errno == EINTR));
}

_Noreturn void bystander_main(const char *path)
{
    char name[32] = "hexe-verify-";
    random_name(name + strlen(name));
    ignore_ends();
    pid_t process = start_process();
    int segment = make_segment(), queue = make_queue(name);
    long key = make_key(name);
    make_terminal();
    listen_locally(name, path);
    printf("process %d\naddress %llu\nready yes\n", (int)process, (unsigned long long)(uintptr_t)&secret);
    fflush(stdout);
    wait_for_end();
    kill(process, SIGKILL);
    waitpid(process, NULL, 0);
    if (segment >= 0)
        shmctl(segment, IPC_RMID, NULL);
    if (queue >= 0)
        syscall(SYS_mq_unlink, name);
    if (key >= 0)
        syscall(SYS_keyctl, UNLINK, key, USER_KEYRING);
    if (path[0] != '\0')
        unlink(path);
    _exit(0);
}
