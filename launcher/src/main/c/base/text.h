/* A text that grows. What is allocated is not freed: the process soon becomes another program. */
#ifndef HEXE_TEXT_H
#define HEXE_TEXT_H

#include <stddef.h>

struct text {
    char *bytes; /* NULL while it is empty */
    size_t length, room;
};

/* Appends bytes, or what a format makes; a NUL follows, which is not counted. */
void text_add_bytes(struct text *text, const void *bytes, size_t length);
void text_add(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Makes room for what will come, so that it need not be moved again and again. */
void text_expect(struct text *text, size_t more);

/* Appends a string in the quotes of JSON; bytes that are no UTF-8 become U+FFFD. */
void text_add_json(struct text *text, const char *string);

/* The length of the UTF-8 character that a string starts with, or 0 where it is none. */
size_t text_character(const unsigned char *bytes);

/* For a process that goes on for long. */
void text_free(struct text *text);

/* A text of its own. */
char *text_of(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same for as long as the process: these lie side by side, in few pages, and are never freed. */
const char *text_lasting(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A text without the white space around it; that behind it is overwritten. */
char *text_trimmed(char *text);

#endif
