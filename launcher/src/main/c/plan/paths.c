#include "paths.h"

#include <string.h>

#include "opcodes.h"

static void separate(const struct operand *list)
{
    char *text = (char *)(uintptr_t)list->data, *end = text + list->length;
    while ((text = memchr(text, '\n', (size_t)(end - text))) != NULL)
        *text = '\0';
}

static bool is_separate(const struct operand *list)
{
    return memchr(list->data, '\n', list->length) == NULL;
}

static const uint16_t with_lists[] = {OP_WATCH, OP_PROTECT, OP_HIDE, OP_LANDLOCK_GUARD};
enum { KINDS = sizeof with_lists / sizeof *with_lists };

void paths_separate(const struct plan *plan)
{
    struct record record;
    for (size_t i = 0; i < KINDS && !plan->separate; i++) {
        struct plan_cursor cursor = plan_start(plan);
        while (plan_find(&cursor, with_lists[i], &record))
            separate(&record.operands[0]);
    }
}

bool paths_are_separate(const struct plan *plan)
{
    struct record record;
    for (size_t i = 0; i < KINDS; i++) {
        struct plan_cursor cursor = plan_start(plan);
        while (plan_find(&cursor, with_lists[i], &record)) {
            if (!is_separate(&record.operands[0]))
                return false;
        }
    }
    return true;
}

bool paths_next(const struct operand *list, struct operand *path)
{
    path->data = path->data == NULL ? list->data : path->data + path->length + 1;
    if (path->data > list->data + list->length)
        return false;
    path->length = strlen(path->data);
    return true;
}

bool paths_are_several(const struct operand *list)
{
    return strlen(list->data) != list->length;
}
