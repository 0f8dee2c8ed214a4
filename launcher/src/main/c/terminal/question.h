/*
 * A question to whoever is at the caller's terminal, in the midst of what the command shows. While it is open nothing of
 * the command is shown and nothing that is typed reaches it; and nothing that it has shown before can be the answer.
 */
#ifndef HEXE_QUESTION_H
#define HEXE_QUESTION_H

#include <stdbool.h>

struct relay;

enum answer { ANSWER_RUN, ANSWER_ALWAYS, ANSWER_NO, ANSWER_LATE, ANSWER_NOBODY };

enum { LONGEST_ANSWER = 15 };

struct question {
    bool open, shown;
    bool took;    /* the terminal was made raw for it */
    bool spoiled; /* what is on the line is no word that somebody typed */
    bool always;  /* that is one of the answers */
    bool settled; /* there is an answer, which nobody has taken yet */
    enum answer answer;
    unsigned length;
    char word[LONGEST_ANSWER + 1];
};

/*
 * Asks, of a text of one line, behind what the command has written until then. Where nobody can be asked, that is the
 * answer, and a line says why.
 */
void question_begin(struct relay *relay, const char *text, bool always);

/* Shows a line of our own, whatever the modes of the terminal are. */
void question_report(struct relay *relay, const char *text);

/* Ends it with an answer of our own, if it is open. */
void question_end(struct relay *relay, enum answer answer);

/* Whether there is an answer, once. */
bool question_take_answer(struct relay *relay, enum answer *answer);

/* For the relay: what was typed before the question is on the terminal is no answer, and what is typed then is one. */
void question_before_output(const struct relay *relay);
void question_after_output(struct relay *relay);

/* For the relay: bytes that came from the caller's terminal. */
void question_read(struct relay *relay, const unsigned char *bytes, unsigned long count);

#endif
