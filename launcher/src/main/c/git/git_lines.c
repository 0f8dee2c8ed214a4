/*
 * Compares two states of a configuration of git, line by line. Only a line of the plain form `key = value`, below a plain
 * header, is taken to mean what it looks like; whatever git could read in another way is reported as it stands.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "git_config.h"
#include "git_text.h"
#include "guard.h"
#include "kernel.h"
#include "messages.h"
#include "text.h"

enum { MOST_TOLD = 5, MOST_NAMED = 8, MOST_SHOWN = 160 };

enum meaning { HARMLESS, PROGRAM, UNKNOWN };

struct additions {
    const struct run *run;
    const char *path;
    struct text harmless;
    unsigned harmless_count, warned;
};

static bool matches(const char *pattern, size_t left, const char *text)
{
    for (; left > 0 && *pattern != '*'; pattern++, text++, left--) {
        if (*text != *pattern)
            return false;
    }
    if (left == 0)
        return *text == '\0';
    for (;; text++) {
        if (matches(pattern + 1, left - 1, text))
            return true;
        if (*text == '\0')
            return false;
    }
}

static bool is_meant(const char *rules, const char *name, const char *value)
{
    for (size_t length; (length = strcspn(rules, "\n")) > 0; rules += length + (rules[length] == '\n')) {
        const char *sign = memchr(rules, '=', length);
        size_t size = sign == NULL ? length : (size_t)(sign - rules);
        if (matches(rules, size, name) && (sign == NULL || matches(sign + 1, length - size - 1, value)))
            return true;
    }
    return false;
}

static enum meaning meaning_of(const struct git_rules *rules, const char *name, const char *value)
{
    if (name == NULL)
        return UNKNOWN;
    return is_meant(rules->programs, name, value) ? PROGRAM : is_meant(rules->harmless, name, value) ? HARMLESS : UNKNOWN;
}

bool git_rules_name_program(const struct git_rules *rules, const char *name, const char *value)
{
    return is_meant(rules->programs, name, value);
}

/* To be shown: without the user and the password of an address, and not at any length. */
static char *shown(const char *name, const char *value)
{
    const char *address = strstr(value, "://");
    size_t end = address == NULL ? 0 : strcspn(address + 3, "/");
    const char *user = address == NULL ? NULL : memchr(address + 3, '@', end);
    char *text = user == NULL ? text_of("%s=%s", name, value)
                              : text_of("%s=%.*s***%s", name, (int)(address + 3 - value), value, user);
    if (strlen(text) > MOST_SHOWN)
        memcpy(text + MOST_SHOWN, "...", 4);
    return text;
}

static void event(const struct additions *additions, const char *entry, enum meaning meaning)
{
    static const char *const meanings[] = {[HARMLESS] = "harmless", [PROGRAM] = "program", [UNKNOWN] = "unknown"};
    struct text members = {.bytes = NULL};
    text_add(&members, ",\"entry\":");
    text_add_json(&members, entry);
    text_add(&members, ",\"meaning\":\"%s\"", meanings[meaning]);
    watch_event_with(additions->run, "git-config", additions->path, members.bytes);
    text_free(&members);
}

static void take(struct additions *additions, const struct git_line *line, const struct git_rules *rules)
{
    const char *value = "";
    const char *name = git_text_name(line, &value);
    enum meaning meaning = meaning_of(rules, name, value);
    char *text = name == NULL ? shown(line->header == NULL ? "" : line->header, line->text) : shown(name, value);
    event(additions, text, meaning);
    if (meaning == HARMLESS) {
        if (++additions->harmless_count <= MOST_NAMED)
            text_add(&additions->harmless, "%s%s", additions->harmless_count == 1 ? "" : ", ", text);
        return;
    }
    if (++additions->warned > MOST_TOLD)
        return;
    say(meaning == PROGRAM ? "warning: `%s` was added to `%s`, and git runs what it names: look at it before git is called there"
                           : "warning: `%s` was added to `%s`, and may make git run something: look at it before git is called there",
        text, additions->path);
}

