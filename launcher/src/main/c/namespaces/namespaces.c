/* What is set inside the namespaces once they exist. */
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "actions.h"
#include "kernel.h"
#include "messages.h"
#include "run.h"

static void write_file(const char *path, const char *text)
{
    size_t length = strlen(text);
    int file = openat(AT_FDCWD, path, O_WRONLY | O_CLOEXEC);
    if (file < 0)
        die("cannot open `%s`", path);
    if (write(file, text, length) != (ssize_t)length)
        die("cannot write `%s` into `%s`", text, path);
    close(file);
}

void do_unshare(struct run *run, const struct operand *operands)
{
    (void)run;
    if (syscall(SYS_unshare, operands[0].number) < 0)
        die("cannot enter new namespaces");
}

/* A process may map its own ids by itself, without privilege, once setgroups is denied for good. */
void do_id_map(struct run *run, const struct operand *operands)
{
    char line[64];
    (void)run;
    write_file("/proc/self/setgroups", "deny");
    snprintf(line, sizeof line, "%llu %llu 1", (unsigned long long)operands[0].number,
             (unsigned long long)operands[1].number);
    write_file("/proc/self/uid_map", line);
    snprintf(line, sizeof line, "%llu %llu 1", (unsigned long long)operands[2].number,
             (unsigned long long)operands[3].number);
    write_file("/proc/self/gid_map", line);
}

void do_limit_user_namespaces(struct run *run, const struct operand *operands)
{
    char number[32];
    (void)run;
    snprintf(number, sizeof number, "%llu", (unsigned long long)operands[0].number);
    write_file("/proc/sys/user/max_user_namespaces", number);
}

void do_hostname(struct run *run, const struct operand *operands)
{
    (void)run;
    if (sethostname(operands[0].data, operands[0].length) < 0)
        die("cannot set the host name `%s`", operands[0].data);
}

/* Any socket passes on a request about an interface; one of this kind exists on every kernel. */
void do_loopback_up(struct run *run, const struct operand *operands)
{
    struct ifreq request = {.ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING};
    (void)run;
    (void)operands;
    int socket_descriptor = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (socket_descriptor < 0 || ioctl(socket_descriptor, SIOCSIFFLAGS, &request) < 0)
        die("cannot bring up the loopback interface");
    close(socket_descriptor);
}
