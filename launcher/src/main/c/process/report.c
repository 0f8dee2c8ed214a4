#include "report.h"

#include <fcntl.h>
#include <unistd.h>

#include "messages.h"
#include "run.h"

void report_send(const struct run *run, int status)
{
    /* When this fails, the exit status has to do. */
    ssize_t ignored = run->channels.report < 0 ? 0 : write(run->channels.report, &status, sizeof status);
    (void)ignored;
}

bool report_receive(int descriptor, int *status)
{
    int received;
    if (descriptor < 0 || read(descriptor, &received, sizeof received) != (ssize_t)sizeof received)
        return false;
    *status = received;
    return true;
}
