#include "escape.h"

#include <stdbool.h>
#include <string.h>

#include "messages.h"

static bool is_plain(unsigned char byte)
{
    return byte > ' ' && byte < 0x7f && byte != '%';
}

void escape_add(struct text *text, const char *name)
{
    text_add_bytes(text, " ", 1);
    if (name[0] == '\0')
        text_add_bytes(text, "-", 1);
    else if (strcmp(name, "-") == 0)
        text_add(text, "%%2d");
    else
        for (; *name != '\0'; name++) {
            unsigned char byte = (unsigned char)*name;
            if (is_plain(byte))
                text_add_bytes(text, name, 1);
            else
                text_add(text, "%%%02x", byte);
        }
}

static int digit(char character)
{
    const char *digits = "0123456789abcdef", *found = character == '\0' ? NULL : strchr(digits, character);
    return found == NULL ? -1 : (int)(found - digits);
}

char *escape_take(const char **line)
{
    struct text name = {.bytes = NULL};
    const char *at = *line;
    while (*at == ' ')
        at++;
    if (*at == '\0' || *at == '\n')
        return NULL;
    bool empty = at[0] == '-' && (at[1] == ' ' || at[1] == '\n' || at[1] == '\0');
    text_add_bytes(&name, "", 0);
    for (; *at != ' ' && *at != '\n' && *at != '\0'; at++) {
        char byte = *at;
        if (byte == '%') {
            int high = digit(at[1]), low = high < 0 ? -1 : digit(at[2]);
            if (low < 0)
                refuse("a record of changes is damaged");
            byte = (char)(high << 4 | low);
            at += 2;
        }
        text_add_bytes(&name, &byte, 1);
    }
    *line = at;
    if (empty)
        name.bytes[0] = '\0';
    return name.bytes;
}
