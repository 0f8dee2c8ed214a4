#include "orphans.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include "kernel.h"
#include "messages.h"

enum { ROUNDS = 5000 };

void orphans_adopt(void)
{
    if (sys_prctl(PR_SET_CHILD_SUBREAPER, 1, 0) < 0)
        die("cannot keep the command's processes together");
}

/* What forks meanwhile, or did not fit, is caught in the next round. */
static void kill_children(void)
{
    char list[4096], path[64], *position = NULL;
    snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
    int file = openat(AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
    ssize_t length = file < 0 ? -1 : read(file, list, sizeof list - 1);
    if (file >= 0)
        close(file);
    list[length > 0 ? length : 0] = '\0';
    char *last = strrchr(list, ' '); /* behind it there may be half a number */
    if (last != NULL)
        *last = '\0';
    for (char *word = strtok_r(list, " ", &position); word != NULL; word = strtok_r(NULL, " ", &position)) {
        int process = atoi(word);
        if (process > 0)
            kill(process, SIGKILL);
    }
}

/* Each one that dies hands its children over to us. */
void orphans_kill(void)
{
    const struct timespec pause = {.tv_nsec = 1000000};
    for (int round = 0; round < ROUNDS; round++) {
        kill_children();
        pid_t ended;
        while ((ended = waitpid(-1, NULL, WNOHANG)) > 0)
            continue;
        if (ended < 0 && errno == ECHILD)
            return;
        nanosleep(&pause, NULL);
    }
    say("processes of the command are left");
}
