/*
 * One gateway serves all sandboxes of a user. Who finds none makes the socket that it will accept on, under a lock, and
 * starts it: a connection waits there until the gateway has come up. Where there is no directory for the socket, each
 * sandbox has a gateway of its own, behind a name that nobody else knows.
 */
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>

#include "cache_directory.h"
#include "descriptors.h"
#include "gateway.h"
#include "java.h"
#include "kernel.h"
#include "messages.h"
#include "processor.h"
#include "self.h"
#include "text.h"

enum { LISTENER = 3, BACKLOG = 512, LARGEST_FILE = 16 << 20 /* its log is begun anew before */ };

static const char *home; /* the gateway's directory; NULL: there is none */

const char *gateway_messages(void)
{
    return home == NULL ? NULL : text_of("%s/messages", home);
}

/* Its own, apart from the plans: the gateway, which can write here, must not write those. */
static int open_home(void)
{
    const char *problem;
    const char *cache = cache_directory(true, &problem);
    struct stat status;
    if (cache == NULL)
        return -1;
    home = text_of("%s/gateway", cache);
    mkdir(home, 0700); /* whatever is there is examined below */
    int directory = openat(AT_FDCWD, home, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (directory < 0)
        die("cannot open the gateway's directory `%s`", home);
    if (fstat(directory, &status) < 0 || status.st_uid != geteuid() || (status.st_mode & 0777) != 0700)
        refuse_with_help("remove it; it is made again", "the gateway's directory `%s` is not yours alone", home);
    return directory;
}

/* The lock of a process: it ends with the descriptor, and the gateway takes the same one before it goes. */
static int lock(int directory)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int file = openat(directory, "lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0)
        die("cannot open the gateway's lock `%s/lock`", home);
    while (fcntl(file, F_SETLKW, &whole) < 0) {
        if (errno != EINTR)
            die("cannot take the gateway's lock `%s/lock`", home);
    }
    return file;
}

/* By way of the open directory: a path may be longer than an address. */
static socklen_t address_in(int directory, struct sockaddr_un *address)
{
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    snprintf(address->sun_path, sizeof address->sun_path, "/proc/self/fd/%d/socket", directory);
    return sizeof *address;
}

static int new_socket(void)
{
    int made = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (made < 0)
        die("cannot make a socket to the gateway");
    return made;
}

/* A name that the kernel chooses, for this gateway alone. */
static int listen_unnamed(struct sockaddr_un *address, socklen_t *length)
{
    int listener = new_socket();
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    *length = sizeof *address;
    if (bind(listener, (const struct sockaddr *)address, sizeof address->sun_family) < 0 ||
        listen(listener, BACKLOG) < 0 || getsockname(listener, (struct sockaddr *)address, length) < 0)
        die("cannot make the gateway's socket");
    return listener;
}

static int listen_in(int directory, const struct sockaddr_un *address, socklen_t length)
{
    int listener = new_socket();
    if (unlinkat(directory, "socket", 0) < 0 && errno != ENOENT)
        die("cannot remove the old socket `%s/socket`", home);
    if (bind(listener, (const struct sockaddr *)address, length) < 0 || listen(listener, BACKLOG) < 0)
        die("cannot make the gateway's socket `%s/socket`", home);
    return listener;
}

/* Where Java is installed, which the gateway has to be able to read. */
static const char *java_home(const char *java)
{
    static char path[PATH_MAX];
    int file = openat(AT_FDCWD, java, O_PATH | O_CLOEXEC);
    ssize_t length = file < 0 ? -1 : readlink(text_of("/proc/self/fd/%d", file), path, sizeof path - 1);
    if (length < 0)
        die("cannot tell where `%s` is", java);
    close(file);
    path[length] = '\0';
    char *end = strstr(path, "/bin/java");
    if (end != NULL)
        *end = '\0';
    return path;
}

/* What tells a program where it is, and nothing that is meant for the command. */
static char **plain_environment(void)
{
    static const char *const names[] = {"HOME", "USER", "PATH", "XDG_RUNTIME_DIR", "JAVA_HOME", "HEXE_JAVA_HOME"};
    static char *variables[sizeof names / sizeof *names + 2];
    unsigned count = 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value != NULL)
            variables[count++] = text_of("%s=%s", names[i], value);
    }
    variables[count++] = text_of("LC_ALL=C.UTF-8");
    return variables;
}

