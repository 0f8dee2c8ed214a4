#include "program.h"

#include <errno.h>
#include <stdio.h>
#include <sys/sendfile.h>

#include "kernel.h"
#include "messages.h"

#ifndef MFD_CLOEXEC
#define MFD_CLOEXEC 1U
#define MFD_ALLOW_SEALING 2U
#endif
#ifndef MFD_EXEC
#define MFD_EXEC 0x10U
#endif

static int program = -1;

void program_use(int descriptor)
{
    program = descriptor;
}

int *program_descriptor(void)
{
    return &program;
}

/* A filter may know execveat and not execve; the way through /proc needs /proc. */
void program_execute(char **arguments)
{
    char path[64];
    if (program < 0)
        return;
    syscall(SYS_execveat, program, "", arguments, environ, AT_EMPTY_PATH);
    if (errno == EPERM || errno == ENOSYS) {
        snprintf(path, sizeof path, "/proc/self/fd/%d", program);
        execve(path, arguments, environ);
    }
    end(EXIT_NOTHING_RAN, errno, NULL, "cannot execute the prover inside the sandbox");
}

/* Kernels before 6.3 do not know MFD_EXEC, and need no permission. */
static int new_memory_file(void)
{
    unsigned flags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
    int file = (int)syscall(SYS_memfd_create, "hexe-prover", flags | MFD_EXEC);
    return file < 0 && errno == EINVAL ? (int)syscall(SYS_memfd_create, "hexe-prover", flags) : file;
}

static void copy(int from, int to)
{
    ssize_t count;
    do
        count = sendfile(to, from, NULL, 1 << 20);
    while (count > 0);
    if (count < 0)
        die("cannot copy the prover");
}

int program_copy(const char *path)
{
    int from = openat(AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
    if (from < 0)
        die("cannot open `%s`", path);
    int file = new_memory_file();
    if (file < 0) {
        say("programs in memory are forbidden here (vm.memfd_noexec), so the file itself is executed inside");
        return from;
    }
    copy(from, file);
    close(from);
    if (fcntl(file, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) < 0)
        die("cannot seal the copy of `%s`", path);
    return file;
}
