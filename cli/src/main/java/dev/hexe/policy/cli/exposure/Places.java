package dev.hexe.policy.cli.exposure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where things are that are worth something to who wants out. */
final class Places {
  private Places() {}

  /** What the host runs, or obeys, later: by the exposure that writing it is. */
  static Map<Kind, List<String>> toWrite(Here here) {
    Map<Kind, List<String>> places = new LinkedHashMap<>();
    places.put(
        Kind.WRITABLE_SHELL_STARTUP,
        both(
            here.atHome(
                ".bashrc",
                ".profile",
                ".bash_profile",
                ".bash_login",
                ".bash_logout",
                ".zshrc",
                ".zshenv",
                ".zprofile",
                ".zlogin",
                ".kshrc",
                ".cshrc",
                ".tcshrc",
                ".config/fish/config.fish",
                ".config/fish/conf.d",
                ".xprofile",
                ".xsessionrc"),
            List.of("/etc/profile.d", "/etc/bash.bashrc", "/etc/zsh/zshrc")));
    places.put(
        Kind.WRITABLE_AUTOSTART,
        both(
            here.atHome(
                ".config/systemd/user",
                ".config/autostart",
                ".config/environment.d",
                ".local/share/systemd/user",
                ".local/share/dbus-1/services",
                ".local/share/applications"),
            List.of("/etc/systemd/system", "/etc/cron.d", "/var/spool/cron/crontabs")));
    places.put(
        Kind.WRITABLE_GIT_CONFIGURATION,
        both(
            here.atHome(".gitconfig", ".config/git/config", ".config/git/attributes"),
            List.of("/etc/gitconfig")));
    places.put(
        Kind.WRITABLE_SSH_CONFIGURATION,
        both(
            here.atHome(".ssh/authorized_keys", ".ssh/config", ".ssh/rc"),
            List.of("/etc/ssh/ssh_config", "/etc/ssh/sshd_config")));
    places.put(
        Kind.WRITABLE_EDITOR_CONFIGURATION,
        here.atHome(
            ".vimrc",
            ".vim",
            ".config/nvim",
            ".emacs",
            ".emacs.d",
            ".config/emacs",
            ".config/helix",
            ".config/zed",
            ".config/Code/User",
            ".vscode",
            ".vscode-server",
            ".config/JetBrains",
            ".local/share/JetBrains"));
    places.put(
        Kind.WRITABLE_AGENT_CONFIGURATION,
        here.atHome(
            ".claude",
            ".claude.json",
            ".codex",
            ".gemini",
            ".cursor",
            ".continue",
            ".aider.conf.yml",
            ".config/opencode",
            ".config/github-copilot"));
    return places;
  }

  /** Secrets: by the exposure that reading them is. */
  static Map<Kind, List<String>> toRead(Here here) {
    Map<Kind, List<String>> places = new LinkedHashMap<>();
    places.put(Kind.READABLE_PRIVATE_KEYS, privateKeys(here));
    places.put(
        Kind.READABLE_CREDENTIALS,
        here.atHome(
            ".aws/credentials",
            ".aws/sso/cache",
            ".azure",
            ".config/gcloud",
            ".kube/config",
            ".docker/config.json",
            ".config/containers/auth.json",
            ".config/gh/hosts.yml",
            ".config/rclone/rclone.conf",
            ".git-credentials",
            ".netrc",
            ".npmrc",
            ".pypirc",
            ".pgpass",
            ".my.cnf",
            ".vault-token",
            ".cargo/credentials.toml",
            ".m2/settings.xml",
            ".gradle/gradle.properties",
            ".terraform.d/credentials.tfrc.json",
            ".claude/.credentials.json",
            ".codex/auth.json"));
    places.put(
        Kind.READABLE_BROWSER_PROFILES,
        here.atHome(
            ".mozilla",
            ".thunderbird",
            ".config/google-chrome",
            ".config/chromium",
            ".config/BraveSoftware",
            ".config/microsoft-edge",
            ".config/vivaldi",
            "snap/firefox",
            ".var/app/org.mozilla.firefox"));
    places.put(
        Kind.READABLE_KEYRINGS,
        here.atHome(
            ".local/share/keyrings",
            ".local/share/kwalletd",
            ".password-store",
            ".config/Bitwarden",
            ".config/1Password"));
    return places;
  }

  private static List<String> privateKeys(Here here) {
    List<String> keys = new ArrayList<>();
    for (String name : here.view().names(here.home() + "/.ssh")) {
      boolean named = name.startsWith("id_") || name.endsWith(".pem") || name.endsWith(".key");
      if (named && !name.endsWith(".pub")) {
        keys.add(here.home() + "/.ssh/" + name);
      }
    }
    keys.addAll(here.atHome(".gnupg/private-keys-v1.d", ".gnupg/secring.gpg"));
    keys.addAll(here.atHome(".config/sops/age/keys.txt"));
    for (String name : here.view().names("/etc/ssh")) {
      if (name.startsWith("ssh_host_") && name.endsWith("_key")) {
        keys.add("/etc/ssh/" + name);
      }
    }
    keys.add("/etc/shadow");
    return keys;
  }

  private static List<String> both(List<String> one, List<String> other) {
    List<String> both = new ArrayList<>(one);
    both.addAll(other);
    return both;
  }
}
