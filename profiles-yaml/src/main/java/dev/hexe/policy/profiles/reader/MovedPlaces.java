package dev.hexe.policy.profiles.reader;

import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.profiles.context.ProfileContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The places in which variables of the environment put what the shipped lists name in its usual
 * one, such as {@code GNUPGHOME} for {@code ~/.gnupg}. What the lists have at such a place, below
 * or above it is meant in both.
 */
final class MovedPlaces {
  /**
   * The usual place of what a variable names. A star at the end stands for the rest of a name: the
   * variable names the directory of such files. The launcher has the names in the key of its cache.
   */
  static final Map<String, String> USUAL =
      Map.ofEntries(
          // keys and logins
          Map.entry("SOPS_AGE_KEY_FILE", "~/.config/sops/age/keys.txt"),
          Map.entry("OS_CLIENT_CONFIG_FILE", "~/.config/openstack/clouds.yaml"),
          Map.entry("TELEPORT_HOME", "~/.tsh"),
          Map.entry("DATABRICKS_CONFIG_FILE", "~/.databrickscfg"),
          Map.entry("SNOWFLAKE_HOME", "~/.snowflake"),
          Map.entry("HCLOUD_CONFIG", "~/.config/hcloud/cli.toml"),
          Map.entry("SCW_CONFIG_PATH", "~/.config/scw/config.yaml"),
          Map.entry("DOPPLER_CONFIG_DIR", "~/.doppler"),
          Map.entry("FLY_CONFIG_DIR", "~/.fly"),
          Map.entry("UV_CREDENTIALS_DIR", "~/.local/share/uv/credentials"),
          Map.entry("GNUPGHOME", "~/.gnupg"),
          Map.entry("PASSWORD_STORE_DIR", "~/.password-store"),
          Map.entry("AWS_CONFIG_FILE", "~/.aws/config"),
          Map.entry("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials"),
          Map.entry("AZURE_CONFIG_DIR", "~/.azure"),
          Map.entry("CLOUDSDK_CONFIG", "~/.config/gcloud"),
          Map.entry("GOOGLE_APPLICATION_CREDENTIALS", "~/.config/gcloud/credentials.json"),
          Map.entry("OCI_CLI_CONFIG_FILE", "~/.oci/config"),
          Map.entry("KUBECONFIG", "~/.kube/config"),
          Map.entry("DOCKER_CONFIG", "~/.docker"),
          Map.entry("HELM_CONFIG_HOME", "~/.config/helm"),
          Map.entry("PULUMI_HOME", "~/.pulumi"),
          Map.entry("TF_CLI_CONFIG_FILE", "~/.terraformrc"),
          Map.entry("GH_CONFIG_DIR", "~/.config/gh"),
          Map.entry("GLAB_CONFIG_DIR", "~/.config/glab-cli"),
          Map.entry("RCLONE_CONFIG", "~/.config/rclone/rclone.conf"),
          Map.entry("HF_HOME", "~/.cache/huggingface"),
          Map.entry("NETRC", "~/.netrc"),
          Map.entry("PGPASSFILE", "~/.pgpass"),
          Map.entry("PGSERVICEFILE", "~/.pg_service.conf"),
          Map.entry("XAUTHORITY", "~/.Xauthority"),
          Map.entry("ICEAUTHORITY", "~/.ICEauthority"),
          // what answers on a socket
          Map.entry("SSH_AUTH_SOCK", "~/.ssh-agent.sock"),
          Map.entry("DOCKER_HOST", "~/.docker/run/docker.sock"),
          Map.entry("CONTAINER_HOST", "~/.docker/run/docker.sock"),
          // histories
          Map.entry("HISTFILE", "~/.bash_history"),
          Map.entry("LESSHISTFILE", "~/.lesshst"),
          Map.entry("MYSQL_HISTFILE", "~/.mysql_history"),
          Map.entry("NODE_REPL_HISTORY", "~/.node_repl_history"),
          Map.entry("PSQL_HISTORY", "~/.psql_history"),
          Map.entry("PYTHON_HISTORY", "~/.python_history"),
          Map.entry("SQLITE_HISTORY", "~/.sqlite_history"),
          // what shells, git, editors and other programs run or obey
          Map.entry("LESSKEY", "~/.less"),
          Map.entry("LESSKEYIN", "~/.lesskey"),
          Map.entry("XONSHRC", "~/.xonshrc"),
          Map.entry("RIPGREP_CONFIG_PATH", "~/.ripgreprc"),
          Map.entry("BAT_CONFIG_PATH", "~/.config/bat/config"),
          Map.entry("BAT_CONFIG_DIR", "~/.config/bat"),
          Map.entry("KITTY_CONFIG_DIRECTORY", "~/.config/kitty"),
          Map.entry("WEZTERM_CONFIG_FILE", "~/.wezterm.lua"),
          Map.entry("ZELLIJ_CONFIG_DIR", "~/.config/zellij"),
          Map.entry("ATUIN_CONFIG_DIR", "~/.config/atuin"),
          Map.entry("DIRENV_CONFIG", "~/.config/direnv"),
          Map.entry("MISE_CONFIG_DIR", "~/.config/mise"),
          Map.entry("MISE_GLOBAL_CONFIG_FILE", "~/.config/mise/config.toml"),
          Map.entry("MISE_DATA_DIR", "~/.local/share/mise"),
          Map.entry("MISE_STATE_DIR", "~/.local/state/mise"),
          Map.entry("JJ_CONFIG", "~/.config/jj/config.toml"),
          Map.entry("GIT_TEMPLATE_DIR", "~/.git-template"),
          Map.entry("DOOMDIR", "~/.doom.d"),
          Map.entry("SPACEMACSDIR", "~/.spacemacs.d"),
          Map.entry("VSCODE_EXTENSIONS", "~/.vscode/extensions"),
          Map.entry("GEMINI_CLI_HOME", "~/.gemini*"),
          Map.entry("COPILOT_HOME", "~/.copilot"),
          Map.entry("CURSOR_CONFIG_DIR", "~/.cursor"),
          Map.entry("KIRO_HOME", "~/.kiro"),
          Map.entry("OPENCODE_CONFIG", "~/.config/opencode/opencode.json"),
          Map.entry("OPENCODE_CONFIG_DIR", "~/.config/opencode"),
          Map.entry("CRUSH_GLOBAL_CONFIG", "~/.config/crush"),
          Map.entry("CRUSH_GLOBAL_DATA", "~/.local/share/crush"),
          Map.entry("AMP_SETTINGS_FILE", "~/.config/amp/settings.json"),
          Map.entry("VIBE_HOME", "~/.vibe"),
          Map.entry("ZDOTDIR", "~/.z*"),
          Map.entry("BASH_ENV", "~/.bashrc"),
          Map.entry("ENV", "~/.shinit"),
          Map.entry("INPUTRC", "~/.inputrc"),
          Map.entry("STARSHIP_CONFIG", "~/.config/starship.toml"),
          Map.entry("SCREENRC", "~/.screenrc"),
          Map.entry("MYVIMRC", "~/.vimrc"),
          Map.entry("GIT_CONFIG_GLOBAL", "~/.gitconfig"),
          Map.entry("CURL_HOME", "~/.curl*"),
          Map.entry("WGETRC", "~/.wgetrc"),
          Map.entry("PSQLRC", "~/.psqlrc"),
          Map.entry("ANSIBLE_CONFIG", "~/.ansible.cfg"),
          Map.entry("ANSIBLE_HOME", "~/.ansible"),
          Map.entry("TASKRC", "~/.taskrc"),
          Map.entry("CLAUDE_CONFIG_DIR", "~/.claude"),
          Map.entry("CODEX_HOME", "~/.codex"),
          // languages, their tools and packages
          Map.entry("UV_TOOL_DIR", "~/.local/share/uv/tools"),
          Map.entry("UV_TOOL_BIN_DIR", "~/.local/bin"),
          Map.entry("UV_PYTHON_INSTALL_DIR", "~/.local/share/uv/python"),
          Map.entry("UV_CONFIG_FILE", "~/.config/uv/uv.toml"),
          Map.entry("PIPX_HOME", "~/.local/share/pipx"),
          Map.entry("PIPX_BIN_DIR", "~/.local/bin"),
          Map.entry("POETRY_HOME", "~/.poetry"),
          Map.entry("POETRY_CONFIG_DIR", "~/.config/pypoetry"),
          Map.entry("RYE_HOME", "~/.rye"),
          Map.entry("PIXI_HOME", "~/.pixi"),
          Map.entry("PROTO_HOME", "~/.proto"),
          Map.entry("npm_config_userconfig", "~/.npmrc"),
          Map.entry("DENO_INSTALL_ROOT", "~/.deno"),
          Map.entry("JBANG_DIR", "~/.jbang"),
          Map.entry("COURSIER_BIN_DIR", "~/.local/share/coursier/bin"),
          Map.entry("GEM_HOME", "~/.gem/ruby"),
          Map.entry("BUNDLE_USER_HOME", "~/.bundle"),
          Map.entry("IRBRC", "~/.irbrc"),
          Map.entry("JULIA_DEPOT_PATH", "~/.julia"),
          Map.entry("DOTNET_CLI_HOME", "~/.dotnet*"),
          Map.entry("MAVEN_USER_HOME", "~/.m2"),
          Map.entry("FOUNDRY_DIR", "~/.foundry"),
          Map.entry("GHCUP_INSTALL_BASE_PREFIX", "~/.ghcup*"),
          Map.entry("ASDF_CONFIG_FILE", "~/.asdfrc"),
          Map.entry("ASDF_DIR", "~/.asdf"),
          Map.entry("AQUA_ROOT_DIR", "~/.local/share/aquaproj-aqua"),
          Map.entry("PYTHONSTARTUP", "~/.pythonstartup"),
          Map.entry("PYTHONUSERBASE", "~/.local"),
          Map.entry("PYENV_ROOT", "~/.pyenv"),
          Map.entry("IPYTHONDIR", "~/.ipython"),
          Map.entry("JUPYTER_CONFIG_DIR", "~/.jupyter"),
          Map.entry("PIP_CONFIG_FILE", "~/.config/pip/pip.conf"),
          Map.entry("CONDARC", "~/.condarc"),
          Map.entry("NPM_CONFIG_USERCONFIG", "~/.npmrc"),
          Map.entry("NVM_DIR", "~/.nvm"),
          Map.entry("FNM_DIR", "~/.local/share/fnm"),
          Map.entry("VOLTA_HOME", "~/.volta"),
          Map.entry("NODENV_ROOT", "~/.nodenv"),
          Map.entry("PNPM_HOME", "~/.local/share/pnpm"),
          Map.entry("BUN_INSTALL", "~/.bun"),
          Map.entry("DENO_INSTALL", "~/.deno"),
          Map.entry("CARGO_HOME", "~/.cargo"),
          Map.entry("RUSTUP_HOME", "~/.rustup"),
          Map.entry("GOPATH", "~/go"),
          Map.entry("GOBIN", "~/go/bin"),
          Map.entry("GOENV", "~/.config/go/env"),
          Map.entry("GRADLE_USER_HOME", "~/.gradle"),
          Map.entry("SDKMAN_DIR", "~/.sdkman"),
          Map.entry("RBENV_ROOT", "~/.rbenv"),
          Map.entry("COMPOSER_HOME", "~/.composer"),
          Map.entry("OPAMROOT", "~/.opam"),
          Map.entry("STACK_ROOT", "~/.stack"),
          Map.entry("CABAL_DIR", "~/.cabal"),
          Map.entry("ELAN_HOME", "~/.elan"),
          Map.entry("ASDF_DATA_DIR", "~/.asdf"),
          Map.entry("ANDROID_HOME", "~/Android/Sdk"),
          Map.entry("ANDROID_USER_HOME", "~/.android"),
          Map.entry("KREW_ROOT", "~/.krew"),
          Map.entry("R_PROFILE_USER", "~/.Rprofile"),
          Map.entry("R_ENVIRON_USER", "~/.Renviron"));

