#include "ask.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway.h"
#include "kernel.h"
#include "messages.h"
#include "opcodes.h"
#include "relay.h"
#include "run.h"
#include "self.h"
#include "signals.h"
#include "text.h"

enum { MOST_ALWAYS = 64 };

static struct {
    const char *wanted; /* as the profile would have it */
    uint64_t until;     /* 0: no question is open */
    const char *always[MOST_ALWAYS];
    unsigned count;
} asked;

/* The profile, where it is a file of the user's own. */
static const char *own_profile(const struct run *run)
{
    struct plan_cursor cursor = plan_start(run->plan);
    struct record record;
    while (plan_find(&cursor, OP_NOTE, &record)) {
        if (strcmp(record.operands[0].data, "own-profile") == 0)
            return record.operands[1].data;
    }
    return NULL;
}

/* Of `HOST PORT`. */
static const char *destination(const char *question)
{
    int host = (int)strcspn(question, " ");
    bool brackets = memchr(question, ':', (size_t)host) != NULL;
    const char *port = question + host + strspn(question + host, " ");
    return text_of(brackets ? "[%.*s]:%s" : "%.*s:%s", host, question, port);
}

static void begin(const struct run *run, struct relay *relay, const char *question)
{
    const char *profile = own_profile(run);
    asked.wanted = destination(question);
    char *text = text_of("the command wants to connect to `%s`, which is not listed", asked.wanted);
    if (profile == NULL)
        text = text_of("%s; `--allow=%s` allows it always", text, asked.wanted);
    question_begin(relay, text, profile != NULL && asked.count < MOST_ALWAYS);
}

void ask_remark(struct relay *relay)
{
    const char *remark = gateway_next_remark();
    if (remark != NULL)
        question_report(relay, remark);
}

uint64_t ask_look(const struct run *run, struct relay *relay, ask_clock *now, uint64_t patience)
{
    static const char *const words[] = {"run", "always", "no", "late", "nobody"};
    enum answer answer;
    const char *question = gateway_next_question();
    ask_remark(relay);
    if (question != NULL) {
        begin(run, relay, question);
        asked.until = now() + patience;
    }
    if (asked.until != 0 && gateway_has_ended())
        question_end(relay, ANSWER_NOBODY);
    if (asked.until != 0 && now() >= asked.until)
        question_end(relay, ANSWER_LATE);
    if (question_take_answer(relay, &answer)) {
        asked.until = 0;
        if (answer == ANSWER_ALWAYS)
            asked.always[asked.count++] = asked.wanted;
        gateway_answer(words[answer]);
    }
    return asked.until;
}

static void add(const char *profile, const char *wanted)
{
    char *const arguments[] = {
        text_of("hexe-policy"),          text_of("log"), text_of("--add=%s", wanted), text_of("--to=%s", profile), NULL,
    };
    int status = -1;
    pid_t child = sys_clone(SIGCHLD);
    if (child == 0) {
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
        execv(self_known_path(), arguments);
        _exit(EXIT_NOTHING_RAN);
    }
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    if (child < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        say("`%s` is not added to `%s`; add it to `network.allow` there", wanted, profile);
}

void ask_finish(const struct run *run)
{
    const char *profile = own_profile(run);
    for (unsigned i = 0; i < asked.count; i++)
        add(profile, asked.always[i]);
}
