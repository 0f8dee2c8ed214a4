/*
 * Stands for `java` where the launcher looks for it: lets a JVM that runs already do the work, see ResidentCompiler, or starts
 * one where that declines or is not there. Beside `bin` lie its `socket` and `real`, the installation that it stands for.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

enum { PATIENCE = 120 }; /* seconds; more than a busy machine needs */

/* Process ids mean something in their own namespace alone. */
static int introduce(char text[PATH_MAX])
{
    char namespace[64];
    ssize_t length = readlink("/proc/self/ns/pid", namespace, sizeof namespace - 1);
    if (length < 0)
        return -1;
    namespace[length] = '\0';
    return snprintf(text, PATH_MAX, "%d %s\n", (int)getpid(), namespace);
}

/* The status that the work ended with; -1 where it was not done. */
static int asked(const char *socket_path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    char text[PATH_MAX], answer[16] = "";
    int length = introduce(text), connection = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (length < 0 || connection < 0 || strlen(socket_path) >= sizeof address.sun_path)
        return -1;
    strcpy(address.sun_path, socket_path);
    if (setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &(struct timeval){.tv_sec = PATIENCE}, sizeof(struct timeval)) < 0 ||
        connect(connection, (struct sockaddr *)&address, sizeof address) < 0 ||
        send(connection, text, (size_t)length, MSG_NOSIGNAL) != length ||
        read(connection, answer, sizeof answer - 1) <= 0 || answer[0] < '0' || answer[0] > '9')
        return -1;
    return atoi(answer);
}

int main(int count, char **words)
{
    char home[PATH_MAX], path[PATH_MAX + 16];
    char *bin = count > 0 ? strstr(words[0], "/bin/java") : NULL;
    if (bin == NULL || bin - words[0] >= PATH_MAX)
        return 127;
    snprintf(home, sizeof home, "%.*s", (int)(bin - words[0]), words[0]);
    snprintf(path, sizeof path, "%s/socket", home);
    int status = asked(path);
    if (status >= 0)
        return status;
    snprintf(path, sizeof path, "%s/real/bin/java", home);
    words[0] = path;
    execv(path, words);
    perror(path);
    return 127;
}
