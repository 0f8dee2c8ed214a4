#include "dependencies.h"

#include <errno.h>
#include <string.h>

#include "kernel.h"
#include "opcodes.h"

/* How far apart two changes can be and have the same time: the kernel's clock tick, or a file system's unit. */
static const int64_t tick = 20000000;
static const int64_t coarse_tick = 2000000000;

static int64_t nanoseconds(struct timespec time)
{
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static bool has_changed(const struct operand *operands)
{
    struct stat status;
    if (lstat(operands[0].data, &status) < 0)
        return operands[2].number != 0;
    return operands[2].number != status.st_ino || operands[1].number != status.st_dev ||
           operands[3].number != (uint64_t)status.st_size ||
           operands[4].number != (uint64_t)nanoseconds(status.st_mtim) ||
           operands[5].number != (uint64_t)nanoseconds(status.st_ctim);
}

/* Of a directory in which things come and go only counts which one it is. */
static bool is_another(const struct operand *operands)
{
    struct stat status;
    return lstat(operands[0].data, &status) < 0 || operands[1].number != status.st_dev ||
           operands[2].number != status.st_ino;
}

static bool is_as_it_was(const struct operand *operands)
{
    struct stat status;
    return stat(operands[0].data, &status) == 0 && operands[1].number == status.st_dev && operands[2].number == status.st_ino &&
           operands[3].number == (uint64_t)nanoseconds(status.st_ctim);
}

bool dependency_is_of_names(const struct record *record)
{
    return record->number == OP_DEPENDS_ENTRY || (record->number == OP_DEPENDS && record->operands[2].number == 0);
}

static bool is_different(const struct record *record)
{
    switch (record->number) {
    case OP_DEPENDS:
    case OP_DEPENDS_ENTRY:
        return has_changed(record->operands);
    case OP_DEPENDS_IDENTITY:
        return is_another(record->operands);
    default:
        return false;
    }
}

static const uint16_t kinds[] = {OP_DEPENDS, OP_DEPENDS_ENTRY, OP_DEPENDS_DIRECTORY, OP_DEPENDS_IDENTITY};

const char *dependencies_changed(const struct plan *plan)
{
    struct plan_cursor cursor = plan_start(plan);
    struct record record;
    uint64_t told = 0; /* so many of the next ones a directory stands for */
    while (plan_find_one_of(&cursor, kinds, sizeof kinds / sizeof *kinds, &record)) {
        bool known = told > 0 && dependency_is_of_names(&record);
        told = known ? told - 1 : 0;
        if (record.number == OP_DEPENDS_DIRECTORY && is_as_it_was(record.operands))
            told = record.operands[4].number;
        else if (!known && is_different(&record))
            return record.operands[0].data;
    }
    return NULL;
}

/* The time of the last change of any kind, which also a file that was moved here has, and nobody can set back. */
static bool is_recent(const char *path, struct timespec start)
{
    struct stat status;
    if (lstat(path, &status) < 0)
        return false;
    int64_t unit = status.st_ctim.tv_nsec == 0 ? coarse_tick : tick;
    return nanoseconds(status.st_ctim) >= nanoseconds(start) - unit;
}

bool dependencies_are_recent(const struct plan *plan, struct timespec start)
{
    struct plan_cursor cursor = plan_start(plan);
    struct record record;
    while (plan_find_one_of(&cursor, kinds, sizeof kinds / sizeof *kinds, &record)) {
        if ((record.number == OP_DEPENDS || record.number == OP_DEPENDS_ENTRY) && is_recent(record.operands[0].data, start))
            return true;
    }
    return false;
}

const char *dependencies_other_directory(const struct plan *plan)
{
    static char here[4096];
    struct plan_cursor cursor = plan_start(plan);
    struct record record;
    while (plan_find(&cursor, OP_WORKING_DIRECTORY, &record)) {
        if (syscall(SYS_getcwd, here, sizeof here) <= 0 || strcmp(here, record.operands[0].data) != 0)
            return record.operands[0].data;
    }
    return NULL;
}

static const char rules[] = "/etc/hexe-policy/rules.d";

bool dependencies_site_has_rules(void)
{
    struct stat status;
    return lstat(rules, &status) == 0 || errno != ENOENT;
}

bool dependencies_lack_rules(const struct plan *plan)
{
    struct plan_cursor cursor = plan_start(plan);
    struct record record;
    if (!dependencies_site_has_rules())
        return false;
    while (plan_find(&cursor, OP_DEPENDS, &record)) {
        if (strcmp(record.operands[0].data, rules) == 0)
            return false;
    }
    return true;
}

#if defined __x86_64__
#define ARCHITECTURE "x86_64"
#elif defined __aarch64__
#define ARCHITECTURE "aarch64"
#else
#define ARCHITECTURE "" /* its filters have not been tried: any plan is taken */
#endif

const char *dependencies_other_architecture(const struct plan *plan, const char **own)
{
    struct plan_cursor cursor = plan_start(plan);
    struct record record;
    *own = ARCHITECTURE;
    while ((*own)[0] != '\0' && plan_find(&cursor, OP_NOTE, &record)) {
        if (strcmp(record.operands[0].data, "architecture") == 0 && strcmp(record.operands[1].data, ARCHITECTURE) != 0)
            return record.operands[1].data;
    }
    return NULL;
}
