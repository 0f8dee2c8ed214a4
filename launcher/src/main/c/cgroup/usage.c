#include "usage.h"

#include <stdio.h>
#include <string.h>

#include "cgroup.h"

/* `max`, an empty text and anything else that is no number are unknown. */
static uint64_t number(const char *text)
{
    uint64_t value = 0;
    if (*text < '0' || *text > '9')
        return USAGE_UNKNOWN;
    for (; *text >= '0' && *text <= '9'; text++)
        value = value * 10 + (uint64_t)(*text - '0');
    return value;
}

static uint64_t whole_file(int cgroup, const char *file)
{
    char text[64];
    cgroup_read(cgroup, file, text, sizeof text);
    return number(text);
}

uint64_t usage_event(int cgroup, const char *file, const char *key)
{
    char text[2048];
    size_t length = strlen(key);
    cgroup_read(cgroup, file, text, sizeof text);
    for (const char *line = text; line != NULL; line = strchr(line, '\n')) {
        line += *line == '\n' ? 1 : 0;
        if (strncmp(line, key, length) == 0 && line[length] == ' ')
            return number(line + length + 1);
    }
    return USAGE_UNKNOWN;
}

static uint64_t microseconds(struct timeval time)
{
    return (uint64_t)time.tv_sec * 1000000 + (uint64_t)time.tv_usec;
}

struct usage usage_measure(int cgroup, const struct rusage *resources, uint64_t wall)
{
    struct usage usage = {
        .memory = whole_file(cgroup, "memory.peak"),
        .cpu = usage_event(cgroup, "cpu.stat", "usage_usec"),
        .throttled = usage_event(cgroup, "cpu.stat", "throttled_usec"),
        .processes = whole_file(cgroup, "pids.peak"),
        .wall = wall,
    };
    usage.from_cgroup = usage.memory != USAGE_UNKNOWN && usage.cpu != USAGE_UNKNOWN;
    if (!usage.from_cgroup) {
        usage.memory = (uint64_t)resources->ru_maxrss * 1024;
        usage.cpu = microseconds(resources->ru_utime) + microseconds(resources->ru_stime);
    }
    return usage;
}

static void print_number(char text[32], uint64_t value)
{
    if (value == USAGE_UNKNOWN)
        snprintf(text, 32, "?");
    else
        snprintf(text, 32, "%llu", (unsigned long long)value);
}

/* With a tenth where there is one. */
static void print_mebibytes(char text[32], uint64_t bytes)
{
    uint64_t tenths = (bytes / 1024 * 10 + 512) / 1024;
    if (bytes == USAGE_UNKNOWN || tenths % 10 == 0)
        print_number(text, bytes == USAGE_UNKNOWN ? bytes : tenths / 10);
    else
        snprintf(text, 32, "%llu.%llu", (unsigned long long)(tenths / 10), (unsigned long long)(tenths % 10));
}

static void print_seconds(char text[32], uint64_t time)
{
    if (time == USAGE_UNKNOWN)
        print_number(text, time);
    else
        snprintf(text, 32, "%llu.%03llu", (unsigned long long)(time / 1000000),
                 (unsigned long long)(time / 1000 % 1000));
}

struct words {
    const char *word;
    char text[32];
};

static const struct words *word_at(const char *text, const struct words *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strncmp(text, words[i].word, strlen(words[i].word)) == 0)
            return &words[i];
    }
    return NULL;
}

void usage_fill(char *to, size_t size, const char *text, const struct usage *usage, uint64_t count, const char *signal)
{
    struct words words[] = {{"@memory", ""},    {"@peak", ""}, {"@cpu", ""},   {"@throttled", ""},
                            {"@processes", ""}, {"@wall", ""}, {"@count", ""}, {"@signal", ""}};
    print_mebibytes(words[0].text, usage->memory);
    /* what one process used says nothing about a limit on all of them */
    print_mebibytes(words[1].text, usage->from_cgroup ? usage->memory : USAGE_UNKNOWN);
    print_seconds(words[2].text, usage->cpu);
    print_seconds(words[3].text, usage->throttled);
    print_number(words[4].text, usage->processes);
    print_seconds(words[5].text, usage->wall);
    print_number(words[6].text, count);
    snprintf(words[7].text, sizeof words[7].text, "%s", signal);
    size_t used = 0;
    to[0] = '\0';
    while (*text != '\0' && used + 1 < size) {
        const struct words *word = word_at(text, words, sizeof words / sizeof *words);
        int length = word != NULL ? snprintf(to + used, size - used, "%s", word->text)
                                  : snprintf(to + used, size - used, "%c", *text);
        used += (size_t)length;
        text += word != NULL ? strlen(word->word) : 1;
    }
}
