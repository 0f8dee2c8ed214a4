/* Aligned columns, of which the last takes the width that is left, and wraps. */
#ifndef HEXE_TABLE_H
#define HEXE_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "text.h"

enum { TABLE_COLUMNS = 8 };

struct cell {
    struct text text;
    bool bold;
};

/* Cells follow each other, row by row. */
struct table {
    size_t columns, count, room;
    struct cell *cells;
};

/* Adds a cell with text from elsewhere. */
void table_add(struct table *table, const char *string, bool bold);

/* The rows, each with a newline. */
void table_lay_out(const struct table *table, struct text *to);

#endif
