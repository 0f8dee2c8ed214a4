#include "text.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
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

void text_expect(struct text *text, size_t more)
{
    text->room = text->length + more;
    text->bytes = realloc(text->bytes, text->room);
    if (text->bytes == NULL)
        die("cannot build a text");
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

size_t text_character(const unsigned char *bytes)
{
    size_t length = bytes[0] < 0x80 ? 1 : bytes[0] < 0xc2 ? 0 : bytes[0] < 0xe0 ? 2 : bytes[0] < 0xf0 ? 3 : bytes[0] < 0xf5 ? 4 : 0;
    for (size_t i = 1; i < length; i++) {
        if ((bytes[i] & 0xc0) != 0x80)
            return 0;
    }
    bool overlong = (bytes[0] == 0xe0 && bytes[1] < 0xa0) || (bytes[0] == 0xf0 && bytes[1] < 0x90);
    bool none = (bytes[0] == 0xed && bytes[1] > 0x9f) || (bytes[0] == 0xf4 && bytes[1] > 0x8f);
    return overlong || none ? 0 : length;
}

void text_add_json(struct text *text, const char *string)
{
    text_add_bytes(text, "\"", 1);
    while (*string != '\0') {
        size_t length = text_character((const unsigned char *)string);
        if (*string == '"' || *string == '\\')
            text_add(text, "\\%c", *string);
        else if ((unsigned char)*string < 0x20 || *string == 0x7f)
            text_add(text, "\\u%04x", (unsigned char)*string);
        else if (length == 0)
            text_add_bytes(text, "\xef\xbf\xbd", 3);
        else
            text_add_bytes(text, string, length);
        string += length == 0 ? 1 : length;
    }
    text_add_bytes(text, "\"", 1);
}

void text_free(struct text *text)
{
    free(text->bytes);
    *text = (struct text){.bytes = NULL};
}

/* As long as the text is: most of them stay as long as the process. */
static char *made(char *room_of(size_t), const char *format, va_list list)
{
    va_list again;
    va_copy(again, list);
    int length = vsnprintf(NULL, 0, format, list);
    char *bytes = length < 0 ? NULL : room_of((size_t)length + 1);
    if (bytes == NULL)
        die("cannot build a text");
    vsnprintf(bytes, (size_t)length + 1, format, again);
    va_end(again);
    return bytes;
}

static char *room_of_its_own(size_t length)
{
    return malloc(length);
}

/* Behind the last one. The allocator has a page for each size of what is small, and another one to know which are in use. */
static char *room_beside_others(size_t length)
{
    static char first[8192], *room = first;
    static size_t left = sizeof first;
    if (length > left) {
        left = length + sizeof first;
        room = malloc(left);
        if (room == NULL)
            return NULL;
    }
    left -= length;
    room += length;
    return room - length;
}

char *text_of(const char *format, ...)
{
    va_list list;
    va_start(list, format);
    char *bytes = made(room_of_its_own, format, list);
    va_end(list);
    return bytes;
}

const char *text_lasting(const char *format, ...)
{
    va_list list;
    va_start(list, format);
    const char *bytes = made(room_beside_others, format, list);
    va_end(list);
    return bytes;
}

char *text_trimmed(char *text)
{
    while (isspace((unsigned char)*text))
        text++;
    for (size_t length = strlen(text); length > 0 && isspace((unsigned char)text[length - 1]); length--)
        text[length - 1] = '\0';
    return text;
}
