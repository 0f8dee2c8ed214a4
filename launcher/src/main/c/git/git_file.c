#include "git_file.h"

#include <stdlib.h>
#include <string.h>

#include "git_config.h"
#include "git_read.h"
#include "kernel.h"
#include "text.h"

/* NULL: it is no directory, or none that can be reached. */
static char *directory_at(const char *path)
{
    struct stat status;
    char *real = path == NULL ? NULL : realpath(path, NULL);
    return real != NULL && stat(real, &status) == 0 && S_ISDIR(status.st_mode) ? real : NULL;
}

static char *above(const char *file)
{
    return text_of("%.*s", (int)(strrchr(file, '/') - file), file);
}

struct git_file git_file_read(const char *path)
{
    struct git_file led = {.directory = directory_at(git_led_to(path, "gitdir: ", above(path)))};
    if (led.directory != NULL)
        led.common = directory_at(git_led_to(text_of("%s/commondir", led.directory), "", led.directory));
    return led;
}

bool git_file_leads_to(const char *path, const char *directory)
{
    char *led = git_file_read(path).directory, *real = realpath(directory, NULL);
    return led != NULL && real != NULL && strcmp(led, real) == 0;
}