static bool is_equal(const char *one, const char *other)
{
    return one == other || (one != NULL && other != NULL && strcmp(one, other) == 0);
}

static bool is_same(const struct git_line *one, const struct git_line *other)
{
    return one->continued == other->continued && is_equal(one->text, other->text) && is_equal(one->header, other->header);
}

/* Both in their order: what is moved down counts anew. */
static bool was_there(const struct git_text *before, unsigned *at, const struct git_line *line)
{
    for (unsigned i = *at; i < before->count; i++) {
        if (is_same(&before->first[i], line)) {
            *at = i + 1;
            return true;
        }
    }
    return false;
}

static void tell_of_rest(const struct additions *additions)
{
    struct text text = additions->harmless;
    if (additions->warned > MOST_TOLD)
        say("warning: and %u more in `%s`", additions->warned - MOST_TOLD, additions->path);
    if (additions->harmless_count > MOST_NAMED)
        text_add(&text, " and %u more", additions->harmless_count - MOST_NAMED);
    if (additions->harmless_count > 0)
        say("added to `%s`, and harmless: %s", additions->path, text.bytes);
}

bool git_lines_tell(const struct run *run, const char *path, char *before, char *after, const struct git_rules *rules)
{
    struct additions additions = {.run = run, .path = path};
    struct git_text old = {.count = 0}, new = {.count = 0};
    unsigned at = 0;
    if (!git_text_read(before, &old) || !git_text_read(after, &new))
        return false;
    for (unsigned i = 0; i < new.count; i++) {
        if (!was_there(&old, &at, &new.first[i]))
            take(&additions, &new.first[i], rules);
    }
    tell_of_rest(&additions);
    return true;
}

static bool is_own_worktree(const char *worktree, const char *name, const char *value)
{
    return worktree != NULL && name != NULL && strcmp(name, "core.worktree") == 0 && strcmp(value, worktree) == 0;
}

bool git_lines_are_harmless(char *text, const struct git_rules *rules, const char *worktree)
{
    struct git_text lines = {.count = 0};
    bool harmless = git_text_read(text, &lines);
    for (unsigned i = 0; i < lines.count && harmless; i++) {
        const char *value = "";
        const char *name = git_text_name(&lines.first[i], &value);
        harmless = is_own_worktree(worktree, name, value) || meaning_of(rules, name, value) == HARMLESS;
    }
    free(lines.first);
    return harmless;
}

char *git_lines_without_programs(char *text, const struct git_rules *rules, const char *worktree, bool *fewer)
{
    struct git_text lines = {.count = 0};
    struct text rest = {.bytes = NULL};
    const char *header = NULL;
    bool all = git_text_read(text, &lines);
    *fewer = false;
    text_add(&rest, "# without what makes git run something; what this was lies beside it, under a name with `.inert`\n");
    for (unsigned i = 0; i < lines.count && all; i++) {
        const char *value = "";
        const char *name = git_text_name(&lines.first[i], &value);
        bool own = is_own_worktree(worktree, name, value);
        if (name == NULL || (!own && meaning_of(rules, name, value) == PROGRAM)) {
            *fewer = true;
            continue;
        }
        if (header != lines.first[i].header)
            text_add(&rest, "%s\n", header = lines.first[i].header);
        text_add(&rest, "\t%s\n", lines.first[i].text);
    }
    free(lines.first);
    return all ? rest.bytes : NULL;
}

bool git_lines_name_programs(char *text, const struct git_rules *rules)
{
    struct git_text lines = {.count = 0};
    bool names = false;
    git_text_read(text, &lines);
    for (unsigned i = 0; i < lines.count && !names; i++) {
        const char *name = git_text_key(&lines.first[i]);
        names = (name != NULL && is_meant(rules->programs, name, "")) || git_text_is_odd_header(lines.first[i].text);
    }
    free(lines.first);
    return names;
}
