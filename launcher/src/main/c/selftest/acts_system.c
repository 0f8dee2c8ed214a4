/* Acts that any program of the system does: what works outside is to work inside, with the same result. */
#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "acts.h"
#include "kernel.h"

enum { MOST_WORDS = 15 };

/* How much there is, and a checksum: FNV-1a, to tell one text from another. */
struct sum {
    uint64_t bytes, hash;
};

static const struct sum empty_sum = {0, 0xcbf29ce484222325};

static int add_all(struct sum *sum, int from)
{
    unsigned char bytes[4096];
    ssize_t length;
    while ((length = read(from, bytes, sizeof bytes)) != 0) {
        if (length < 0 && errno == EINTR)
            continue;
        if (length < 0)
            return errno;
        for (ssize_t i = 0; i < length; i++)
            sum->hash = (sum->hash ^ bytes[i]) * 0x100000001b3;
        sum->bytes += (uint64_t)length;
    }
    return 0;
}

static void tell(const struct sum *sum, char *value)
{
    snprintf(value, ACT_VALUE, "%llu bytes, %08x", (unsigned long long)sum->bytes,
             (unsigned)(sum->hash ^ sum->hash >> 32));
}

/* Words are separated by single spaces. */
static void split(char *text, char *words[MOST_WORDS + 1])
{
    int count = 0;
    for (char *word = strtok(text, " "); word != NULL && count < MOST_WORDS; word = strtok(NULL, " "))
        words[count++] = word;
    words[count] = NULL;
}

static _Noreturn void become(char **words, int output)
{
    int nothing = openat(AT_FDCWD, "/dev/null", O_RDWR);
    if (nothing < 0 || dup2(nothing, 0) < 0 || dup2(output, 1) < 0 || dup2(nothing, 2) < 0)
        _exit(127);
    execve(words[0], words, environ);
    _exit(127);
}

/* The status is part of the answer: a program that fails has been executed. */
static int try_output(char **arguments, char *value)
{
    char text[ACT_VALUE], *words[MOST_WORDS + 1];
    struct sum sum = empty_sum;
    int output[2], status = 0;
    snprintf(text, sizeof text, "%s", arguments[0]);
    split(text, words);
    if (words[0] == NULL || pipe2(output, O_CLOEXEC) < 0)
        return UNABLE(errno);
    pid_t child = sys_clone(SIGCHLD);
    if (child < 0)
        return UNABLE(errno);
    if (child == 0)
        become(words, output[1]);
    close(output[1]);
    int error = add_all(&sum, output[0]);
    close(output[0]);
    if (waitpid(child, &status, 0) < 0)
        return UNABLE(errno);
    if (error != 0)
        return error;
    tell(&sum, value);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        snprintf(value, ACT_VALUE, "status %d", WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    return 0;
}

/* Of a directory: how many of its entries lead somewhere that can be opened. */
static int count_entries(int file, char *value)
{
    unsigned opened = 0, all = 0;
    struct dirent *entry;
    DIR *directory = fdopendir(file);
    if (directory == NULL)
        return errno;
    while ((entry = readdir(directory)) != NULL) {
        int each = openat(dirfd(directory), entry->d_name, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
        all++;
        opened += each >= 0;
        if (each >= 0)
            close(each);
    }
    closedir(directory);
    snprintf(value, ACT_VALUE, "%u of %u entries", opened, all);
    return 0;
}

static int try_content(char **arguments, char *value)
{
    struct stat status;
    struct sum sum = empty_sum;
    int file = openat(AT_FDCWD, arguments[0], O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (file < 0)
        return errno;
    if (fstat(file, &status) == 0 && S_ISDIR(status.st_mode))
        return count_entries(file, value);
    int error = add_all(&sum, file);
    close(file);
    tell(&sum, value);
    return error;
}

const struct act system_acts[] = {
    {"output", 1, try_output},
    {"content", 1, try_content},
    {.name = NULL},
};
