/*
 * race ROUNDS CONTESTANTS: runs each contestant once in every round and prints how long a run took, from start to exit.
 * Each line of CONTESTANTS is a name and the words of a command, with tabs between them; one that begins with in=DIRECTORY runs there. What the machine does besides
 * slows all of them alike, so that the ratios hold where the times do not.
 *
 * Descriptors 8 and 9 are rewound before each run: `bwrap --seccomp` reads them to the end.
 *
 * Output, with tabs: name, median, 10th and 90th percentile, minimum (microseconds), how many runs failed, and for each
 * contestant the median of the ratios to its run in the same round.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 64, MOST_WORDS = 32768 };

struct contestant {
    char *name, **words, *directory;
    double *times;
    int failures;
};

extern char **environ;
static struct contestant contestants[MOST];
static int count;

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static void read_contestants(const char *path, int rounds)
{
    char *line = NULL;
    size_t size = 0;
    FILE *file = fopen(path, "r");
    if (file == NULL)
        perror(path), exit(2);
    while (count < MOST && getline(&line, &size, file) > 1) {
        struct contestant *one = &contestants[count++];
        int words = 0;
        line[strcspn(line, "\n")] = '\0';
        char *copy = strdup(line);
        one->name = strsep(&copy, "\t");
        one->words = calloc(MOST_WORDS + 1, sizeof *one->words);
        while (copy != NULL && words < MOST_WORDS)
            one->words[words++] = strsep(&copy, "\t");
        if (strncmp(one->words[0], "in=", 3) == 0)
            one->directory = *one->words++ + 3;
        one->times = calloc((size_t)rounds, sizeof *one->times);
    }
    fclose(file);
}

static void add_files(posix_spawn_file_actions_t *files, const char *directory)
{
    posix_spawn_file_actions_init(files);
    posix_spawn_file_actions_addopen(files, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(files, 1, "/dev/null", O_WRONLY, 0);
    if (getenv("RACE_VERBOSE") == NULL)
        posix_spawn_file_actions_addopen(files, 2, "/dev/null", O_WRONLY, 0);
    if (directory != NULL)
        posix_spawn_file_actions_addchdir_np(files, directory);
}

static double run(struct contestant *one)
{
    posix_spawn_file_actions_t files;
    pid_t child;
    int status;
    for (int file = 8; file <= 9; file++)
        lseek(file, 0, SEEK_SET);
    add_files(&files, one->directory);
    double start = now();
    if (posix_spawnp(&child, one->words[0], &files, NULL, one->words, environ) != 0) {
        one->failures++;
        return 0;
    }
    waitpid(child, &status, 0);
    double time = now() - start;
    posix_spawn_file_actions_destroy(&files);
    one->failures += status != 0;
    return time;
}

static int by_value(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Only what ran in the same round had the same machine. */
static double paired(const double *times, const double *others, int rounds)
{
    double *ratios = calloc((size_t)rounds, sizeof *ratios);
    for (int round = 0; round < rounds; round++)
        ratios[round] = others[round] > 0 ? times[round] / others[round] : 0;
    qsort(ratios, (size_t)rounds, sizeof *ratios, by_value);
    double median = ratios[rounds / 2];
    free(ratios);
    return median;
}

static void print(const struct contestant *one, int rounds)
{
    double *times = calloc((size_t)rounds, sizeof *times);
    memcpy(times, one->times, (size_t)rounds * sizeof *times);
    qsort(times, (size_t)rounds, sizeof *times, by_value);
    printf("%s\t%.1f\t%.1f\t%.1f\t%.1f\t%d", one->name, times[rounds / 2], times[rounds / 10], times[rounds * 9 / 10],
           times[0], one->failures);
    for (int i = 0; i < count; i++)
        printf("\t%.4f", paired(one->times, contestants[i].times, rounds));
    printf("\n");
    free(times);
}

int main(int arguments, char **argument)
{
    int rounds = arguments == 3 ? atoi(argument[1]) : 0;
    if (rounds < 1)
        return fprintf(stderr, "usage: race ROUNDS CONTESTANTS\n"), 2;
    read_contestants(argument[2], rounds);
    for (int i = 0; i < count; i++)
        run(&contestants[i]), contestants[i].failures = 0;
    for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < count; i++) {
            int turn = (i + round) % count;
            contestants[turn].times[round] = run(&contestants[turn]);
        }
    }
    for (int i = 0; i < count; i++)
        print(&contestants[i], rounds);
    return 0;
}
