#include "key.h"

#include <stdlib.h>
#include <string.h>

#include "java_command.h"
#include "kernel.h"
#include "messages.h"
#include "self.h"
#include "working_directory.h"

/* PROC_USER_INIT_INO of the kernel's include/uapi/linux/nsfs.h */
static const ino_t FIRST_USER_NAMESPACE = 0xeffffffd;

/* What profiles can name, beside HEXE_*. HOME is where the search for profiles starts. */
static const char *const variables[] = {
    "HOME",           "USER",          "LOGNAME",        "XDG_CONFIG_HOME",
    "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR",
    /* What moves the files that default lists name, in order of the alphabet; see MovedPlaces. */
    "AMP_SETTINGS_FILE", "ANDROID_HOME", "ANDROID_USER_HOME", "ANSIBLE_CONFIG", "ANSIBLE_HOME", "AQUA_ROOT_DIR",
    "ASDF_CONFIG_FILE", "ASDF_DATA_DIR", "ASDF_DIR", "ATUIN_CONFIG_DIR", "AWS_CONFIG_FILE",
    "AWS_SHARED_CREDENTIALS_FILE", "AZURE_CONFIG_DIR", "BASH_ENV", "BAT_CONFIG_DIR", "BAT_CONFIG_PATH",
    "BUNDLE_USER_HOME", "BUN_INSTALL", "CABAL_DIR", "CARGO_HOME", "CLAUDE_CONFIG_DIR", "CLOUDSDK_CONFIG", "CODEX_HOME",
    "COMPOSER_HOME", "CONDARC", "CONTAINER_HOST", "COPILOT_HOME", "COURSIER_BIN_DIR", "CRUSH_GLOBAL_CONFIG",
    "CRUSH_GLOBAL_DATA", "CURL_HOME", "CURSOR_CONFIG_DIR", "DATABRICKS_CONFIG_FILE", "DENO_INSTALL",
    "DENO_INSTALL_ROOT", "DIRENV_CONFIG", "DOCKER_CONFIG", "DOCKER_HOST", "DOOMDIR", "DOPPLER_CONFIG_DIR",
    "DOTNET_CLI_HOME", "ELAN_HOME", "ENV", "FLY_CONFIG_DIR", "FNM_DIR", "FOUNDRY_DIR", "GEMINI_CLI_HOME", "GEM_HOME",
    "GHCUP_INSTALL_BASE_PREFIX", "GH_CONFIG_DIR", "GIT_CONFIG_GLOBAL", "GIT_TEMPLATE_DIR", "GLAB_CONFIG_DIR",
    "GNUPGHOME", "GOBIN", "GOENV", "GOOGLE_APPLICATION_CREDENTIALS", "GOPATH", "GRADLE_USER_HOME", "HCLOUD_CONFIG",
    "HELM_CONFIG_HOME", "HF_HOME", "HISTFILE", "ICEAUTHORITY", "INPUTRC", "IPYTHONDIR", "IRBRC", "JBANG_DIR",
    "JJ_CONFIG", "JULIA_DEPOT_PATH", "JUPYTER_CONFIG_DIR", "KIRO_HOME", "KITTY_CONFIG_DIRECTORY", "KREW_ROOT",
    "KUBECONFIG", "LESSHISTFILE", "LESSKEY", "LESSKEYIN", "MAVEN_USER_HOME", "MISE_CONFIG_DIR", "MISE_DATA_DIR",
    "MISE_GLOBAL_CONFIG_FILE", "MISE_STATE_DIR", "MYSQL_HISTFILE", "MYVIMRC", "NETRC", "NODENV_ROOT",
    "NODE_REPL_HISTORY", "NPM_CONFIG_USERCONFIG", "NVM_DIR", "OCI_CLI_CONFIG_FILE", "OPAMROOT", "OPENCODE_CONFIG",
    "OPENCODE_CONFIG_DIR", "OS_CLIENT_CONFIG_FILE", "PASSWORD_STORE_DIR", "PGPASSFILE", "PGSERVICEFILE", "PIPX_BIN_DIR",
    "PIPX_HOME", "PIP_CONFIG_FILE", "PIXI_HOME", "PNPM_HOME", "POETRY_CONFIG_DIR", "POETRY_HOME", "PROTO_HOME",
    "PSQLRC", "PSQL_HISTORY", "PULUMI_HOME", "PYENV_ROOT", "PYTHONSTARTUP", "PYTHONUSERBASE", "PYTHON_HISTORY",
    "RBENV_ROOT", "RCLONE_CONFIG", "RIPGREP_CONFIG_PATH", "RUSTUP_HOME", "RYE_HOME", "R_ENVIRON_USER", "R_PROFILE_USER",
    "SCREENRC", "SCW_CONFIG_PATH", "SDKMAN_DIR", "SNOWFLAKE_HOME", "SOPS_AGE_KEY_FILE", "SPACEMACSDIR",
    "SQLITE_HISTORY", "SSH_AUTH_SOCK", "STACK_ROOT", "STARSHIP_CONFIG", "TASKRC", "TELEPORT_HOME", "TF_CLI_CONFIG_FILE",
    "UV_CONFIG_FILE", "UV_CREDENTIALS_DIR", "UV_PYTHON_INSTALL_DIR", "UV_TOOL_BIN_DIR", "UV_TOOL_DIR", "VIBE_HOME",
    "VOLTA_HOME", "VSCODE_EXTENSIONS", "WEZTERM_CONFIG_FILE", "WGETRC", "XAUTHORITY", "XONSHRC", "ZDOTDIR",
    "ZELLIJ_CONFIG_DIR", "npm_config_userconfig",
};

