/* What a caller of `enter` sends to the first process: the words of a command, and how many there are. */
#include "fuzz.h"

/* For what nobody outside that file may call. */
#include "join/join_serve.c"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct join_request request;
    static const unsigned char secret[JOIN_SECRET];
    if (size > sizeof request)
        return 0;
    memset(&request, 0, sizeof request);
    memcpy(&request, data, size);
    for (unsigned streams = 0; streams <= JOIN_STREAMS; streams++) {
        if (!is_sound(&request, (ssize_t)size, streams, secret))
            continue;
        char **words = words_of(&request);
        for (uint32_t i = 0; words != NULL && i < request.words; i++)
            holds(words[i] >= request.text && words[i] + strlen(words[i]) < request.text + request.length,
                  "a word is within what was sent");
        holds(words == NULL || words[request.words] == NULL, "the words have an end");
        free(words);
    }
    return 0;
}
