/* Names as one word of a line: whatever bytes they have. */
#ifndef HEXE_ESCAPE_H
#define HEXE_ESCAPE_H

#include "text.h"

/* Appends ` ` and the name; `-` stands for the empty one. */
void escape_add(struct text *text, const char *name);

/* What the word at `*line` stands for, and moves on behind it; NULL where there is none. */
char *escape_take(const char **line);

#endif
