#include "thread.h"

#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include "kernel.h"
#include "messages.h"

static struct thread *slots;
static size_t room, used; /* slots are taken, or were: `id` is -1 */

static size_t place(pid_t id)
{
    return ((size_t)id * 2654435761U) & (room - 1);
}

static struct thread *insert(pid_t id)
{
    size_t at = place(id);
    while (slots[at].id != 0)
        at = (at + 1) & (room - 1);
    slots[at] = (struct thread){.id = id};
    used++;
    return &slots[at];
}

static void grow(void)
{
    struct thread *old = slots;
    size_t count = room, living = 0;
    for (size_t i = 0; i < count; i++)
        living += old[i].id > 0;
    room = 64;
    while (room < living * 4)
        room *= 2;
    slots = calloc(room, sizeof *slots);
    if (slots == NULL)
        die("cannot remember the command's threads");
    used = 0;
    for (size_t i = 0; i < count; i++) {
        if (old[i].id > 0)
            *insert(old[i].id) = old[i];
    }
    free(old);
}

static struct thread *look_up(pid_t id)
{
    for (size_t at = place(id); slots[at].id != 0; at = (at + 1) & (room - 1)) {
        if (slots[at].id == id)
            return &slots[at];
    }
    return NULL;
}

struct thread *thread_find(pid_t id)
{
    if (used * 2 >= room)
        grow();
    struct thread *thread = look_up(id);
    return thread != NULL ? thread : insert(id);
}

void thread_forget(pid_t id)
{
    struct thread *thread = room == 0 ? NULL : look_up(id);
    if (thread != NULL)
        thread->id = -1;
}

static long read_part(pid_t id, uint64_t address, void *bytes, size_t size)
{
    struct iovec here = {.iov_base = bytes, .iov_len = size};
    struct iovec there = {.iov_base = (void *)(uintptr_t)address, .iov_len = size};
    return syscall(SYS_process_vm_readv, id, &here, 1UL, &there, 1UL, 0UL);
}

bool thread_read(pid_t id, uint64_t address, void *bytes, size_t size)
{
    return read_part(id, address, bytes, size) == (long)size;
}

/* By the page: what follows the string may not be there. */
long thread_read_string(pid_t id, uint64_t address, char *text, size_t size)
{
    enum { PAGE = 4096 };
    for (size_t length = 0; length + 1 < size;) {
        size_t part = PAGE - (size_t)((address + length) % PAGE);
        if (part > size - 1 - length)
            part = size - 1 - length;
        long got = read_part(id, address + length, text + length, part);
        if (got <= 0)
            break;
        const char *end = memchr(text + length, '\0', (size_t)got);
        if (end != NULL)
            return end - text;
        length += (size_t)got;
    }
    text[0] = '\0';
    return -1;
}
