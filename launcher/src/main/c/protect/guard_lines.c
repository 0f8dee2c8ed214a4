/* The paths of a list, one in a line. */
#include <string.h>

#include "guard.h"
#include "paths.h"
#include "text.h"

static const char above[] = "@above";

/* Shortens what is left of the working directory by a name; false at the root. */
static bool go_up(const struct run *run, struct guarded_lines *lines)
{
    while (lines->length > 0 && run->working_directory[--lines->length] != '/')
        ;
    return lines->length > 0;
}

bool guarded_are_many(const struct guarded_lines *lines)
{
    struct operand next = lines->at;
    const char *slash = strrchr(next.data, '/');
    size_t length = slash == NULL ? 0 : (size_t)(slash - next.data) + 1;
    for (int others = 0; others < 3; others++) {
        if (!paths_next(lines->list, &next) || strncmp(next.data, lines->at.data, length) != 0)
            return false;
    }
    return length > 0;
}

bool guarded_next(const struct run *run, struct guarded_lines *lines, struct operand *line)
{
    for (;;) {
        if (lines->length > 0 && go_up(run, lines)) {
            line->data = text_lasting("%.*s%s", (int)lines->length, run->working_directory, lines->above);
            line->length = strlen(line->data);
            return true;
        }
        if (!paths_next(lines->list, &lines->at))
            return false;
        *line = lines->at;
        if (line->data[0] != '@' || strncmp(line->data, above, strlen(above)) != 0)
            return true;
        lines->above = line->data + strlen(above);
        lines->length = run->working_directory == NULL ? 0 : strlen(run->working_directory);
    }
}
