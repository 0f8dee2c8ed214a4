package dev.hexe.policy.exposure;

import dev.hexe.policy.api.profile.ProtectedPath;
import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.key.ShippedProtectedPaths;
import dev.hexe.policy.profiles.key.ShippedProtectedPaths.Group;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The places of things that are worth something to an attacker. */
final class SensitivePaths {
  /** The hashes of all users' passwords. */
  static final String SHADOW = "/etc/shadow";

  private SensitivePaths() {}

  /** What the host runs, or obeys, later: by the exposure that writing it is. */
  static Map<Kind, List<String>> toWrite(LiveContext here) {
    Map<Kind, List<String>> places = shipped(ShippedProtectedPaths.read().protect(), here);
    add(
        places,
        Kind.WRITABLE_SHELL_STARTUP,
        List.of("/etc/profile.d", "/etc/bash.bashrc", "/etc/zsh/zshrc"));
    add(
        places,
        Kind.WRITABLE_AUTOSTART,
        List.of("/etc/systemd/system", "/etc/cron.d", "/var/spool/cron/crontabs"));
    add(places, Kind.WRITABLE_GIT_CONFIGURATION, List.of("/etc/gitconfig"));
    places.put(
        Kind.WRITABLE_SSH_CONFIGURATION,
        both(
            here.atHome(".ssh/authorized_keys", ".ssh/config", ".ssh/rc"),
            List.of("/etc/ssh/ssh_config", "/etc/ssh/sshd_config")));
    return places;
  }

  /** Secrets: by the exposure that reading them is. */
  static Map<Kind, List<String>> toRead(LiveContext here) {
    Map<Kind, List<String>> places = shipped(ShippedProtectedPaths.read().hide(), here);
    add(
        places,
        Kind.READABLE_CREDENTIALS,
        here.atHome(".m2/settings.xml", ".gradle/gradle.properties"));
    places.put(Kind.READABLE_PRIVATE_KEYS, privateKeys(here));
    return places;
  }

  /** What the usual list hides, as trees. */
  static List<String> usuallyHidden(LiveContext here) {
    return shipped(ShippedProtectedPaths.read().hide(), here).values().stream()
        .flatMap(List::stream)
        .toList();
  }

  private static Map<Kind, List<String>> shipped(List<Group> groups, LiveContext here) {
    ProfileContext context =
        ProfileContext.of(Path.of(here.home()), null, Path.of(here.cwd()), here.environment());
    Map<Kind, List<String>> places = new EnumMap<>(Kind.class);
    for (Group group : groups) {
      List<String> paths =
          ShippedProtectedPaths.paths(context)
              .apply(group)
              .flatMap(
                  path ->
                      new ProtectedPath(path, group.because()).places(Path.of(here.cwd())).stream())
              .toList();
      Kind.withId(group.id())
          .ifPresent(kind -> add(places, kind, paths.stream().filter(isOutermost(paths)).toList()));
    }
    return places;
  }

  private static Predicate<String> isOutermost(List<String> paths) {
    Set<String> all = new HashSet<>(paths);
    return path -> {
      int end = path.lastIndexOf('/');
      while (end > 0 && !all.contains(path.substring(0, end))) {
        end = path.lastIndexOf('/', end - 1);
      }
      return end <= 0;
    };
  }

  private static void add(Map<Kind, List<String>> places, Kind kind, List<String> more) {
    places.merge(kind, more, SensitivePaths::both);
  }

  private static List<String> privateKeys(LiveContext here) {
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
    keys.add(SHADOW);
    return keys;
  }

  private static List<String> both(List<String> one, List<String> other) {
    List<String> both = new ArrayList<>(one);
    both.addAll(other);
    return both;
  }
}
