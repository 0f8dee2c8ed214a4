#include "git_text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "messages.h"
#include "text.h"

enum { MOST_LINES = 2000 };

struct state {
    char *rest;
    const char *header, *section;
    bool continues;
};

static bool is_name(const char *text, size_t length, const char *others)
{
    for (size_t i = 0; i < length; i++) {
        if (!isalnum((unsigned char)text[i]) && strchr(others, text[i]) == NULL)
            return false;
    }
    return length > 0;
}

static char *lower(char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        text[i] = (char)tolower((unsigned char)text[i]);
    return text;
}

/* `[core]` or `[remote "origin"]` as the beginning of a name, or NULL. */
static const char *section_of(const char *header)
{
    size_t length = strcspn(header + 1, " ]");
    const char *behind = header + 1 + length;
    if (!is_name(header + 1, length, "-."))
        return NULL;
    char *section = lower(text_of("%.*s", (int)length, header + 1), length);
    if (strcmp(behind, "]") == 0)
        return section;
    size_t size = strncmp(behind, " \"", 2) == 0 ? strcspn(behind + 2, "\"\\") : 0;
    for (size_t i = 0; i < size; i++) {
        if (iscntrl((unsigned char)behind[2 + i]))
            return NULL;
    }
    return size > 0 && strcmp(behind + 2 + size, "\"]") == 0 ? text_of("%s.%.*s", section, (int)size, behind + 2) : NULL;
}

/* Whether the line below may go on with this one's value: behind a comment it does not, which takes more to tell. */
static bool may_go_on(const char *line)
{
    size_t length = strlen(line);
    while (length > 0 && line[length - 1] == '\r')
        length--;
    return length > 0 && line[length - 1] == '\\';
}

/* The next line that is neither empty, a comment nor a plain header; false behind the last one. */
static bool next_entry(struct state *state, struct git_line *line)
{
    char *start;
    while ((start = strsep(&state->rest, "\n")) != NULL) {
        bool continued = state->continues, goes_on = may_go_on(start);
        char *text = text_trimmed(start);
        bool quiet = *text == '\0' || *text == '#' || *text == ';';
        state->continues = goes_on && (continued || !quiet);
        if (!continued && quiet)
            continue;
        if (*text == '[') {
            state->header = text;
            state->section = continued ? NULL : section_of(text);
            if (state->section != NULL)
                continue;
        }
        *line = (struct git_line){state->header, state->section, text, continued};
        return true;
    }
    return false;
}

bool git_text_read(char *text, struct git_text *lines)
{
    struct state state = {.rest = text};
    lines->first = calloc(MOST_LINES + 1, sizeof *lines->first);
    if (lines->first == NULL)
        die("cannot compare a file");
    while (lines->count <= MOST_LINES && next_entry(&state, &lines->first[lines->count]))
        lines->count++;
    return lines->count <= MOST_LINES;
}

char *git_text_name(const struct git_line *line, const char **value)
{
    size_t length = strcspn(line->text, " \t=");
    const char *behind = line->text + length;
    if (line->section == NULL || line->continued || !is_name(line->text, length, "-"))
        return NULL;
    behind += strspn(behind, " \t");
    *value = *behind == '=' ? behind + 1 + strspn(behind + 1, " \t") : behind;
    for (const char *c = *value; *c != '\0'; c++) {
        if (strchr("\"\\#;", *c) != NULL || iscntrl((unsigned char)*c))
            return NULL;
    }
    char *key = lower(text_of("%.*s", (int)length, line->text), length);
    return *behind == '=' || *behind == '\0' ? text_of("%s.%s", line->section, key) : NULL;
}

char *git_text_key(const struct git_line *line)
{
    size_t length = strcspn(line->text, " \t=#;");
    if (line->section == NULL || !is_name(line->text, length, "-"))
        return NULL;
    return text_of("%s.%s", line->section, lower(text_of("%.*s", (int)length, line->text), length));
}

bool git_text_is_odd_header(const char *text)
{
    const char *behind = text[0] == '[' && text[1] != '[' ? strchr(text, ']') : NULL;
    return behind != NULL && behind[1 + strspn(behind + 1, " \t\r")] != '\0';
}
