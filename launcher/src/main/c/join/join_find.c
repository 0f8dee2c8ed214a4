/*
 * Whether a process is the supervisor of a sandbox of ours. What a sandboxed process can make of itself must not do: it
 * can execute this program, call itself anything, and have any descriptors. It cannot be in our namespaces with our
 * user id and without the marks that a sandbox leaves.
 */
#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "join.h"
#include "kernel.h"
#include "messages.h"
#include "proc.h"
#include "text.h"

static const char help[] = "`hexe-policy ps` lists the sandboxes that you can enter";

static bool same_file(int one, int other, const char *name)
{
    struct stat a, b;
    return fstatat(one, name, &a, 0) == 0 && fstatat(other, name, &b, 0) == 0 && a.st_ino == b.st_ino &&
           a.st_dev == b.st_dev;
}

/* Ids, and what everything in a sandbox has that does without namespaces. */
static bool same_marks(int one, int other)
{
    static const char *const words[] = {"Uid:", "Gid:", "NoNewPrivs:", "Seccomp:"};
    char texts[2][4096], values[2][128];
    if (!proc_read(one, "status", texts[0], sizeof texts[0]) ||
        !proc_read(other, "status", texts[1], sizeof texts[1]))
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        for (int side = 0; side < 2; side++) {
            if (!proc_value(texts[side], words[i], values[side], sizeof values[side]))
                return false;
        }
        if (strcmp(values[0], values[1]) != 0)
            return false;
    }
    return true;
}

bool join_is_ours(int process)
{
    static const char *const same[] = {"exe", "root", "ns/user", "ns/pid", "ns/mnt", "ns/net"};
    int self = openat(AT_FDCWD, "/proc/self", O_PATH | O_DIRECTORY | O_CLOEXEC);
    bool ours = self >= 0;
    for (size_t i = 0; ours && i < sizeof same / sizeof *same; i++)
        ours = same_file(process, self, same[i]);
    ours = ours && same_marks(process, self);
    if (self >= 0)
        close(self);
    return ours;
}

/* A pipe that is closed on exec was made by the launcher itself; only the mailbox does not wait. */
static bool is_mailbox(int process, const char *number)
{
    char text[256], flags[64];
    struct stat status;
    if (fstatat(process, text_of("fd/%s", number), &status, 0) < 0 || !S_ISFIFO(status.st_mode) ||
        !proc_read(process, text_of("fdinfo/%s", number), text, sizeof text) ||
        !proc_value(text, "flags:", flags, sizeof flags))
        return false;
    unsigned long value = 0;
    for (const char *digit = flags + strspn(flags, "\t "); *digit >= '0' && *digit <= '7'; digit++)
        value = value * 8 + (unsigned long)(*digit - '0');
    return (value & O_CLOEXEC) != 0 && (value & O_NONBLOCK) != 0 && (value & O_ACCMODE) == O_RDONLY;
}

static int open_mailbox(int process)
{
    int mailbox = -1;
    int descriptors = openat(process, "fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *listing = descriptors < 0 ? NULL : fdopendir(descriptors);
    struct dirent *entry;
    while (listing != NULL && mailbox < 0 && (entry = readdir(listing)) != NULL) {
        if (entry->d_name[0] != '.' && is_mailbox(process, entry->d_name))
            mailbox = openat(process, text_of("fd/%s", entry->d_name), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    }
    if (listing != NULL)
        closedir(listing);
    return mailbox;
}

/* Whether its child is the first process of a pid namespace, `NSpid: 4712 1`. */
static bool has_first_process(int process, pid_t supervisor)
{
    char children[256], status[4096], ids[128];
    if (!proc_read(process, text_of("task/%d/children", (int)supervisor), children, sizeof children))
        return false;
    int child = openat(AT_FDCWD, text_of("/proc/%d", atoi(children)), O_PATH | O_DIRECTORY | O_CLOEXEC);
    bool read = child >= 0 && proc_read(child, "status", status, sizeof status) &&
                proc_value(status, "NSpid:", ids, sizeof ids);
    if (child >= 0)
        close(child);
    const char *last = read ? strrchr(ids, '\t') : NULL;
    return last != NULL && strcmp(last, "\t1") == 0;
}

int join_find(const char *id, pid_t *supervisor, int *mailbox)
{
    size_t digits = strspn(id, "0123456789");
    int process = digits == 0 || digits > 9 || id[digits] != '\0'
                      ? -1
                      : openat(AT_FDCWD, text_of("/proc/%s", id), O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (process < 0 || !join_is_ours(process))
        refuse_with_help(help, "there is no sandbox `%s` of yours", id);
    *supervisor = atoi(id);
    if (!has_first_process(process, *supervisor))
        refuse_with_help("a profile with `processes: {others: invisible}` can be entered, where this host has pid "
                         "namespaces",
                         "sandbox `%s` cannot be entered: it has no first process that could start a command inside", id);
    *mailbox = open_mailbox(process);
    if (*mailbox < 0)
        refuse_with_help(help, "sandbox `%s` cannot be reached", id);
    return process;
}
