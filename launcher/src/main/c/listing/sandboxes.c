#include "sandboxes.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "join.h"
#include "kernel.h"
#include "messages.h"
#include "plan.h"

enum { TICKS_IN_A_SECOND = 100 };

static const char note_of_profile[] = "profile";

/* All of a file whose size is not told. */
static struct text read_whole(int file)
{
    struct text text = {.bytes = NULL};
    char part[4096];
    ssize_t count;
    text_add_bytes(&text, "", 0);
    while ((count = read(file, part, sizeof part)) > 0)
        text_add_bytes(&text, part, (size_t)count);
    return text;
}

/* What was inherited is not closed on exec. */
static bool is_its_own(int process, const char *number)
{
    char text[256];
    int file = openat(process, text_of("fdinfo/%s", number), O_RDONLY | O_CLOEXEC);
    ssize_t length = file < 0 ? -1 : read(file, text, sizeof text - 1);
    if (file >= 0)
        close(file);
    text[length > 0 ? length : 0] = '\0';
    const char *flags = strstr(text, "flags:");
    return flags != NULL && (strtoul(flags + sizeof "flags:" - 1, NULL, 8) & O_CLOEXEC) != 0;
}

/* Every file that begins like a plan and is one; a fifo would keep us waiting. */
static bool read_plan(int process, const char *number, struct plan *plan)
{
    char error[PLAN_ERROR];
    struct stat status;
    bool read = false;
    const char *path = text_of("fd/%s", number);
    if (fstatat(process, path, &status, 0) < 0 || !S_ISREG(status.st_mode) || status.st_size < PLAN_HEADER ||
        status.st_size > PLAN_MAXIMUM || !is_its_own(process, number))
        return false;
    int file = openat(process, path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    unsigned char *bytes = file < 0 ? NULL : malloc((size_t)status.st_size);
    if (bytes != NULL)
        read = pread(file, bytes, (size_t)status.st_size, 0) == status.st_size &&
               plan_read(plan, bytes, (size_t)status.st_size, error);
    if (file >= 0)
        close(file);
    return read;
}

/* The plan that a supervisor carries out: it keeps the file open that it read it from. */
static bool find_plan(int process, struct plan *plan)
{
    int descriptors = openat(process, "fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *listing = descriptors < 0 ? NULL : fdopendir(descriptors);
    struct dirent *entry;
    bool found = false;
    while (listing != NULL && !found && (entry = readdir(listing)) != NULL)
        found = entry->d_name[0] != '.' && read_plan(process, entry->d_name, plan);
    if (listing != NULL)
        closedir(listing);
    return found;
}

/* The words behind the first `--`; all, where there is none. */
static struct text command_of(int process)
{
    struct text none = {.bytes = NULL};
    int file = openat(process, "cmdline", O_RDONLY | O_CLOEXEC);
    struct text line = file < 0 ? none : read_whole(file);
    if (file >= 0)
        close(file);
    size_t start = 0;
    for (size_t at = 0; at < line.length; at += strlen(line.bytes + at) + 1) {
        if (strcmp(line.bytes + at, "--") == 0) {
            start = at + sizeof "--";
            break;
        }
    }
    if (start < line.length)
        text_add_bytes(&none, line.bytes + start, line.length - start);
    return none;
}

static uint64_t age_of(uint64_t started)
{
    char text[64];
    int file = openat(AT_FDCWD, "/proc/uptime", O_RDONLY | O_CLOEXEC);
    ssize_t length = file < 0 ? -1 : read(file, text, sizeof text - 1);
    if (file >= 0)
        close(file);
    text[length > 0 ? length : 0] = '\0';
    char *point;
    uint64_t now = strtoull(text, &point, 10) * TICKS_IN_A_SECOND;
    now += *point == '.' ? strtoull(point + 1, NULL, 10) : 0; /* it has two digits there */
    return now > started ? (now - started) / TICKS_IN_A_SECOND : 0;
}

static uint64_t memory_of(pid_t process)
{
    char value[64];
    return processes_status(process, "VmRSS:", value, sizeof value) ? strtoull(value, NULL, 10) * 1024 : 0;
}

/* Whether it is the first process of a pid namespace other than ours, `4712 1`. */
static bool is_first(pid_t process)
{
    char value[128];
    const char *last = processes_status(process, "NSpid:", value, sizeof value) ? strrchr(value, '\t') : NULL;
    return last != NULL && last != value && strcmp(last, "\t1") == 0;
}

static void describe(const struct listed_process *process, const struct processes *below, const struct plan *plan,
                     int directory, struct sandbox *sandbox)
{
    size_t length;
    const char *profile = plan_note(plan, note_of_profile, &length);
    *sandbox = (struct sandbox){
        .supervisor = process->id,
        .first = below->items[0].id,
        .enterable = is_first(below->items[0].id),
        .profile = profile == NULL ? "" : profile,
        .command = command_of(directory),
        .age = age_of(process->started),
        .processes = below->count,
    };
    for (size_t i = 0; i < below->count; i++)
        sandbox->memory += memory_of(below->items[i].id);
}

/* A launcher of ours that carries out a plan and has a child is a supervisor. */
bool sandbox_of(const struct listed_process *process, const struct processes *all, struct sandbox *sandbox)
{
    struct plan plan;
    int directory = processes_open(process->id);
    bool ours = directory >= 0 && join_is_ours(directory);
    struct processes below = {NULL, 0};
    if (ours)
        below = processes_below(all, process->id);
    bool found = below.count > 0 && find_plan(directory, &plan);
    if (found)
        describe(process, &below, &plan, directory, sandbox);
    free(below.items);
    if (directory >= 0)
        close(directory);
    return found;
}
