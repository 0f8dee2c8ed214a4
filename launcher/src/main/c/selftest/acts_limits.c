/* Acts that use up resources. */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

#include "acts.h"
#include "kernel.h"

/* They end with their parent, whoever ends that. */
static pid_t start(bool busy)
{
    pid_t parent = getpid(), child = sys_clone(SIGCHLD);
    if (child != 0)
        return child;
    sys_prctl(PR_SET_PDEATHSIG, SIGKILL, 0);
    while (getppid() == parent) {
        if (!busy)
            pause();
    }
    _exit(0);
}

static void end_all(void)
{
    if (getpgrp() != getpid())
        return; /* the group is not this attempt's own: they end with it */
    signal(SIGTERM, SIG_IGN);
    kill(0, SIGTERM);
    while (waitpid(-1, NULL, 0) > 0)
        continue;
}

/* The value is how many there could be. */
static int try_fork_many(char **arguments, char *value)
{
    uint64_t wanted = act_number(arguments[0]), count = 0;
    int error = 0;
    while (count < wanted && error == 0) {
        error = act_result(start(false));
        count += error == 0 ? 1 : 0;
    }
    end_all();
    snprintf(value, ACT_VALUE, "%llu", (unsigned long long)count);
    return error;
}

static int try_allocate(char **arguments, char *value)
{
    size_t size = act_number(arguments[0]);
    char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    (void)value;
    if (memory == MAP_FAILED)
        return errno;
    for (size_t i = 0; i < size; i += 4096)
        memory[i] = 1;
    munmap(memory, size);
    return 0;
}

static uint64_t milliseconds(struct timeval time)
{
    return (uint64_t)time.tv_sec * 1000 + (uint64_t)time.tv_usec / 1000;
}

/* The value is the processor time that some processes got, in milliseconds. */
static int try_burn(char **arguments, char *value)
{
    uint64_t time = act_number(arguments[0]), count = act_number(arguments[1]);
    struct timespec pause_ = {.tv_sec = (time_t)(time / 1000), .tv_nsec = (long)(time % 1000) * 1000000};
    struct rusage usage;
    for (; count > 0; count--) {
        if (start(true) < 0)
            return UNABLE(errno);
    }
    nanosleep(&pause_, NULL);
    end_all();
    if (getrusage(RUSAGE_CHILDREN, &usage) < 0)
        return UNABLE(errno);
    snprintf(value, ACT_VALUE, "%llu",
             (unsigned long long)(milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime)));
    return 0;
}

/* Where space cannot be reserved it is written. */
static int write_all(int file, uint64_t size)
{
    static char zeros[65536];
    for (uint64_t done = 0; done < size; done += sizeof zeros) {
        if (write(file, zeros, sizeof zeros) < 0)
            return errno;
    }
    return 0;
}

static int try_fill(char **arguments, char *value)
{
    char path[4200];
    uint64_t size = act_number(arguments[1]);
    (void)value;
    snprintf(path, sizeof path, "%s/.hexe-verify-fill", act_path(arguments[0]));
    int file = openat(AT_FDCWD, path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        return UNABLE(errno);
    unlink(path);
    int error = act_result(fallocate(file, 0, 0, (off_t)size));
    if (error == EOPNOTSUPP)
        error = write_all(file, size);
    close(file);
    return error;
}

const struct act limit_acts[] = {
    {"fork-many", 1, try_fork_many},
    {"allocate", 1, try_allocate},
    {"burn", 2, try_burn},
    {"fill", 2, try_fill},
    {.name = NULL},
};
