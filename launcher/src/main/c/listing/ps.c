/* `ps`: the sandboxes of this user that run. */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "listing.h"
#include "sandboxes.h"
#include "table.h"

enum { MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR, MEBIBYTE = 1 << 20 };

/* A newline in a name must not look like another sandbox. */
static const char *on_one_line(char *text)
{
    for (char *at = text; *at != '\0'; at++) {
        if (*at == '\n' || *at == '\t')
            *at = ' ';
    }
    return text;
}

static const char *age(unsigned long long seconds)
{
    if (seconds < MINUTE)
        return text_of("%llus", seconds);
    if (seconds < HOUR)
        return text_of("%llum%llus", seconds / MINUTE, seconds % MINUTE);
    if (seconds < DAY)
        return text_of("%lluh%llum", seconds / HOUR, seconds % HOUR / MINUTE);
    return text_of("%llud%lluh", seconds / DAY, seconds % DAY / HOUR);
}

/* The words in one line, with spaces between them. */
static const char *command_line(const struct sandbox *sandbox)
{
    char *line = text_of("%s", "");
    if (sandbox->command.length > 0) {
        struct text words = {.bytes = NULL};
        text_add_bytes(&words, sandbox->command.bytes, sandbox->command.length - 1);
        for (size_t i = 0; i < words.length; i++)
            words.bytes[i] = words.bytes[i] == '\0' ? ' ' : words.bytes[i];
        line = words.bytes;
    }
    return on_one_line(line);
}

static void add_row(struct table *table, const struct sandbox *sandbox)
{
    table_add(table, text_of("%d", (int)sandbox->supervisor), true);
    table_add(table, text_of("%d", (int)sandbox->first), false);
    table_add(table, on_one_line(text_of("%s", sandbox->profile)), false);
    table_add(table, age(sandbox->age), false);
    table_add(table, text_of("%lluM", (unsigned long long)sandbox->memory / MEBIBYTE), false);
    table_add(table, text_of("%zu", sandbox->processes), false);
    table_add(table, command_line(sandbox), false);
}

static void start_table(struct table *table)
{
    static const char *const heads[] = {"id", "pid", "profile", "age", "memory", "processes", "command"};
    table->columns = sizeof heads / sizeof *heads;
    for (size_t i = 0; i < table->columns; i++)
        table_add(table, heads[i], true);
}

static void add_words(struct text *json, const struct text *words)
{
    text_add(json, "[");
    for (size_t at = 0; at < words->length; at += strlen(words->bytes + at) + 1) {
        text_add(json, "%s\n        ", at > 0 ? "," : "");
        text_add_json(json, words->bytes + at);
    }
    text_add(json, words->length > 0 ? "\n      ]" : "]");
}

static void add_object(struct text *json, const struct sandbox *sandbox, bool first)
{
    text_add(json, "%s\n    {\n      \"id\": \"%d\",\n      \"supervisor\": %d,\n", first ? "" : ",", (int)sandbox->supervisor,
             (int)sandbox->supervisor);
    text_add(json, "      \"first_pid\": %d,\n      \"enterable\": %s,\n      \"profile\": ", (int)sandbox->first,
             sandbox->enterable ? "true" : "false");
    text_add_json(json, sandbox->profile);
    text_add(json, ",\n      \"command\": ");
    add_words(json, &sandbox->command);
    text_add(json, ",\n      \"age_seconds\": %llu,\n      \"memory_bytes\": %llu,\n      \"processes\": %zu\n    }",
             (unsigned long long)sandbox->age, (unsigned long long)sandbox->memory, sandbox->processes);
}

static _Noreturn void print_json(const struct processes *all)
{
    struct text json = {.bytes = NULL};
    struct sandbox sandbox;
    size_t found = 0;
    text_add(&json, "{\n  \"format\": 1,\n  \"sandboxes\": [");
    for (size_t i = 0; i < all->count; i++) {
        if (sandbox_of(&all->items[i], all, &sandbox))
            add_object(&json, &sandbox, found++ == 0);
    }
    text_add(&json, "%s]\n}\n", found > 0 ? "\n  " : "");
    output_end(&json);
}

static _Noreturn void print_table(const struct processes *all)
{
    struct text text = {.bytes = NULL};
    struct table table = {.count = 0};
    struct sandbox sandbox;
    start_table(&table);
    for (size_t i = 0; i < all->count; i++) {
        if (sandbox_of(&all->items[i], all, &sandbox))
            add_row(&table, &sandbox);
    }
    if (table.count > table.columns)
        table_lay_out(&table, &text);
    else
        text_add(&text, "no sandbox of yours runs\n");
    output_end(&text);
}

void list_sandboxes(char *const *arguments)
{
    bool json = arguments[0] != NULL && strcmp(arguments[0], "--json") == 0;
    if (arguments[json ? 1 : 0] != NULL)
        return;
    struct processes all = processes_read();
    if (json)
        print_json(&all);
    print_table(&all);
}