  private static final Set<String> LISTS = Set.of("KUBECONFIG", "GOPATH", "JULIA_DEPOT_PATH");

  /** Before the path of a socket in an address. */
  private static final String SOCKET = "unix://";

  /** Trees without files that anybody keeps there: {@code HISTFILE=/dev/null}. */
  private static final List<String> NO_PLACES = List.of("/dev", "/proc", "/sys");

  private final List<Move> moves = new ArrayList<>();
  private final String home;

  /** Something that lies elsewhere, and its place. */
  private record Move(String usual, String place) {}

  MovedPlaces(ProfileContext context) {
    home = context.home().toString();
    USUAL.forEach((name, usual) -> add(context.environment().getOrDefault(name, ""), name, usual));
  }

  private void add(String value, String name, String usual) {
    Stream<String> places = LISTS.contains(name) ? Stream.of(value.split(":")) : Stream.of(value);
    places
        .map(place -> place.startsWith(SOCKET) ? place.substring(SOCKET.length()) : place)
        .filter(place -> place.startsWith("/") && place.indexOf('\n') < 0)
        .map(NormalPaths::of)
        .filter(place -> !place.equals("/"))
        .filter(place -> NO_PLACES.stream().noneMatch(tree -> PathRule.isIn(place, tree)))
        .forEach(place -> moves.add(new Move(usual, place)));
  }

  /** True where nothing lies elsewhere. */
  boolean areNone() {
    return moves.isEmpty();
  }

  /** The other places of something, which is written with {@code ~}; never all of the home. */
  Stream<String> of(String path) {
    return moves.stream()
        .map(move -> place(path, move))
        .filter(place -> !place.isEmpty() && !PathRule.isIn(home, place))
        .distinct();
  }

  private static String place(String path, Move move) {
    String usual = move.usual();
    if (usual.endsWith("*")) {
      String start = usual.substring(0, usual.length() - 1);
      return path.startsWith(start) ? move.place() + path.substring(path.indexOf('/')) : "";
    }
    if (PathRule.isIn(path, usual)) {
      return move.place() + path.substring(usual.length());
    }
    return PathRule.isIn(usual, path) ? move.place() : "";
  }
}
