/* The supervisor's side: waits for changes beside what is protected or hidden, and says in the end what came of them. */
#include "remount.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/wait.h>

#include "guard.h"
#include "kernel.h"
#include "messages.h"
#include "run.h"
#include "signals.h"
#include "text.h"

enum {
    FIRST_LOOK = 50,  /* milliseconds: a short command has ended by then, and was not made slower */
    NEXT_LOOK = 250,  /* where the kernel does not tell */
    MOST_ROUNDS = 16, /* somebody inside could go on for ever */
};

/* The number of a watch, and the path of an item, up to a length. A directory in several places has one number. */
struct watched_above {
    unsigned number;
    const char *path;
    size_t length;
};

static struct {
    struct remounts *remounts; /* NULL until they are watched */
    int events;
    struct watched_above *above;
    unsigned above_count;
    int error;       /* of the last failure */
    unsigned failed; /* the item that it was of */
    bool over;
    bool polls; /* a limit of the user's is reached, perhaps by the command: it is looked again and again */
} state = {.events = -1};

uint64_t remount_patience(void)
{
    if (remount_is_over() || state.over)
        return 0;
    return state.remounts == NULL ? FIRST_LOOK : state.polls ? NEXT_LOOK : 0;
}

static bool is_of(const struct watched_above *above, const char *path, size_t length)
{
    return above->length == length && memcmp(above->path, path, length) == 0;
}

/* Another directory at a path takes the place of the one before. */
static void remember_watch(unsigned number, const char *path, size_t length)
{
    unsigned at = 0;
    while (at < state.above_count && !is_of(&state.above[at], path, length))
        at++;
    if (at == state.above_count) {
        struct watched_above *grown = realloc(state.above, (at + 1) * sizeof *grown);
        if (grown == NULL)
            die("cannot remember a directory");
        state.above = grown;
        state.above_count++;
    }
    state.above[at] = (struct watched_above){number, path, length};
}

static void take_report(const struct report *report)
{
    if (report->kind == REPORT_FAILED) {
        state.error = (int)report->value;
        state.failed = report->record;
    }
    if (report->kind == REPORT_FAILED || report->record >= state.remounts->count)
        return;
    struct remount *remount = &state.remounts->items[report->record];
    uint64_t value = (uint64_t)report->value;
    if (report->kind == REMOUNT_WATCHED) {
        remember_watch((unsigned)(value >> 16), remount->path, value & 0xffff);
    } else if (report->kind == REMOUNT_UNWATCHED) {
        state.polls = true;
    } else if (report->kind == REMOUNT_OPEN) {
        remount->changed = true;
    } else if (report->kind == REMOUNT_LEFT) {
        remount->left = true;
    } else if (report->kind == REMOUNT_AGAIN) {
        remount->again = true;
        remount->gap = value > remount->gap ? (uint32_t)value : remount->gap;
    }
}

/* The child ends at the first failure: what stands behind that is left to another one. Says whether there is any. */
static bool is_more_due(void)
{
    struct remounts *all = state.remounts;
    bool any = state.failed < all->count && all->items[state.failed].due;
    unsigned done = any ? state.failed + 1 : all->count;
    for (unsigned i = 0; i < done; i++)
        all->items[i].due = false;
    return any;
}

static bool mount_due(struct run *run)
{
    struct report report;
    pid_t child;
    state.failed = state.remounts->count;
    int reports = remount_run(run, state.remounts, state.polls ? -1 : state.events, &child), status;
    if (reports < 0) {
        state.error = errno;
        return false;
    }
    ssize_t got;
    while ((got = read(reports, &report, sizeof report)) == (ssize_t)sizeof report || (got < 0 && errno == EINTR)) {
        if (got > 0)
            take_report(&report);
    }
    if (got < 0)
        state.error = errno;
    close(reports);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    return is_more_due();
}

static void mount_again(struct run *run)
{
    while (mount_due(run))
        continue;
}

/*
 * Only the host can rename something over what is mounted on, in one step. What was made there, moved there twice, away
 * for a while or written may be of somebody inside; once it is mounted on, it is the host that writes it.
 */
static void take_event_of(struct remount *remount, uint32_t mask, bool itself)
{
    bool written = (mask & IN_CLOSE_WRITE) != 0;
    if (written && !itself)
        return;
    if (itself && (written || (mask & IN_MOVED_TO) != 0))
        remount->changed = remount->changed || remount->fresh;
    else
        remount->changed = true;
    if (!written)
        remount->due = remount->fresh = true;
}

static void take_event_in(const struct watched_above *above, const struct inotify_event *event)
{
    size_t length = strlen(event->name);
    for (unsigned i = 0; i < state.remounts->count; i++) {
        struct remount *remount = &state.remounts->items[i];
        const char *path = remount->path;
        if (strncmp(path, above->path, above->length) != 0 || path[above->length] != '/')
            continue;
        const char *name = path + above->length + 1;
        if (strncmp(name, event->name, length) == 0 && (name[length] == '\0' || name[length] == '/'))
            take_event_of(remount, event->mask, name[length] == '\0');
    }
}

