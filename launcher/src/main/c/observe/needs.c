#include "needs.h"

#include <linux/capability.h>

#include "kernel.h"

unsigned capability_of_call(unsigned number)
{
    switch (number) {
    case SYS_socket:
        return CAP_NET_RAW;
    case SYS_chroot:
        return CAP_SYS_CHROOT;
    case SYS_clock_settime:
    case SYS_settimeofday:
        return CAP_SYS_TIME;
    case SYS_syslog:
        return CAP_SYSLOG;
    case SYS_setpriority:
    case SYS_sched_setscheduler:
        return CAP_SYS_NICE;
    case SYS_setrlimit:
    case SYS_prlimit64:
        return CAP_SYS_RESOURCE;
    default: /* what is mounted, and the names of the machine */
        return CAP_SYS_ADMIN;
    }
}
