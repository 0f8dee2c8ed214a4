/*
 * at-terminal SCRIPT COMMAND…: somebody at a terminal. Runs the command on a pty as a session of its own and does what
 * the script says, a line at a time; waits for what is to come and never for time to pass. Ends with 1 where it does not
 * come within the seconds of the variable PATIENCE, which are 60 where it is not set.
 *
 *   type TEXT       types it; \r \n \e \xHH \\ stand for themselves in C
 *   see TEXT        waits until the text is shown, behind what was seen before
 *   never TEXT      it has not been shown at all
 *   size ROWS COLS  the window gets another size
 *   raw, cooked     waits until the terminal's modes are
 *   same            waits until the modes are what they were at the start
 *   until COMMAND   waits until this succeeds; TTY is the terminal's name, PID the command's
 *   feed COUNT      types that many lines of digits, while it shows what comes, and then ^D
 *   save FILE       writes what has been shown so far
 *   hangup          nobody is at the terminal any more
 *   end STATUS      waits until the command ends, with this status
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { PAUSE = 20 /* milliseconds */ };

static int patience = 60; /* seconds */
static int terminal = -1, line_number;
static pid_t command;
static char *shown;
static size_t length, seen;
static struct termios first_modes;
static const char *step;

static _Noreturn void fail(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    printf("# line %d, `%s`: ", line_number, step);
    vprintf(format, arguments);
    va_end(arguments);
    printf("\n# shown since:\n");
    for (size_t i = seen; i < length; i++)
        printf("%s%c", i == seen || shown[i - 1] == '\n' ? "#   " : "", shown[i] == '\r' ? ' ' : shown[i]);
    printf("\n");
    if (command > 0)
        kill(command, SIGKILL);
    exit(1);
}

/* Whether anything came within the pause. */
static bool take(int pause)
{
    struct pollfd ready = {.fd = terminal, .events = POLLIN};
    if (terminal < 0 || poll(&ready, 1, pause) <= 0)
        return false;
    shown = realloc(shown, length + 65537);
    ssize_t count = shown == NULL ? -1 : read(terminal, shown + length, 65536);
    if (count <= 0) { /* everybody has closed it */
        struct timespec time = {.tv_nsec = PAUSE * 1000000};
        nanosleep(&time, NULL);
        return false;
    }
    for (ssize_t i = 0; i < count; i++) {
        if (shown[length + (size_t)i] == '\0')
            shown[length + (size_t)i] = '?';
    }
    length += (size_t)count;
    shown[length] = '\0';
    return true;
}

static void wait_for(bool (*holds)(const char *), const char *argument)
{
    time_t end = time(NULL) + patience;
    while (!holds(argument)) {
        if (!take(PAUSE) && time(NULL) > end)
            fail("it does not come");
    }
}

static bool is_shown(const char *text)
{
    const char *place = shown == NULL ? NULL : strstr(shown + seen, text);
    if (place == NULL)
        return false;
    seen = (size_t)(place - shown) + strlen(text);
    return true;
}

static struct termios modes(void)
{
    struct termios now = {.c_iflag = 0};
    if (tcgetattr(terminal, &now) < 0)
        fail("cannot read the modes: %s", strerror(errno));
    return now;
}

static bool is_raw(const char *wanted)
{
    return ((modes().c_lflag & (ICANON | ISIG)) == 0) == (wanted[0] == 'r');
}

static bool is_same(const char *nothing)
{
    struct termios now = modes();
    (void)nothing;
    return now.c_iflag == first_modes.c_iflag && now.c_oflag == first_modes.c_oflag &&
           now.c_lflag == first_modes.c_lflag && memcmp(now.c_cc, first_modes.c_cc, sizeof now.c_cc) == 0;
}

static bool succeeds(const char *shell_command)
{
    int status = system(shell_command);
    return status == 0;
}

static int end_status;
static bool has_ended(const char *nothing)
{
    (void)nothing;
    return waitpid(command, &end_status, WNOHANG) == command;
}

static void check_end(const char *wanted)
{
    wait_for(has_ended, NULL);
    command = 0;
    while (take(0))
        continue;
    int status = WIFSIGNALED(end_status) ? 128 + WTERMSIG(end_status) : WEXITSTATUS(end_status);
    if (status != atoi(wanted))
        fail("the status is %d", status);
}

static void put(const char *bytes, size_t count)
{
    time_t end = time(NULL) + patience;
    while (count > 0) {
        struct pollfd ready = {.fd = terminal, .events = POLLOUT | POLLIN};
        poll(&ready, 1, PAUSE);
        if ((ready.revents & POLLIN) != 0)
            take(0);
        ssize_t written = (ready.revents & POLLOUT) != 0 ? write(terminal, bytes, count) : 0;
        if (written > 0) {
            bytes += written;
            count -= (size_t)written;
            end = time(NULL) + patience;
        } else if (time(NULL) > end) {
            fail("it takes no more");
        }
    }
}

