#include "opcodes.h"

#include <string.h>

#include "actions.h"

static const struct opcode opcodes[] = {
#define OPCODE(number, name, label, operands, stage, flags, function) \
    [OP_##name] = {label, operands, STAGE_##stage, flags, function},
#include "opcodes.def"
#undef OPCODE
};

const struct opcode *opcode_find(uint16_t number)
{
    if (number >= sizeof opcodes / sizeof *opcodes || opcodes[number].name == NULL)
        return NULL;
    return &opcodes[number];
}

enum operand_type opcode_operand_type(char letter)
{
    switch (letter) {
    case 'u':
        return OPERAND_NUMBER;
    case 'b':
        return OPERAND_BYTES;
    default:
        return OPERAND_STRING;
    }
}

/* A list of paths goes on behind a newline, which no path that a compiler writes has. */
static bool is_word(const char *path, const char *word)
{
    size_t length = strlen(word);
    return strncmp(path, word, length) == 0 &&
           (path[length] == '\0' || path[length] == '/' || path[length] == '\n');
}

static bool is_path(const char *text)
{
    return text[0] == '/' || is_word(text, "@cwd") || is_word(text, "@private");
}

/* Several lists have one entry for more than one place. */
static bool is_listed_path(const char *text)
{
    return is_path(text) || (is_word(text, "@above") && text[strlen("@above")] == '/');
}

/* Behind each but the last is a newline or, in a plan that is kept, a NUL; never both in one list. */
static bool are_paths(const struct operand *list)
{
    const char *text = list->data, *end = list->data + list->length;
    const bool kept = memchr(text, '\0', list->length) != NULL;
    const int separator = kept ? '\0' : '\n';
    if (kept && memchr(text, '\n', list->length) != NULL)
        return false;
    while (is_listed_path(text)) {
        text = memchr(text, separator, (size_t)(end - text));
        if (text == NULL)
            return true;
        text++;
    }
    return false;
}

static bool is_cgroup(const char *text)
{
    return text[0] == '/' || strcmp(text, "@scope") == 0;
}

static bool is_variable(const char *text)
{
    return text[0] != '\0' && strchr(text, '=') == NULL;
}

static bool is_file_name(const char *text)
{
    return text[0] != '\0' && strchr(text, '/') == NULL && strcmp(text, ".") != 0 && strcmp(text, "..") != 0;
}

const char *opcode_check_operand(char letter, const struct operand *operand)
{
    switch (letter) {
    case 'p':
        return is_path(operand->data) ? NULL : "a path is not absolute";
    case 'l':
        return are_paths(operand) ? NULL : "one of the paths is not absolute";
    case 'o':
        return operand->length == 0 || operand->data[0] == '/' ? NULL : "a path is not absolute";
    case 'g':
        return is_cgroup(operand->data) ? NULL : "a cgroup is neither an absolute path nor `@scope`";
    case 'n':
        return is_variable(operand->data) ? NULL : "a variable's name is empty or contains `=`";
    case 'f':
        return is_file_name(operand->data) ? NULL : "a file name is empty or contains `/`";
    default:
        return NULL;
    }
}
