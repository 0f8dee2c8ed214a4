#include "text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "messages.h"

static char *room_for(struct text *text, size_t more)
{
    if (text->length + more >= text->room) {
        text->room = (text->length + more) * 2 + 256;
        text->bytes = realloc(text->bytes, text->room);
        if (text->bytes == NULL)
            die("cannot build a text");
    }
    return text->bytes + text->length;
}

void text_add_bytes(struct text *text, const void *bytes, size_t length)
{
    memcpy(room_for(text, length), bytes, length);
    text->length += length;
    text->bytes[text->length] = '\0';
}

static void add_list(struct text *text, const char *format, va_list list)
{
    va_list again;
    va_copy(again, list);
    int length = vsnprintf(NULL, 0, format, list);
    if (length < 0)
        die("cannot build a text");
    vsnprintf(room_for(text, (size_t)length), (size_t)length + 1, format, again);
    text->length += (size_t)length;
    va_end(again);
}

void text_add(struct text *text, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    add_list(text, format, list);
    va_end(list);
}

char *text_of(const char *format, ...)
{
    struct text text = {.bytes = NULL};
    va_list list;
    va_start(list, format);
    add_list(&text, format, list);
    va_end(list);
    return text.bytes;
}
