/* How the command is started: what a plan says of its name, its attributes and its descriptors. */
#include <errno.h>
#include <sys/resource.h>

#include "actions.h"
#include "inherited.h"
#include "kernel.h"
#include "messages.h"
#include "process.h"
#include "run.h"

enum attribute { ATTRIBUTE_MASK = 1, ATTRIBUTE_NICE = 2 };

void do_argv0(struct run *run, const struct operand *operands)
{
    run->start.argv0 = operands[0].data;
}

/* Whoever is nicer already stays so: nobody gains by it, and an ordinary user could not take it back. */
static void be_nice(int wanted)
{
    errno = 0;
    int current = getpriority(PRIO_PROCESS, 0);
    if (current == -1 && errno != 0)
        die("cannot read the nice value");
    if (current < wanted && setpriority(PRIO_PROCESS, 0, wanted) < 0)
        die("cannot set the nice value %d", wanted);
}

void do_attribute(struct run *run, const struct operand *operands)
{
    (void)run;
    switch (operands[0].number) {
    case ATTRIBUTE_MASK:
        process_choose_mask((mode_t)operands[1].number & 0777);
        return;
    case ATTRIBUTE_NICE:
        be_nice((int)(operands[1].number & 31));
        return;
    default:
        refuse("attribute %llu is not known", (unsigned long long)operands[0].number);
    }
}

void do_die_with_caller(struct run *run, const struct operand *operands)
{
    (void)operands;
    run->start.dies_with_caller = !run->probe;
    if (run->start.dies_with_caller)
        process_die_with_caller();
}

/* One that is a terminal would lead to the very one that the command is kept from. */
void do_pass_descriptor(struct run *run, const struct operand *operands)
{
    int descriptor = inherited_find(operands[0].number, INHERITED_ABOVE_STANDARD, "command");
    if (run->start.own_job && isatty(descriptor))
        refuse_with_help("with `--no-pty` the command runs on the caller's terminal",
                         "descriptor %d for the command is a terminal, from which the profile keeps it", descriptor);
    if (run->start.passed_count == RUN_PASSED)
        refuse("more than %d descriptors are passed on", RUN_PASSED);
    run->start.passed[run->start.passed_count++] = descriptor;
}
