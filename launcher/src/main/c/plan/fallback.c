#include "fallback.h"

#include <stddef.h>
#include <sys/mman.h>
#include <unistd.h>

#include "messages.h"
#include "opcodes.h"
#include "process.h"
#include "self.h"
#include "signals.h"

static void (*start_over)(void);
static void (*forget)(void);
static volatile bool *child_failed; /* in memory that the supervisor and its child share */

/* The process is again what it was: what a plan does before its spawn, and spawn itself, can be undone. */
static void conclude(void)
{
    void (*next)(void) = start_over;
    start_over = NULL;
    child_failed = NULL; /* the next child says itself what it fails with */
    messages_on_failure(NULL);
    messages_before_end(NULL);
    messages_set_action(NULL, 0);
    process_restore_mask();
    signals_restore();
    signals_forget();
    self_restore_dumpable();
    next();
}

static void tell_supervisor(void)
{
    *child_failed = true;
    _exit(EXIT_NOTHING_RAN);
}

void trial_begin(void (*then)(void), void (*otherwise)(void))
{
    start_over = then;
    forget = otherwise;
    messages_on_failure(conclude);
}

/* What comes before spawn is made outside and removed again; groups that are dropped are not kept in any plan. */
void trial_before(const struct record *record)
{
    bool outside = record->opcode->stage <= STAGE_CGROUP || record->number == OP_SPAWN;
    if (start_over != NULL && !outside && child_failed == NULL) {
        trial_end();
        messages_on_failure(forget);
    }
}

void trial_before_spawn(void)
{
    if (start_over == NULL)
        return;
    void *page = mmap(NULL, sizeof *child_failed, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED)
        trial_end();
    else
        child_failed = page;
}

void trial_in_child(void)
{
    if (child_failed != NULL)
        messages_on_failure(tell_supervisor);
}

void trial_in_supervisor(void)
{
    messages_on_failure(NULL);
}

void trial_end(void)
{
    start_over = NULL;
    messages_on_failure(NULL);
}

bool trial_failed(void)
{
    return child_failed != NULL && *child_failed && start_over != NULL;
}

void trial_conclude(void)
{
    if (trial_failed())
        conclude();
}
