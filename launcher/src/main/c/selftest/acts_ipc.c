/* Acts on what processes share without files. */
#include <errno.h>
#include <sys/ipc.h>
#include <sys/shm.h>

#include "acts.h"
#include "kernel.h"

static int try_get_segment(char **arguments, char *value)
{
    (void)value;
    return act_result(shmget((key_t)act_number(arguments[0]), 0, 0));
}

static int try_attach_segment(char **arguments, char *value)
{
    void *memory = shmat((int)act_number(arguments[0]), NULL, SHM_RDONLY);
    (void)value;
    return memory == (void *)-1 ? errno : 0; /* detached when this process ends */
}

/* The call itself takes the name without its slash. */
static int try_open_queue(char **arguments, char *value)
{
    (void)value;
    return act_opened((int)syscall(SYS_mq_open, arguments[0], O_RDONLY | O_CLOEXEC, 0, NULL));
}

static int try_own_segment(char **arguments, char *value)
{
    int segment = shmget(IPC_PRIVATE, 4096, 0600);
    (void)arguments;
    (void)value;
    if (segment < 0)
        return errno;
    return act_result(shmctl(segment, IPC_RMID, NULL));
}

const struct act ipc_acts[] = {
    {"get-segment", 1, try_get_segment},
    {"attach-segment", 1, try_attach_segment},
    {"open-queue", 1, try_open_queue},
    {"own-segment", 0, try_own_segment},
    {.name = NULL},
};
