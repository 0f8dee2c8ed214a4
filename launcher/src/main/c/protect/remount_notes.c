/* The notes of what was mounted, and their way from the sandbox to the supervisor. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "actions.h"
#include "kernel.h"
#include "messages.h"
#include "opcodes.h"
#include "passing.h"
#include "remount.h"
#include "run.h"
#include "text.h"

enum { MOST_AT_ONCE = 32768, NAMESPACES = 2 };

/* As it is handed over. What is in the plan, which both have, is known by its place there. */
struct note {
    uint32_t kind, flags;
    uint32_t lines; /* 0: there are none */
    uint32_t path;  /* 0: it follows, with its NUL */
};

static struct {
    int ends[2]; /* the supervisor's, and the sandbox's */
    int namespaces[NAMESPACES];
    struct text notes;
    struct remounts taken;
    bool complete;
} hand_over = {.ends = {-1, -1}, .namespaces = {-1, -1}, .taken = {.user = -1, .mount = -1}};

static void close_if_open(int *descriptor)
{
    if (*descriptor >= 0)
        close(*descriptor);
    *descriptor = -1;
}

void remount_open(const struct run *run)
{
    struct plan_cursor cursor = plan_start(run->plan);
    struct record record;
    if (run->probe || !plan_find(&cursor, OP_MOUNT_AGAIN, &record))
        return;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, hand_over.ends) < 0)
        die("cannot make a socket for what is mounted");
}

/* Before the root is another one, which may have no /proc. Without it nothing is handed over. */
void remount_enter(void)
{
    static const char *const names[NAMESPACES] = {"/proc/self/ns/mnt", "/proc/self/ns/user"};
    close_if_open(&hand_over.ends[0]);
    for (int i = 0; i < NAMESPACES && hand_over.ends[1] >= 0; i++) {
        hand_over.namespaces[i] = openat(AT_FDCWD, names[i], O_RDONLY | O_CLOEXEC);
        if (hand_over.namespaces[i] < 0 && errno != ENOENT && errno != EACCES)
            die("cannot open `%s`", names[i]);
        if (hand_over.namespaces[i] < 0)
            close_if_open(&hand_over.ends[1]);
    }
}

void remount_supervise(void)
{
    close_if_open(&hand_over.ends[1]);
}

/* 0: it is not in it. */
static uint32_t place_in(const struct plan *plan, const char *text)
{
    const char *first = (const char *)plan->bytes;
    return text > first && text < first + plan->length ? (uint32_t)(text - first) : 0;
}

void remount_note(const struct run *run, enum remount_kind kind, const char *path, const char *lines, uint64_t flags)
{
    if (hand_over.ends[1] < 0)
        return;
    struct note note = {.kind = kind, .flags = (uint32_t)flags, .path = place_in(run->plan, path)};
    if (lines[0] != '\0')
        note.lines = place_in(run->plan, lines);
    if (hand_over.notes.bytes == NULL)
        text_expect(&hand_over.notes, run->plan->length / 8); /* mostly they are less */
    text_add_bytes(&hand_over.notes, &note, sizeof note);
    if (note.path == 0)
        text_add_bytes(&hand_over.notes, path, strlen(path) + 1);
}

static void send_part(const char *bytes, size_t length, bool first)
{
    unsigned count = first ? NAMESPACES : 0;
    if (passing_send(hand_over.ends[1], bytes, length, hand_over.namespaces, count, PASSING_PATIENCE) < 0)
        die_with_help(passing_help(), "cannot hand over what is mounted");
}

static size_t note_length(const char *bytes)
{
    struct note note;
    memcpy(&note, bytes, sizeof note);
    return sizeof note + (note.path == 0 ? strlen(bytes + sizeof note) + 1 : 0);
}

static void send_all(void)
{
    const struct text *notes = &hand_over.notes;
    for (size_t at = 0, end; at < notes->length; at = end) {
        end = at;
        while (end < notes->length && end + note_length(notes->bytes + end) - at <= MOST_AT_ONCE)
            end += note_length(notes->bytes + end);
        send_part(notes->bytes + at, end - at, at == 0);
    }
}

/* The last of them leaves nothing open to the supervisor. */
void do_mount_again(struct run *run, const struct operand *operands)
{
    (void)run;
    (void)operands;
    if (hand_over.ends[1] < 0)
        return;
    send_all();
    text_free(&hand_over.notes);
    close_if_open(&hand_over.ends[1]);
    for (int i = 0; i < NAMESPACES; i++)
        close_if_open(&hand_over.namespaces[i]);
}

/* The bytes stay. */
static struct remount made_of(const struct run *run, const char *bytes)
{
    struct note note;
    const char *first = (const char *)run->plan->bytes;
    memcpy(&note, bytes, sizeof note);
    return (struct remount){
        .kind = note.kind == REMOUNT_HIDE ? REMOUNT_HIDE : REMOUNT_PROTECT,
        .flags = note.flags,
        .lines = note.lines == 0 ? "" : first + note.lines,
        .path = note.path == 0 ? bytes + sizeof note : first + note.path,
        .due = true,
    };
}

static void add(const struct run *run, const char *bytes)
{
    struct remounts *taken = &hand_over.taken;
    struct note note;
    memcpy(&note, bytes, sizeof note);
    if (note.kind == REMOUNT_NOWHERE)
        taken->nowhere[taken->nowhere_count++] = made_of(run, bytes).path;
    else
        taken->items[taken->count++] = made_of(run, bytes);
}

static void add_all(const struct run *run, const char *bytes, size_t length)
{
    struct remounts *taken = &hand_over.taken;
    unsigned count = 0;
    for (size_t at = 0; at < length; at += note_length(bytes + at))
        count++;
    struct remount *items = realloc(taken->items, (taken->count + count) * sizeof *items);
    const char **nowhere = realloc(taken->nowhere, (taken->nowhere_count + count) * sizeof *nowhere);
    if (items == NULL || nowhere == NULL)
        die("cannot remember what is mounted");
    taken->items = items;
    taken->nowhere = nowhere;
    for (size_t at = 0; at < length; at += note_length(bytes + at))
        add(run, bytes + at);
}

/* How much was received; 0 at the end, -1 while there is nothing. */
static ssize_t receive_into(char *bytes)
{
    int namespaces[NAMESPACES];
    unsigned count = NAMESPACES;
    ssize_t length = passing_receive(hand_over.ends[0], bytes, MOST_AT_ONCE, namespaces, &count, MSG_DONTWAIT);
    if (length < 0)
        return errno == EAGAIN ? -1 : 0;
    if (count == NAMESPACES) {
        hand_over.taken.mount = namespaces[0];
        hand_over.taken.user = namespaces[1];
    }
    return length;
}

static ssize_t receive(const struct run *run)
{
    char *bytes = malloc(MOST_AT_ONCE);
    if (bytes == NULL)
        die("cannot remember what is mounted");
    ssize_t length = receive_into(bytes);
    if (length > 0)
        add_all(run, bytes, (size_t)length);
    else
        free(bytes);
    return length;
}

struct remounts *remount_take(const struct run *run)
{
    ssize_t received = 1;
    while (received > 0 && !hand_over.complete)
        received = receive(run);
    if (received < 0)
        return NULL;
    hand_over.complete = true;
    close_if_open(&hand_over.ends[0]);
    return &hand_over.taken;
}

bool remount_is_over(void)
{
    return hand_over.ends[0] < 0 && !hand_over.complete;
}
