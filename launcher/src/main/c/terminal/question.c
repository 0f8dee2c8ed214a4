#include "question.h"

#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>

#include "messages.h"
#include "relay.h"
#include "terminal.h"
#include "text.h"

/*
 * Ends a sequence that was begun, and takes back what would make the question unreadable or another one: the language of
 * older terminals, printing instead of showing, colours, character sets, a hidden cursor, margins, lines that are cut off
 * or pushed along. Then the last line.
 */
static const char fit[] = "\x18\033\\\033<\033[4i\033[0m\033(B\017\033[?25h\033[?69l\033[r\033[?6l\033[4l\033[?7h\033[999;1H";

static void show(struct relay *relay, const char *text)
{
    relay_show(relay, text, strlen(text));
}

/* Whatever a destination is called, it is printed in one line of plain ASCII. */
static void show_plain(struct relay *relay, const char *text)
{
    for (; *text != '\0'; text++)
        relay_show(relay, *text < ' ' || *text > '~' ? "?" : text, 1);
}

static void prompt(struct relay *relay)
{
    relay->question.length = 0;
    relay->question.spoiled = false;
    show(relay, "hexe-policy: type `run` to allow it for this run, ");
    if (relay->question.always)
        show(relay, "`always` to add it to the profile as well, ");
    show(relay, "or `no`: ");
}

static void settle(struct relay *relay, enum answer answer)
{
    relay->question.open = false;
    relay->question.settled = true;
    relay->question.answer = answer;
}

void question_report(struct relay *relay, const char *text)
{
    if (!relay->raw) {
        say("%s", text);
        return;
    }
    show(relay, "\r\nhexe-policy: ");
    show_plain(relay, text);
    show(relay, "\r\n");
}

/* Takes the terminal, or says why nobody can be asked there. */
static const char *obstacle(struct relay *relay)
{
    if (relay->hung_up)
        return "the terminal was hung up";
    if (relay->pty < 0)
        return "the command has no terminal yet";
    if (relay->deaf)
        return "the terminal cannot be read any more";
    if (!terminal_is_foreground(relay->run->terminal->in))
        return "it runs in the background of the terminal";
    return job_take_terminal(relay) ? NULL : "the modes of the terminal cannot be set";
}

void question_begin(struct relay *relay, const char *text, bool always)
{
    bool was_raw = relay->raw;
    relay->question = (struct question){.open = true, .always = always};
    const char *problem = obstacle(relay);
    if (problem != NULL) {
        question_report(relay, text_of("%s; it is refused, for nobody can be asked: %s", text, problem));
        settle(relay, ANSWER_NOBODY);
        return;
    }
    relay_drain(relay, false); /* what was written before is read before */
    relay->question.took = !was_raw;
    if (relay->run->terminal->escapes)
        show(relay, fit);
    show(relay, "\r\nhexe-policy: ");
    show_plain(relay, text);
    show(relay, "\r\n");
    prompt(relay);
}

/* Programs that draw the whole screen draw it again when its size changes. */
static void have_drawn_again(const struct relay *relay)
{
    struct termios modes;
    struct winsize size;
    if (relay->pty < 0 || tcgetattr(relay->command_end, &modes) < 0 || (modes.c_lflag & ICANON) != 0 ||
        ioctl(relay->pty, TIOCGWINSZ, &size) < 0 || size.ws_row < 2)
        return;
    struct winsize other = size;
    other.ws_row--;
    ioctl(relay->pty, TIOCSWINSZ, &other);
    ioctl(relay->pty, TIOCSWINSZ, &size);
}

void question_end(struct relay *relay, enum answer answer)
{
    static const char *const words[] = {"allowed for this run", "allowed; it is added to the profile when the command has ended", "refused",
                                        "refused: nobody has answered", "refused: nobody can be asked"};
    if (!relay->question.open)
        return;
    settle(relay, answer);
    show(relay, "\r\nhexe-policy: ");
    show(relay, words[answer]);
    show(relay, "\r\n");
    if (relay->question.took)
        job_return_terminal(relay);
    have_drawn_again(relay);
}

bool question_take_answer(struct relay *relay, enum answer *answer)
{
    if (!relay->question.settled)
        return false;
    relay->question.settled = false;
    *answer = relay->question.answer;
    return true;
}

void question_before_output(const struct relay *relay)
{
    if (relay->question.open && !relay->question.shown)
        tcflush(relay->run->terminal->in, TCIFLUSH);
}

void question_after_output(struct relay *relay)
{
    relay->question.shown = relay->question.open;
}

/* A whole word and nothing else: `y`, which may be meant for the command, is none, nor is what a terminal reports. */
static void end_line(struct relay *relay)
{
    struct question *question = &relay->question;
    question->word[question->length] = '\0';
    if (!question->spoiled && strcmp(question->word, "run") == 0) {
        question_end(relay, ANSWER_RUN);
    } else if (!question->spoiled && question->always && strcmp(question->word, "always") == 0) {
        question_end(relay, ANSWER_ALWAYS);
    } else if (!question->spoiled && strcmp(question->word, "no") == 0) {
        question_end(relay, ANSWER_NO);
    } else {
        show(relay, "\r\n");
        prompt(relay);
    }
}

static void add(struct relay *relay, unsigned char byte)
{
    struct question *question = &relay->question;
    if (byte < 'a' || byte > 'z' || question->length == LONGEST_ANSWER) {
        question->spoiled = true;
        return;
    }
    question->word[question->length++] = (char)byte;
    relay_show(relay, (const char *)&byte, 1);
}

static void erase(struct relay *relay)
{
    if (relay->question.length == 0)
        return;
    relay->question.length--;
    show(relay, "\b \b");
}

/* A key that ends programs says no, and is for the command as well. */
static void read_byte(struct relay *relay, unsigned char byte)
{
    const cc_t *keys = relay->run->terminal->modes.c_cc;
    if (byte == '\r' || byte == '\n') {
        end_line(relay);
    } else if (byte == keys[VINTR] || byte == keys[VQUIT]) {
        question_end(relay, ANSWER_NO);
        relay_type(relay, byte);
    } else if (byte == keys[VERASE] || byte == '\b' || byte == 0x7f) {
        erase(relay);
    } else {
        add(relay, byte);
    }
}

/* What was typed behind the answer is for nobody. */
void question_read(struct relay *relay, const unsigned char *bytes, unsigned long count)
{
    for (unsigned long i = 0; i < count && relay->question.open; i++)
        read_byte(relay, bytes[i]);
}
