/* A configuration of git as lines. Only what has the plain form is taken apart. */
#ifndef HEXE_GIT_TEXT_H
#define HEXE_GIT_TEXT_H

#include <stdbool.h>

struct git_line {
    const char *header;  /* the last one, as it stands */
    const char *section; /* as names begin: `remote.origin`; NULL: the header is not plain */
    char *text;
    bool continued;      /* it may belong to the line above */
};

/* All that counts of a text. */
struct git_text {
    struct git_line *first;
    unsigned count;
};

/* False: there are too many. The text is changed. */
bool git_text_read(char *text, struct git_text *lines);

/* A plain line as a name and a value, or NULL. */
char *git_text_name(const struct git_line *line, const char **value);

/* The name of what a line sets, whatever its value; NULL where it sets nothing that can be named. */
char *git_text_key(const struct git_line *line);

/* `[core] key = value`, which git takes apart and this reader does not. */
bool git_text_is_odd_header(const char *text);

#endif