static _Noreturn void become_gateway(void)
{
    const char *library = self_library(), *self = self_known_path();
    int version;
    char *java = text_of("%s", java_find(&version));
    char *const arguments[] = {
        text_of("hexe-policy"),
        text_of("apply"),
        text_of("%s/gateway/gateway.yaml", library),
        text_of("--read=%s", library),
        text_of("--read=%s", java_home(java)),
        text_of("--pass-fd=%d", LISTENER),
        home == NULL ? text_of("--read=%s", library) : text_of("--write=%s", home), /* read above already */
        text_of("--"),
        java,
        text_of("-XX:TieredStopAtLevel=1"),
        text_of("-XX:+UseSerialGC"),
        text_of("-XX:-UsePerfData"),
        text_of("-Xmx64m"),
        text_of("-Xms8m"), /* what is committed at the start is soon touched, and stays */
        text_of("-Xmn4m"), /* little lives for long */
        text_of("-XX:MinHeapFreeRatio=10"), /* of what is collected, most is given back */
        text_of("-XX:MaxHeapFreeRatio=30"),
        text_of("-Xss512k"),
        text_of("-XX:MaxDirectMemorySize=48m"),
        text_of("-Xshare:auto"),
        text_of("-Xlog:disable"),
        text_of("-Xlog:all=error:stderr"),
        text_of("-Djava.library.path=%s/gateway/native", library),
        text_of("-Dsun.net.inetaddr.ttl=4"), /* seconds, and one more that a sandbox keeps it; then it is looked up again */
        text_of("-Dio.netty.machineId=00:00:00:00:00:00:00:00"), /* nobody asks for it, and it is searched for */
        text_of(version >= 22 ? "--enable-native-access=ALL-UNNAMED" : "-Dhexe.gateway=yes"),
        text_of("-cp"),
        text_of("%s/gateway/*", library),
        text_of("dev.hexe.policy.gateway.Main"),
        text_of("%d", LISTENER),
        text_of("%s", home == NULL ? "" : home),
        NULL,
    };
    char **variables = plain_environment();
    execve(self, arguments, variables);
    die("cannot start the gateway (`%s`)", self);
}

/* Where it says why it does not work: there is nobody at its terminal. */
static void take_streams(int directory)
{
    int nothing = openat(AT_FDCWD, "/dev/null", O_RDWR | O_CLOEXEC);
    int messages = directory < 0 ? STDERR_FILENO
                                 : openat(directory, "messages", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (nothing < 0 || messages < 0 || dup2(messages, STDERR_FILENO) < 0 || dup2(nothing, STDIN_FILENO) < 0 ||
        dup2(STDERR_FILENO, STDOUT_FILENO) < 0)
        die("cannot prepare the streams of the gateway");
}

/* What it writes lies in memory, mostly, and programs inside have a say in how much is told: no file grows without end. */
static void limit_files(void)
{
    static const struct rlimit most = {.rlim_cur = LARGEST_FILE, .rlim_max = LARGEST_FILE};
    struct rlimit now;
    if (getrlimit(RLIMIT_FSIZE, &now) < 0 || (now.rlim_max > LARGEST_FILE && setrlimit(RLIMIT_FSIZE, &most) < 0))
        die("cannot limit what the gateway writes");
}

static void reset_signals(void)
{
    sigset_t none;
    sigemptyset(&none);
    for (int number = 1; number < NSIG; number++)
        signal(number, SIG_DFL);
    if (sigprocmask(SIG_SETMASK, &none, NULL) < 0)
        die("cannot reset the signal mask");
}

/* In a process of its own whose parent is gone: it outlives the sandbox that it was started for. */
static _Noreturn void detach(int listener, int directory)
{
    messages_before_end(NULL);
    messages_on_failure(NULL);
    messages_tell_failures(NULL);
    if (setsid() < 0)
        die("cannot start a new session");
    pid_t gateway = sys_clone(SIGCHLD);
    if (gateway != 0)
        _exit(gateway < 0 ? EXIT_NOTHING_RAN : 0);
    processor_leave();
    take_streams(directory);
    if (listener != LISTENER && dup2(listener, LISTENER) < 0)
        die("cannot hand the gateway its socket");
    if (fcntl(LISTENER, F_SETFD, 0) < 0)
        die("cannot hand the gateway its socket");
    descriptors_close_from(LISTENER + 1);
    limit_files();
    reset_signals();
    if (chdir("/") < 0)
        die("cannot leave the working directory");
    become_gateway();
}

static void start(int listener, int directory)
{
    int status;
    pid_t child = sys_clone(SIGCHLD);
    if (child < 0)
        die("cannot start the gateway");
    if (child == 0)
        detach(listener, directory);
    while (waitpid(child, &status, 0) < 0) {
        if (errno != EINTR)
            die("cannot start the gateway");
    }
    if (status != 0)
        refuse("the gateway could not be started");
    close(listener);
}

static int connected(const struct sockaddr_un *address, socklen_t length)
{
    int connection = new_socket();
    if (connect(connection, (const struct sockaddr *)address, length) == 0)
        return connection;
    int error = errno;
    close(connection);
    errno = error;
    return -1;
}

static int connect_alone(void)
{
    struct sockaddr_un address;
    socklen_t length;
    int listener = listen_unnamed(&address, &length);
    start(listener, -1);
    int connection = connected(&address, length);
    if (connection < 0)
        die("cannot reach the gateway");
    return connection;
}

int gateway_connect(void)
{
    struct sockaddr_un address;
    int directory = open_home();
    if (directory < 0)
        return connect_alone();
    socklen_t length = address_in(directory, &address);
    int file = lock(directory);
    int connection = connected(&address, length);
    if (connection < 0 && (errno == ENOENT || errno == ECONNREFUSED)) {
        start(listen_in(directory, &address, length), directory);
        connection = connected(&address, length);
    }
    if (connection < 0)
        die("cannot reach the gateway at `%s/socket`", home);
    close(file);
    close(directory);
    return connection;
}
