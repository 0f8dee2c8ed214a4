#include "table.h"

#include <stdlib.h>
#include <string.h>

#include "listing.h"
#include "messages.h"

enum { GAP = 2, NARROWEST_LAST = 24 };

/* A line of a cell, and what follows it; `rest` is NULL at the end. */
struct line {
    const char *start, *rest;
    size_t length;
};

void table_add(struct table *table, const char *string, bool bold)
{
    if (table->count == table->room) {
        table->room = table->room * 2 + 64;
        table->cells = realloc(table->cells, table->room * sizeof *table->cells);
        if (table->cells == NULL)
            die("cannot build a table");
    }
    struct cell *cell = &table->cells[table->count++];
    *cell = (struct cell){.text = {.bytes = NULL}, .bold = bold};
    output_add_printable(&cell->text, string);
}

/* Characters, each of which takes a column. */
static size_t columns(const char *start, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += ((unsigned char)start[i] & 0xc0) != 0x80;
    return count;
}

/* Breaks between words; a word that is too long has a line of its own. */
static struct line next_line(const char *start, size_t width)
{
    size_t paragraph = strcspn(start, "\n"), length = strcspn(start, " \n");
    while (length < paragraph) {
        size_t next = length + 1 + strcspn(start + length + 1, " \n");
        if (columns(start, next) > width)
            return (struct line){start, start + length + 1, length};
        length = next;
    }
    return (struct line){start, start[paragraph] == '\n' ? start + paragraph + 1 : NULL, length};
}

static size_t widest(const struct table *table, size_t column)
{
    size_t width = 0;
    for (size_t i = column; i < table->count; i += table->columns) {
        for (const char *at = table->cells[i].text.bytes; at != NULL;) {
            size_t length = strcspn(at, "\n"), taken = columns(at, length);
            width = taken > width ? taken : width;
            at = at[length] == '\n' ? at + length + 1 : NULL;
        }
    }
    return width;
}

static void add_spaces(struct text *to, size_t count)
{
    while (count-- > 0)
        text_add_bytes(to, " ", 1);
}

static void add_part(struct text *to, const struct line *line, bool bold)
{
    if (bold)
        text_add_bytes(to, "\033[1m", 4);
    text_add_bytes(to, line->start, line->length);
    if (bold)
        text_add_bytes(to, "\033[0m", 4);
}

/* Lines side by side, until all cells have come to their end; none ends in spaces. */
static void lay_out_row(const struct table *table, const struct cell *cells, const size_t *widths, bool coloured, struct text *to)
{
    const char *rest[TABLE_COLUMNS];
    bool more = true;
    for (size_t i = 0; i < table->columns; i++)
        rest[i] = cells[i].text.bytes;
    while (more) {
        size_t owed = 0;
        more = false;
        for (size_t i = 0; i < table->columns; i++) {
            struct line line = rest[i] == NULL ? (struct line){"", NULL, 0} : next_line(rest[i], widths[i]);
            if (line.length > 0) {
                add_spaces(to, owed);
                add_part(to, &line, cells[i].bold && coloured);
                owed = 0;
            }
            owed += widths[i] + GAP - columns(line.start, line.length);
            rest[i] = line.rest;
            more |= line.rest != NULL;
        }
        text_add_bytes(to, "\n", 1);
    }
}

void table_lay_out(const struct table *table, struct text *to)
{
    size_t widths[TABLE_COLUMNS], taken = 0, last = table->columns - 1, width = output_width();
    bool coloured = output_is_coloured();
    for (size_t i = 0; i < last; i++) {
        widths[i] = widest(table, i);
        taken += widths[i] + GAP;
    }
    widths[last] = width > taken + NARROWEST_LAST ? width - taken : NARROWEST_LAST;
    for (size_t i = 0; i + last < table->count; i += table->columns)
        lay_out_row(table, table->cells + i, widths, coloured, to);
}
