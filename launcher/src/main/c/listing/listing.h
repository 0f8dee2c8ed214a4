/* Lists of what there is, for people and for programs: nothing is decided, and no Java started. */
#ifndef HEXE_LISTING_H
#define HEXE_LISTING_H

#include <stddef.h>

#include "text.h"

/* `ps [--json]`. Returns where there is anything else among the arguments: help, or a mistake. */
void list_sandboxes(char *const *arguments);

/* `cache [list | clear]`, likewise. */
void list_plans(char *const *arguments);

/* output.c: appends text from elsewhere, with a replacement for each character that a terminal would not just show. */
void output_add_printable(struct text *text, const char *string);

/* output.c: whether a terminal reads, that can do colours; and how wide it is. */
int output_is_coloured(void);
size_t output_width(void);

/* output.c: writes it all to standard output, and ends the process. */
_Noreturn void output_end(const struct text *text);

#endif
