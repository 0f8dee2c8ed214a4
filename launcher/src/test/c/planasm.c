/*
 * planasm: turns a text into a plan, for tests. Each line is an action and its operands; strings may be quoted, numbers
 * may be joined with `|` and may be the kernel's names, bytes are hexadecimal behind an `x`.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "crc.h"
#include "kernel.h"
#include "opcodes.h"
#include "plan.h"

static unsigned char plan[1 << 20];
static size_t used = PLAN_HEADER;

static void put(uint64_t value, size_t size)
{
    for (size_t i = 0; i < size; i++)
        plan[used++] = (unsigned char)(value >> (8 * i));
}

static void put_operand(uint32_t type, const void *data, size_t length)
{
    put(type, 4);
    put(length, 4);
    memcpy(plan + used, data, length);
    used += type == OPERAND_STRING ? (length / 8 + 1) * 8 : (length + 7) / 8 * 8;
}

#define NAME(constant) {#constant, (uint64_t)(constant)}
static const struct {
    const char *name;
    uint64_t value;
} names[] = {
    NAME(CLONE_NEWNS),         NAME(CLONE_NEWCGROUP),    NAME(CLONE_NEWUTS),      NAME(CLONE_NEWIPC),
    NAME(CLONE_NEWUSER),       NAME(CLONE_NEWPID),       NAME(CLONE_NEWNET),      NAME(MS_SLAVE),
    NAME(MS_PRIVATE),          NAME(MOUNT_ATTR_RDONLY),  NAME(MOUNT_ATTR_NOSUID), NAME(MOUNT_ATTR_NODEV),
    NAME(MOUNT_ATTR_NOEXEC),   NAME(MOUNT_ATTR_NOATIME), NAME(RLIMIT_NOFILE),     NAME(LANDLOCK_ACCESS_FS_EXECUTE),
    NAME(LANDLOCK_ACCESS_FS_READ_FILE), NAME(LANDLOCK_ACCESS_FS_READ_DIR), NAME(LANDLOCK_ACCESS_FS_WRITE_FILE),
    NAME(LANDLOCK_ACCESS_FS_MAKE_REG), {"UID", 0}, {"GID", 0},
};

static uint64_t number(char *text)
{
    uint64_t value = 0;
    for (char *part = strtok(text, "|"); part != NULL; part = strtok(NULL, "|")) {
        char *end;
        uint64_t bit = strtoull(part, &end, 0);
        for (size_t i = 0; *end != '\0' && i < sizeof names / sizeof *names; i++) {
            if (strcmp(part, names[i].name) == 0) {
                bit = strcmp(part, "UID") == 0 ? getuid() : strcmp(part, "GID") == 0 ? getgid() : names[i].value;
                end = part + strlen(part);
            }
        }
        if (*end != '\0') {
            fprintf(stderr, "planasm: `%s` is not a number\n", part);
            exit(2);
        }
        value |= bit;
    }
    return value;
}

static void put_bytes(const char *text)
{
    unsigned char bytes[65536];
    size_t length = 0;
    text += *text == 'x';
    for (; isxdigit((unsigned char)text[0]) && isxdigit((unsigned char)text[1]); text += 2) {
        char digits[3] = {text[0], text[1], '\0'};
        bytes[length++] = (unsigned char)strtoul(digits, NULL, 16);
    }
    put_operand(OPERAND_BYTES, bytes, length);
}

/* A quoted string, up to its closing quote; \" \\ \t and \n mean what they do in C. */
static char *quoted(char *text, char **rest)
{
    char *to = text, *from = text;
    for (; *from != '"' && *from != '\0'; to++) {
        if (*from == '\\' && from[1] != '\0')
            from++, *to = *from == 't' ? '\t' : *from == 'n' ? '\n' : *from;
        else
            *to = *from;
        from++;
    }
    *rest = from + (*from != '\0');
    *to = '\0';
    return text;
}

/* The next word of a line, quotes removed; NULL at its end. */
static char *word(char **line)
{
    char *start = *line + strspn(*line, " \t\n");
    if (*start == '\0' || *start == '#')
        return NULL;
    if (*start == '"')
        return quoted(start + 1, line);
    size_t length = strcspn(start, " \t\n");
    *line = start + length + (start[length] != '\0');
    start[length] = '\0';
    return start;
}

static uint16_t opcode_named(const char *name)
{
    for (uint16_t i = 0; i < UINT16_MAX; i++) {
        if (opcode_find(i) != NULL && strcmp(opcode_find(i)->name, name) == 0)
            return i;
    }
    fprintf(stderr, "planasm: unknown action `%s`\n", name);
    exit(2);
}

static bool assemble(char *line)
{
    char *name = word(&line);
    if (name == NULL)
        return false;
    uint16_t action = opcode_named(name);
    const char *operands = opcode_find(action)->operands;
    size_t header = used;
    put(action, 2);
    put(strlen(operands), 2);
    put(0, 4);
    for (; *operands != '\0'; operands++) {
        char *text = word(&line);
        if (text == NULL) {
            fprintf(stderr, "planasm: `%s` lacks an operand\n", name);
            exit(2);
        }
        uint64_t value = *operands == 'u' ? number(text) : 0;
        if (*operands == 'u') {
            put(OPERAND_NUMBER, 4);
            put(8, 4);
            put(value, 8);
        } else if (*operands == 'b') {
            put_bytes(text);
        } else {
            put_operand(OPERAND_STRING, text, strlen(text));
        }
    }
    size_t end = used;
    used = header + 4;
    put(end - header - PLAN_RECORD, 4);
    used = end;
    return true;
}

int main(void)
{
    char line[65536];
    uint32_t records = 0;
    while (fgets(line, sizeof line, stdin) != NULL)
        records += assemble(line) ? 1 : 0;
    size_t length = used;
    used = 0;
    memcpy(plan, "HEXEPLAN", 8);
    used = 8;
    put(1, 4);
    put(records, 4);
    put(length, 8);
    put(crc_of(plan + PLAN_HEADER, length - PLAN_HEADER), 4);
    return fwrite(plan, 1, length, stdout) == length ? 0 : 1;
}
