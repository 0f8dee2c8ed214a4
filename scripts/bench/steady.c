/*
 * steady WORKLOAD [FILE]: work that a sandbox should not slow down.
 *   ping    one byte back and forth between two processes over a socket, 20,000 times
 *   read    20,000 reads of 4 kB at random places of FILE
 *   open    FILE is opened and closed 20,000 times
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TIMES = 20000 };

static int ping(void)
{
    int ends[2];
    char byte = 0;
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) < 0)
        return 1;
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        while (read(ends[1], &byte, 1) == 1 && write(ends[1], &byte, 1) == 1)
            ;
        _exit(0);
    }
    close(ends[1]);
    for (int i = 0; i < TIMES; i++) {
        if (write(ends[0], &byte, 1) != 1 || read(ends[0], &byte, 1) != 1)
            return 1;
    }
    close(ends[0]);
    return waitpid(child, NULL, 0) != child;
}

static int read_at_random(const char *path)
{
    static char buffer[4096];
    struct stat status;
    unsigned long long state = 88172645463325252ULL;
    int file = open(path, O_RDONLY);
    if (file < 0 || fstat(file, &status) < 0 || status.st_size < (off_t)sizeof buffer)
        return 1;
    for (int i = 0; i < TIMES; i++) {
        state ^= state << 13, state ^= state >> 7, state ^= state << 17;
        off_t block = (off_t)(state % (unsigned long long)(status.st_size / (off_t)sizeof buffer));
        if (pread(file, buffer, sizeof buffer, block * (off_t)sizeof buffer) != (ssize_t)sizeof buffer)
            return 1;
    }
    return 0;
}

static int open_and_close(const char *path)
{
    for (int i = 0; i < TIMES; i++) {
        int file = open(path, O_RDONLY | O_CLOEXEC);
        if (file < 0 || close(file) < 0)
            return 1;
    }
    return 0;
}

int main(int count, char **arguments)
{
    if (count == 2 && strcmp(arguments[1], "ping") == 0)
        return ping();
    if (count == 3 && strcmp(arguments[1], "read") == 0)
        return read_at_random(arguments[2]);
    if (count == 3 && strcmp(arguments[1], "open") == 0)
        return open_and_close(arguments[2]);
    return 2;
}