static void type(const char *text)
{
    for (; *text != '\0'; text++) {
        char byte = *text;
        if (byte == '\\') {
            unsigned value = 0;
            switch (*++text) {
            case 'r': byte = '\r'; break;
            case 'n': byte = '\n'; break;
            case 'e': byte = '\033'; break;
            case 'x':
                if (sscanf(text + 1, "%2x", &value) != 1)
                    fail("not a number");
                byte = (char)value;
                text += 2;
                break;
            default: byte = *text;
            }
        }
        put(&byte, 1);
    }
}

static void feed(const char *count)
{
    char line[64];
    for (int i = 1; i <= atoi(count); i++)
        put(line, (size_t)snprintf(line, sizeof line, "%07d 123456789 123456789 123456789 1234567\n", i));
    put("\004", 1);
}

static void save(const char *name)
{
    FILE *file = fopen(name, "we");
    if (file == NULL || fwrite(shown, 1, length, file) != length || fclose(file) != 0)
        fail("cannot: %s", strerror(errno));
}

static void resize(const char *argument)
{
    struct winsize size = {.ws_row = 0};
    if (sscanf(argument, "%hu %hu", &size.ws_row, &size.ws_col) != 2 || ioctl(terminal, TIOCSWINSZ, &size) < 0)
        fail("cannot: %s", strerror(errno));
}

static void carry_out(char *line)
{
    char *argument = strchr(line, ' ');
    if (argument == NULL)
        argument = line + strlen(line);
    else
        *argument++ = '\0';
    if (strcmp(line, "type") == 0)
        type(argument);
    else if (strcmp(line, "see") == 0)
        wait_for(is_shown, argument);
    else if (strcmp(line, "never") == 0 && shown != NULL && strstr(shown, argument) != NULL)
        fail("it was shown");
    else if (strcmp(line, "size") == 0)
        resize(argument);
    else if (strcmp(line, "raw") == 0 || strcmp(line, "cooked") == 0)
        wait_for(is_raw, line);
    else if (strcmp(line, "same") == 0)
        wait_for(is_same, NULL);
    else if (strcmp(line, "until") == 0)
        wait_for(succeeds, argument);
    else if (strcmp(line, "feed") == 0)
        feed(argument);
    else if (strcmp(line, "save") == 0)
        save(argument);
    else if (strcmp(line, "end") == 0)
        check_end(argument);
    else if (strcmp(line, "hangup") == 0) {
        close(terminal);
        terminal = -1;
    } else if (strcmp(line, "never") != 0 && line[0] != '#' && line[0] != '\0')
        fail("what is that");
}

static void start(char **arguments)
{
    struct winsize size = {.ws_row = 24, .ws_col = 80};
    char pid[16];
    int no = 0;
    terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (terminal < 0 || ioctl(terminal, TIOCSPTLCK, &no) < 0 || ioctl(terminal, TIOCSWINSZ, &size) < 0)
        fail("no pty: %s", strerror(errno));
    fcntl(terminal, F_SETFL, O_RDWR | O_NONBLOCK);
    int other = open(ptsname(terminal), O_RDWR | O_NOCTTY | O_CLOEXEC);
    first_modes = modes();
    setenv("TTY", ptsname(terminal), 1);
    command = fork();
    if (command == 0) {
        if (setsid() < 0 || ioctl(other, TIOCSCTTY, 0) < 0)
            _exit(125);
        for (int i = 0; i < 3; i++)
            dup2(other, i);
        for (int number = 1; number < NSIG; number++)
            signal(number, SIG_DFL); /* a job in the background has some ignored */
        execvp(arguments[0], arguments);
        _exit(127);
    }
    close(other);
    snprintf(pid, sizeof pid, "%d", command);
    setenv("PID", pid, 1);
}

int main(int count, char **arguments)
{
    char line[4096];
    FILE *script = count > 2 ? fopen(arguments[1], "re") : NULL;
    if (getenv("PATIENCE") != NULL)
        patience = atoi(getenv("PATIENCE"));
    step = "start";
    if (script == NULL)
        fail("usage: at-terminal SCRIPT COMMAND…");
    signal(SIGPIPE, SIG_IGN);
    start(arguments + 2);
    while (fgets(line, sizeof line, script) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        line_number++;
        step = line;
        char copy[sizeof line];
        memcpy(copy, line, sizeof line);
        carry_out(copy);
    }
    if (command > 0)
        kill(command, SIGKILL);
    return 0;
}
