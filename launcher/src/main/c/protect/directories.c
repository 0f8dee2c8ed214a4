#include "directories.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "kernel.h"
#include "messages.h"
#include "names_in.h"
#include "notes.h"

enum {
    SLOTS = 16,        /* notes of as many tops are kept, so that many projects do not fill the memory */
    MOST_NAMES = 8 << 20,
    WORTH_KEEPING = 3, /* to keep them takes as long as to read eight, and more runs will come */
    MOST_KEPT = 20000, /* 1.5 MB in memory */
    AS_MANY_AGAIN = 200, /* milliseconds that the command took: to look at so many takes some twentieth of that */
};

/* The note: this, the list, and the names. Another version of it has another word. */
struct header {
    struct beginning {
        char word[8];
        uint32_t size, usual, top; /* of a directory here; of directories; a hash of the first one's path */
    } of;
    uint32_t count, names, told; /* the list behind it is aligned */
};

static const char *name_of(const struct directory_list *list, uint32_t place)
{
    return list->names.bytes + list->items[place].name;
}

static struct beginning beginning_of(const char *top, uint32_t usual)
{
    return (struct beginning){
        .word = "dirs-03",
        .size = sizeof(struct directory),
        .usual = usual,
        .top = path_hash(top, strlen(top)),
    };
}

static const char *note_of(const struct beginning *beginning)
{
    static char name[32];
    snprintf(name, sizeof name, "directories.%02u", beginning->top % SLOTS);
    return name;
}

static bool is_sound(const struct directory_list *list)
{
    if (list->count == 0 || list->names.length == 0 || list->names.bytes[list->names.length - 1] != '\0')
        return false;
    for (uint32_t i = 0; i < list->count; i++) {
        const struct directory *item = &list->items[i];
        if (item->name >= list->names.length || item->first > list->count || item->count > list->count - item->first)
            return false;
    }
    return true;
}

/* The bytes stay as long as the list. */
static bool take(struct directories *all, char *bytes, size_t length)
{
    struct directory_list *list = &all->before;
    struct header header;
    if (length < sizeof header)
        return false;
    memcpy(&header, bytes, sizeof header);
    if (header.count > MOST_KEPT || length != sizeof header + (size_t)header.count * sizeof(struct directory) + header.names)
        return false;
    list->items = (struct directory *)(void *)(bytes + sizeof header);
    list->count = header.count;
    list->names = (struct text){.bytes = (char *)(list->items + list->count), .length = header.names};
    all->was_told = header.told != 0;
    return is_sound(list);
}

static void read_note(struct directories *all, const char *top)
{
    size_t length, most = sizeof(struct header) + (size_t)MOST_KEPT * sizeof(struct directory) + MOST_NAMES;
    struct beginning beginning = beginning_of(top, all->usual);
    char *bytes = note_read(note_of(&beginning), &(struct note_start){&beginning, sizeof beginning}, most, &length);
    if (bytes != NULL && !take(all, bytes, length)) {
        free(bytes);
        all->before = (struct directory_list){.count = 0};
    }
}

static uint32_t put(struct directories *all, uint32_t above, const char *name, uint32_t before)
{
    struct directory_list *now = &all->now;
    uint32_t place = now->count++;
    now->items[place] = (struct directory){
        .name = (uint32_t)now->names.length,
        .above = above,
        .before = before,
        .deep = (uint16_t)(above == place ? 0 : now->items[above].deep + 1),
    };
    text_add_bytes(&now->names, name, strlen(name) + 1);
    return place;
}

/* The tops have the same places each time. */
static void put_top(struct directories *all, const char *path)
{
    uint32_t place = all->now.count;
    bool known = place < all->before.count && all->before.items[place].above == place &&
                 strcmp(name_of(&all->before, place), path) == 0;
    if (place < all->most)
        put(all, place, path, known ? place + 1 : 0);
}

/* A clock that was set meanwhile makes it fewer or more, and never fewer than are usual. */
static uint32_t most_of(const struct directory_wish *wish, const struct timespec *now)
{
    int64_t took = (now->tv_sec - wish->since->tv_sec) * 1000 + (now->tv_nsec - wish->since->tv_nsec) / 1000000;
    uint64_t more = took <= 0 ? 0 : (uint64_t)took * wish->usual / AS_MANY_AGAIN;
    return wish->usual >= wish->most || more >= wish->most - wish->usual ? wish->most : wish->usual + (uint32_t)more;
}

void directories_begin(struct directories *all, const struct directory_wish *wish)
{
    struct timespec now;
    if (sys_clock_gettime(CLOCK_REALTIME, &now) < 0)
        die("cannot read the clock");
    *all = (struct directories){
        .usual = wish->usual,
        .most = most_of(wish, &now),
        .most_deep = wish->most_deep,
        .begun = now.tv_sec,
        .device = UINT64_MAX,
    };
    all->now.items = malloc(all->most * sizeof *all->now.items);
    if (all->now.items == NULL)
        die("cannot remember directories");
    read_note(all, wish->top);
    put_top(all, wish->top);
    if (wish->other_top != NULL)
        put_top(all, wish->other_top);
}

static bool is_full(const struct directories *all)
{
    return all->now.count == all->most;
}

