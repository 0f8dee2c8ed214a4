/* What one run leaves beside the kept plans for the next one. What hinders that hinders nothing else. */
#ifndef HEXE_NOTES_H
#define HEXE_NOTES_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The bytes of a note that begins with these, to be freed; NULL: there is none. Only a run whose plan is kept has notes:
 * such a plan lets the command reach neither.
 */
struct note_start {
    const void *bytes;
    size_t length;
};
char *note_read(const char *name, const struct note_start *start, size_t most, size_t *length);

void note_keep(const char *name, const void *bytes, size_t length);

/* Whether a file in the directory of kept plans is a note. */
bool note_is(const char *name);

/* Makes a file of that name in a directory. Under another name first: whoever looks sees a whole one or none. */
bool note_publish(int directory, const char *name, const void *bytes, size_t length);

#endif
