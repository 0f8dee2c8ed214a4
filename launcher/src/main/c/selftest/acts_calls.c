/* Acts that are single system calls. */
#include <errno.h>

#include "acts.h"
#include "kernel.h"

/*
 * With arguments that no call takes: what is not denied fails for another reason. A call that comes back twice comes
 * back to the end of one of the two.
 */
static int try_call(char **arguments, char *value)
{
    long number = (long)act_number(arguments[0]);
    pid_t self = getpid();
    (void)value;
#ifdef SYS_vfork
    if (number == SYS_vfork) /* its child would return from here with its parent's stack */
        return UNABLE(ENOTSUP);
#endif
    int error = act_result(syscall(number, -1L, -1L, -1L, -1L, -1L, -1L));
    if (getpid() != self)
        _exit(0);
    return error;
}

/* A call of the other architecture, by its number there: rules about native numbers do not hold for it. */
static int try_call_of_32_bits(char **arguments, char *value)
{
    (void)value;
#ifdef __x86_64__
    long result = (long)act_number(arguments[0]), none = -1;
    __asm__ volatile("int $0x80"
                     : "+a"(result)
                     : "b"(none), "c"(none), "d"(none), "S"(none), "D"(none)
                     : "r8", "r9", "r10", "r11", "memory");
    return (int)result < 0 ? -(int)result : 0;
#else
    (void)arguments;
    return UNABLE(ENOTSUP);
#endif
}

static int try_call_of_x32(char **arguments, char *value)
{
    (void)arguments;
    (void)value;
#ifdef __x86_64__
    return act_result(syscall(0x40000000L | SYS_getpid));
#else
    return UNABLE(ENOTSUP);
#endif
}

const struct act call_acts[] = {
    {"call", 1, try_call},
    {"call-of-32-bits", 1, try_call_of_32_bits},
    {"call-of-x32", 0, try_call_of_x32},
    {.name = NULL},
};