/* Where one lies in the same order as the last time, it is found at once. */
static uint32_t find_before(struct directories *all, uint32_t above, const char *name)
{
    uint32_t place = all->now.items[above].before;
    const struct directory *old = place == 0 ? NULL : &all->before.items[place - 1];
    for (uint32_t i = 0; old != NULL && i < old->count; i++) {
        uint32_t at = (all->next + i) % old->count;
        if (strcmp(name_of(&all->before, old->first + at), name) == 0) {
            all->next = at + 1;
            return old->first + at + 1;
        }
    }
    return 0;
}

static void add(struct directories *all, uint32_t above, const char *name, uint32_t before)
{
    struct directory *in = &all->now.items[above];
    bool too_deep = in->deep == all->most_deep;
    in->more |= !too_deep && is_full(all);
    all->cut_off |= too_deep || in->more;
    if (too_deep || in->more)
        return;
    if (in->count == 0)
        in->first = all->now.count;
    in->count++;
    put(all, above, name, before);
}

void directories_add(struct directories *all, uint32_t above, const char *name)
{
    add(all, above, name, find_before(all, above, name));
}

const char *directories_path(const struct directories *all, uint32_t place)
{
    static char path[PATH_MAX];
    char *at = path + sizeof path - 1;
    for (const struct directory *items = all->now.items;; place = items[place].above) {
        const char *name = name_of(&all->now, place);
        bool top = items[place].above == place;
        size_t length = strlen(name);
        if (length + 1 > (size_t)(at - path))
            return NULL;
        at = memcpy(at - length, name, length);
        if (top)
            return at;
        *--at = '/';
    }
}

static bool is_same(const struct directory *one, const struct stat *status)
{
    return one->device == status->st_dev && one->inode == status->st_ino && one->changed == status->st_ctim.tv_sec &&
           one->nanoseconds == (uint32_t)status->st_ctim.tv_nsec;
}

static void note_state(struct directory *item, const struct stat *status)
{
    item->device = status->st_dev;
    item->inode = status->st_ino;
    item->changed = status->st_ctim.tv_sec;
    item->nanoseconds = (uint32_t)status->st_ctim.tv_nsec;
}

/* Those that the list had no room for need not be known while it is full. */
bool directories_take_known(struct directories *all, uint32_t place, const char *path)
{
    struct stat status;
    struct directory *item = &all->now.items[place];
    const struct directory *old = item->before == 0 ? NULL : &all->before.items[item->before - 1];
    all->next = 0;
    if (old == NULL || !old->plain || (old->more && !is_full(all)) ||
        lstat(path[0] == '\0' ? "/" : path, &status) < 0 || !S_ISDIR(status.st_mode) || !is_same(old, &status))
        return false;
    note_state(item, &status);
    item->plain = true;
    item->more = old->more;
    all->same++;
    for (uint32_t i = 0; i < old->count; i++)
        add(all, place, name_of(&all->before, old->first + i), old->first + i + 1);
    return true;
}

static bool is_device_trusted(struct directories *all, int opened, uint64_t device)
{
    if (device != all->device) {
        all->device = device;
        all->trusted = times_are_kernels(opened);
    }
    return all->trusted;
}

void directories_describe(struct directories *all, uint32_t place, const struct stat *status, int opened)
{
    struct directory *item = &all->now.items[place];
    note_state(item, status);
    item->plain = is_device_trusted(all, opened, item->device) && all->begun - item->changed > COARSE_TIME;
    all->worth += item->plain;
}

/* Of one whose directories are not all kept, the others are found by reading it again. */
static uint32_t keep_only(struct directory_list *list, uint32_t most)
{
    uint32_t count = list->count < most ? list->count : most;
    for (uint32_t i = 0; i < count && list->count > most; i++) {
        struct directory *item = &list->items[i];
        if (item->count == 0 || item->first + item->count <= most)
            continue;
        item->count = item->first < most ? most - item->first : 0;
        item->first = item->count == 0 ? 0 : item->first;
        item->more = true;
    }
    return count;
}

static void keep(struct directories *all, bool told)
{
    struct directory_list *now = &all->now;
    uint32_t count = keep_only(now, MOST_KEPT);
    struct header header = {
        .of = beginning_of(name_of(now, 0), all->usual),
        .count = count,
        .names = (uint32_t)(count < now->count ? now->items[count].name : now->names.length),
        .told = told,
    };
    struct text bytes = {.bytes = NULL};
    text_add_bytes(&bytes, &header, sizeof header);
    text_add_bytes(&bytes, now->items, count * sizeof *now->items);
    text_add_bytes(&bytes, now->names.bytes, header.names);
    note_keep(note_of(&header.of), bytes.bytes, bytes.length);
    text_free(&bytes);
}

bool directories_are_news(const struct directories *all)
{
    bool others = all->trusted && all->same < all->now.count / 2;
    return all->cut_off && (!all->was_told || others);
}

/* It stays told while there are more than are usual: whether all are searched depends on the time as well. */
void directories_end(struct directories *all)
{
    bool told = all->cut_off || (all->was_told && all->now.count > all->usual);
    if (all->worth > WORTH_KEEPING || told != all->was_told)
        keep(all, told);
    free(all->now.items);
    text_free(&all->now.names);
    if (all->before.items != NULL)
        free((char *)all->before.items - sizeof(struct header));
}