static void take_event(const struct inotify_event *event)
{
    for (unsigned i = 0; i < state.above_count && event->len > 0; i++) {
        if (state.above[i].number == (unsigned)event->wd)
            take_event_in(&state.above[i], event);
    }
}

/* Some were lost. */
static void suspect_all(void)
{
    for (unsigned i = 0; i < state.remounts->count; i++) {
        struct remount *remount = &state.remounts->items[i];
        remount->due = remount->fresh = remount->changed = true;
    }
}

static bool is_anything_due(void)
{
    for (unsigned i = 0; i < state.remounts->count; i++) {
        if (state.remounts->items[i].due)
            return true;
    }
    return false;
}

static bool take_events(void)
{
    static char bytes[16384] __attribute__((aligned(64)));
    for (ssize_t length; (length = read(state.events, bytes, sizeof bytes)) > 0;) {
        for (ssize_t at = 0; at < length;) {
            const struct inotify_event *event = (const struct inotify_event *)(const void *)(bytes + at);
            if ((event->mask & IN_Q_OVERFLOW) != 0)
                suspect_all();
            take_event(event);
            at += (ssize_t)(sizeof *event + event->len);
        }
    }
    return is_anything_due();
}

static void mount_until_quiet(struct run *run)
{
    for (int round = 0; round < MOST_ROUNDS && take_events(); round++)
        mount_again(run);
    for (unsigned i = 0; i < state.remounts->count; i++)
        state.remounts->items[i].fresh = state.remounts->items[i].due;
}

void remount_look(struct run *run)
{
    if (state.remounts != NULL)
        mount_until_quiet(run);
}

/* Nothing was watched until now: what was replaced may have been changed. */
static void look_at_all(struct run *run)
{
    struct remounts *remounts = state.remounts;
    for (unsigned i = 0; i < remounts->count; i++)
        remounts->items[i].due = true;
    mount_again(run);
    for (unsigned i = 0; i < remounts->count; i++)
        remounts->items[i].changed = remounts->items[i].changed || remounts->items[i].again;
}

static void begin(struct run *run, struct remounts *remounts)
{
    state.over = remounts->count == 0 || remounts->mount < 0;
    if (state.over)
        return;
    state.remounts = remounts;
    state.events = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    state.polls = state.events < 0;
    look_at_all(run);
    if (state.events >= 0 && !signals_when_readable(state.events))
        die("cannot watch directories of the host");
    mount_until_quiet(run);
}

void remount_begin(struct run *run)
{
    struct remounts *remounts = state.remounts == NULL ? remount_take(run) : NULL;
    if (state.remounts != NULL)
        look_at_all(run);
    else if (remounts != NULL)
        begin(run, remounts);
}

static const struct remount *find(const char *path)
{
    for (unsigned i = 0; state.remounts != NULL && i < state.remounts->count; i++) {
        if (state.remounts->items[i].again && strcmp(state.remounts->items[i].path, path) == 0)
            return &state.remounts->items[i];
    }
    return NULL;
}

bool remount_has(const char *path)
{
    return find(path) != NULL;
}

static void tell(const struct run *run, const struct remount *remount)
{
    unsigned long long gap = remount->gap;
    if (remount->kind == REMOUNT_HIDE && (remount->flags & REMOUNT_ABSENT) != 0)
        say("warning: `%s` was made meanwhile, and could be opened for %llu ms before it was hidden", remount->path, gap);
    else if (remount->kind == REMOUNT_HIDE)
        say("warning: `%s` was replaced on the host meanwhile, and could be opened for %llu ms before it was hidden again", remount->path, gap);
    else if (remount->changed)
        say("warning: `%s` was replaced on the host meanwhile, and may have been changed in the %llu ms before it was protected again: look at it before it is used", remount->path, gap);
    else
        say("`%s` was replaced on the host meanwhile, and protected again after %llu ms; nothing shows that it was changed in between", remount->path, gap);
    watch_event(run, remount->kind == REMOUNT_PROTECT && remount->changed ? "replaced" : "remounted", remount->path);
}

/* Whatever was made in between, its name is that of the symlink; what happened to the symlink itself is the host's. */
static void tell_of_nowhere(const struct run *run)
{
    struct stat status;
    const struct remounts *remounts = state.remounts != NULL || remount_is_over() ? state.remounts : remount_take(run);
    for (unsigned i = 0; remounts != NULL && i < remounts->nowhere_count; i++) {
        const char *link = remounts->nowhere[i];
        if (stat(link, &status) < 0)
            continue;
        char *target = realpath(link, NULL);
        say("warning: `%s` leads to `%s`, which was made meanwhile: look at it before it is used", link, target == NULL ? "?" : target);
        watch_event(run, "appeared", link);
        free(target);
    }
}

void remount_end(const struct run *run)
{
    tell_of_nowhere(run);
    for (unsigned i = 0; state.remounts != NULL && i < state.remounts->count; i++) {
        const struct remount *remount = &state.remounts->items[i];
        if (remount->again)
            tell(run, remount);
        else if (remount->left)
            say("`%s` was made meanwhile, and could be opened: it is hidden from the next start on", remount->path);
    }
    if (state.error != 0)
        say("warning: files that the host replaces cannot be protected or hidden again: %s", strerror(state.error));
}
