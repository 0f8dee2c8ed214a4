/* The symbolic names of errors and signals, for the lines that `--probe` prints. */
#include "messages.h"

#include <signal.h>
#include <stddef.h>

struct name {
    int number;
    const char *name;
};

#define NAME(constant) {constant, #constant}

static const struct name errors[] = {
    NAME(E2BIG),     NAME(EACCES),    NAME(EAGAIN),  NAME(EBADF),        NAME(EBUSY),      NAME(ECHILD),
    NAME(EDQUOT),    NAME(EEXIST),    NAME(EFAULT),  NAME(EFBIG),        NAME(EINTR),      NAME(EINVAL),
    NAME(EIO),       NAME(EISDIR),    NAME(ELOOP),   NAME(EMFILE),       NAME(EMLINK),     NAME(ENAMETOOLONG),
    NAME(ENFILE),    NAME(ENODEV),    NAME(ENOENT),  NAME(ENOEXEC),      NAME(ENOMEM),     NAME(ENOMSG),
    NAME(ENOSPC),    NAME(ENOSYS),    NAME(ENOTDIR), NAME(ENOTEMPTY),    NAME(ENOTTY),
    NAME(ENXIO),     NAME(EOVERFLOW), NAME(EPERM),   NAME(EPROTONOSUPPORT), NAME(ERANGE),  NAME(EROFS),
    NAME(ESRCH),     NAME(ETIMEDOUT), NAME(ETXTBSY), NAME(EUSERS),       NAME(EXDEV),      NAME(EAFNOSUPPORT),
    NAME(EADDRNOTAVAIL), NAME(ECONNREFUSED), NAME(ECONNRESET), NAME(EHOSTUNREACH), NAME(EIDRM), NAME(ENETUNREACH), NAME(ENOBUFS),
    NAME(ENOTCONN),  NAME(EPROTO),    NAME(ENOKEY),
};

static const struct name signals[] = {
    NAME(SIGABRT), NAME(SIGALRM), NAME(SIGBUS),  NAME(SIGFPE),  NAME(SIGHUP),  NAME(SIGILL),  NAME(SIGINT),
    NAME(SIGKILL), NAME(SIGPIPE), NAME(SIGQUIT), NAME(SIGSEGV), NAME(SIGSYS),  NAME(SIGTERM), NAME(SIGTRAP),
    NAME(SIGUSR1), NAME(SIGUSR2), NAME(SIGXCPU), NAME(SIGXFSZ),
};

static const char *find(const struct name *names, size_t count, int number)
{
    for (size_t i = 0; i < count; i++) {
        if (names[i].number == number)
            return names[i].name;
    }
    return NULL;
}

/* ENOTSUP and EOPNOTSUPP are one number on Linux; the kernel's manual pages speak of EOPNOTSUPP. */
const char *error_name(int error)
{
    return error == EOPNOTSUPP ? "EOPNOTSUPP" : find(errors, sizeof errors / sizeof *errors, error);
}

const char *signal_name(int signal)
{
    return find(signals, sizeof signals / sizeof *signals, signal);
}