/* A newline in a value must not look like the next input. */
static void add_line(struct text *key, const char *name, const char *value)
{
    text_add(key, "%s ", name);
    for (; *value != '\0'; value++) {
        if (*value == '\n' || *value == '\\')
            text_add_bytes(key, "\\", 1);
        text_add_bytes(key, *value == '\n' ? "n" : value, 1);
    }
    text_add_bytes(key, "\n", 1);
}

static void add_numbers(struct text *key, const char *name, const struct stat *status)
{
    text_add(key, "%s %llx:%llx\n", name, (unsigned long long)status->st_dev, (unsigned long long)status->st_ino);
}

/* All that a file says; empty where it cannot be read. */
static struct text content_of(const char *path)
{
    struct text content = {.bytes = NULL};
    char part[4096];
    ssize_t length;
    int file = openat(AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
    while (file >= 0 && (length = read(file, part, sizeof part)) > 0)
        text_add_bytes(&content, part, (size_t)length);
    if (file >= 0)
        close(file);
    text_add(&content, "%s", "");
    return content;
}

static void add_content(struct text *key, const char *name, const char *path)
{
    struct text content = content_of(path);
    add_line(key, name, content.bytes);
    text_free(&content);
}

static void add_root(struct text *key)
{
    struct stat status;
    if (stat("/", &status) < 0)
        text_add(key, "root none\n");
    else
        add_numbers(key, "root", &status);
}

/* The kernel gives the number of a namespace that has ended to another one: what its ids are is known by more than that. */
static void add_user_namespace(struct text *key)
{
    static const char name[] = "user-namespace";
    struct stat status;
    if (stat("/proc/self/ns/user", &status) < 0) {
        text_add(key, "%s none\n", name);
        return;
    }
    add_numbers(key, name, &status);
    if (status.st_ino == FIRST_USER_NAMESPACE)
        return;
    add_content(key, "user-ids", "/proc/self/uid_map");
    add_content(key, "group-ids", "/proc/self/gid_map");
}

/* A directory of the cache that outlives a boot must not bring plans for another kernel with it. */
static bool add_boot(struct text *key)
{
    char id[64];
    int file = openat(AT_FDCWD, "/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
    ssize_t length = file < 0 ? -1 : read(file, id, sizeof id - 1);
    if (file >= 0)
        close(file);
    if (length <= 1)
        return false;
    id[length - 1] = '\0';
    add_line(key, "boot", id);
    return true;
}

/* Two processes may have the same ids and see the same root, and yet one of them rules over less. */
static void add_surroundings(struct text *key)
{
    add_line(key, "launcher", self_identity());
    add_line(key, "library", self_library_identity());
    add_line(key, "caller", java_caller());
    add_root(key);
    add_user_namespace(key);
    text_add(key, "no-new-privileges %d\n", sys_prctl(PR_GET_NO_NEW_PRIVS, 0, 0));
    text_add(key, "seccomp %d\n", sys_prctl(PR_GET_SECCOMP, 0, 0));
}

/* There are few; the C library's sort is larger than all of this file. */
static void insert(char **sorted, size_t count, char *text)
{
    for (; count > 0 && strcmp(sorted[count - 1], text) > 0; count--)
        sorted[count] = sorted[count - 1];
    sorted[count] = text;
}

/* In order of the alphabet: that of the environment means nothing. */
static void add_own_variables(struct text *key)
{
    size_t count = 0, all = 0;
    while (environ[all] != NULL)
        all++;
    char **own = calloc(all + 1, sizeof *own);
    if (own == NULL)
        die("cannot sort the environment");
    for (size_t i = 0; i < all; i++) {
        if (strncmp(environ[i], "HEXE_", strlen("HEXE_")) == 0)
            insert(own, count++, environ[i]);
    }
    for (size_t i = 0; i < count; i++)
        add_line(key, "variable", own[i]);
    free(own);
}

static void add_variables(struct text *key)
{
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        const char *value = getenv(variables[i]);
        if (value != NULL)
            add_line(key, variables[i], value);
    }
    add_own_variables(key);
}

/* The nearest policy of a project, in the working directory or above it, but not in `/`; see ProjectFile. */
static void add_project(struct text *key)
{
    static const char name[] = "/.hexe-policy.yaml";
    char path[4096 + sizeof name];
    const char *here = working_directory_path();
    struct stat status;
    if (here == NULL)
        return;
    strcpy(path, here);
    for (size_t end = strlen(path); end > 1; end = (size_t)(strrchr(path, '/') - path)) {
        memcpy(path + end, name, sizeof name);
        if (lstat(path, &status) == 0) {
            add_line(key, "project", path);
            return;
        }
        path[end] = '\0';
    }
}

/* The command may start other programs, which are looked for in PATH; see StateDirectories. */
struct text key_of_command(const struct text *key, const char *word)
{
    const char *search = getenv("PATH");
    struct text longer = {.bytes = NULL};
    if (key->length == 0)
        return longer;
    text_add_bytes(&longer, key->bytes, key->length);
    add_line(&longer, "command", word);
    add_line(&longer, "path", search == NULL ? "" : search);
    return longer;
}

struct text key_build(char *const *arguments)
{
    struct text key = {.bytes = NULL};
    if (!add_boot(&key))
        return key;
    add_surroundings(&key);
    add_variables(&key);
    add_project(&key);
    for (; *arguments != NULL; arguments++)
        add_line(&key, "argument", *arguments);
    return key;
}

struct text key_of_cgroup(void)
{
    return content_of("/proc/self/cgroup");
}
