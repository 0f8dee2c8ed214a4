#include "git_entries.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "text.h"

/* NUL at the end; a carriage return before the end of a line does not count. */
static char next(const char **at)
{
    if ((*at)[0] == '\r' && (*at)[1] == '\n')
        ++*at;
    char c = **at;
    *at += c != '\0';
    return c;
}

static void skip_line(const char **at)
{
    char c;
    do
        c = next(at);
    while (c != '\n' && c != '\0');
}

/* Behind a backslash; NUL: it stands for nothing. */
static char escaped_at(const char **at)
{
    char c = next(at);
    return c == 't' ? '\t' : c == 'n' ? '\n' : c == 'b' ? '\b' : c == '\n' ? '\0' : c;
}

/* Up to the end of the line, or of the last one that it goes on in; without comments, quotes and space behind it. */
static char *value_at(const char **at)
{
    struct text value = {.bytes = NULL};
    size_t kept = 0;
    bool quoted = false, comment = false;
    text_add_bytes(&value, "", 0);
    for (char c; (c = next(at)) != '\0' && c != '\n';) {
        bool space = !quoted && isspace((unsigned char)c);
        comment |= !quoted && (c == ';' || c == '#');
        quoted ^= !comment && c == '"';
        if (comment || c == '"')
            continue;
        if (c == '\\')
            c = escaped_at(at);
        text_add_bytes(&value, &c, c != '\0' && !(space && value.length == 0));
        kept = space || c == '\0' ? kept : value.length;
    }
    value.bytes[kept] = '\0';
    return value.bytes;
}

/* Behind the bracket: `core`, or `filter.LFS` of `filter "LFS"`. */
static char *section_at(const char **at)
{
    struct text section = {.bytes = NULL};
    bool quoted = false;
    text_add_bytes(&section, "", 0);
    for (char c; (c = **at) != '\0' && c != '\n' && (quoted || c != ']');) {
        ++*at;
        if (c == '"') {
            quoted = !quoted;
            text_add_bytes(&section, ".", quoted);
            continue;
        }
        if (quoted && c == '\\' && **at != '\0' && **at != '\n')
            c = *(*at)++;
        if (quoted || !isspace((unsigned char)c))
            text_add_bytes(&section, &c, 1);
    }
    *at += **at == ']';
    return section.bytes;
}

char *git_entry_name(const char *name, size_t length)
{
    char *copy = text_of("%.*s", (int)length, name), *last = strrchr(copy, '.');
    for (char *c = copy; *c != '\0'; c++) {
        if (*c == '.' && c != last && last != NULL)
            c = last;
        *c = (char)tolower((unsigned char)*c);
    }
    return copy;
}

static void entry_at(const char **at, const char *section, git_entry *each, void *context)
{
    const char *key = *at;
    while (isalnum((unsigned char)**at) || **at == '-')
        ++*at;
    char *name = text_of("%s.%.*s", section, (int)(*at - key), key);
    *at += strspn(*at, " \t");
    if (**at != '=') {
        skip_line(at);
        return;
    }
    ++*at;
    each(context, git_entry_name(name, strlen(name)), value_at(at));
}

void git_each_entry(const char *text, git_entry *each, void *context)
{
    static const char mark_of_order[] = "\xef\xbb\xbf";
    const char *section = "";
    if (strncmp(text, mark_of_order, strlen(mark_of_order)) == 0)
        text += strlen(mark_of_order);
    while (*text != '\0') {
        if (isspace((unsigned char)*text)) {
            text++;
        } else if (*text == '[') {
            text++;
            section = section_at(&text);
        } else if (isalpha((unsigned char)*text)) {
            entry_at(&text, section, each, context);
        } else {
            skip_line(&text);
        }
    }
}
