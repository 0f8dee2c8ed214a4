package dev.hexe.policy.conformance.attacks;

import dev.hexe.policy.conformance.harness.Product;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.User;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A home with what others want, laid out for one run of the attempts. */
final class Bait {
  private static final String LAY_OUT =
      """
      umask 022; rm -rf "$1" "$2"; mkdir -p "$2" "$1/keys" "$1/.ssh" "$1/kept" "$1/dotfiles" "$1/free" "$1/place" \
        "$1/.config/autostart" "$1/.config/hexe-policy/profiles" "$1/project/.git/hooks" && mkdir -m 700 "$1/.run" &&
      cd "$1" && echo '#!/bin/sh' | tee keys/id keys/other .ssh/id_rsa "$2/secret" "$2/removed" \
        "$2/renamed" >/dev/null && echo text | tee .bashrc dotfiles/linked \
        free/evil project/.git/config project/.git/hooks/post >/dev/null &&
      ln -s ../dotfiles/linked kept/link && ln -s keys/id led-to-key && chmod 755 "$2/secret" &&
      echo 'extends: full' >.config/hexe-policy/profiles/mine.yaml && mkdir -m 700 .run/hexe-policy && echo plan >.run/hexe-policy/other.plan
      """;

  /** Leaves a directory open, and a key in the session. */
  private static final String CARELESS =
      "\"$PROBE\" plant-key \"$KEY\" >/dev/null; exec 9</; exec \"$@\"";

  private final User user;
  private final Path home;
  private final Path outside;
  private final Map<String, String> words = new TreeMap<>();

  private Bait(User user, String name) {
    this.user = user;
    home = user.ownHome("attacked-" + name);
    outside = user.outside().resolve("attacked-" + name);
    words.putAll(Outsiders.of(user).words());
    words.put("home", home.toString());
    words.put("outside", outside.toString());
    words.put("secret", outside.resolve("secret").toString());
    words.put("plans", home.resolve(".run/hexe-policy").toString());
    words.put("program", Product.distribution().resolve("lib/hexe-policy.jar").normalize() + "");
    words.put("cgroup", controlGroups());
  }

  static Bait of(User user, String name) {
    Bait bait = new Bait(user, name);
    Sandbox.none().as(user).sh(LAY_OUT, bait.home.toString(), bait.outside.toString()).endsWith(0);
    return bait;
  }

  private static String controlGroups() {
    Path hybrid = Path.of("/sys/fs/cgroup/unified");
    return Files.exists(hybrid) ? hybrid.toString() : "/sys/fs/cgroup";
  }

  /** The sandbox, started by somebody careless from the project in this home. */
  Sandbox around(Sandbox sandbox) {
    String probe = user.home().resolve("probe").toString();
    return sandbox
        .in(home.resolve("project"))
        .where("HOME", home.toString())
        .where("XDG_RUNTIME_DIR", home.resolve(".run").toString())
        .where("PROBE", probe)
        .where("KEY", word("key"))
        .behind("sh", "-c", CARELESS, "sh");
  }

  /** What the profile is asked to keep beside what it keeps by itself. */
  String[] options() {
    return new String[] {
      "--read=" + user.home().resolve("probe"),
      "--read=" + word("socket-in-home"),
      "--protect=" + home.resolve("kept"),
      "--hide=" + home.resolve("keys"),
    };
  }

  String word(String name) {
    String value = words.get(name);
    if (value == null) {
      throw new IllegalArgumentException("nothing is laid out as `" + name + "`");
    }
    return value;
  }

  /** An act with what was laid out in place of the words in braces. */
  String filled(String act, String first) {
    String text = act.replace("{first}", first);
    for (Map.Entry<String, String> word : words.entrySet()) {
      text = text.replace("{" + word.getKey() + "}", word.getValue());
    }
    if (text.contains("{")) {
      throw new IllegalArgumentException("nothing is laid out for `" + text + "`");
    }
    return text;
  }

  /** All that nothing inside may have changed. */
  Map<Path, String> precious() {
    Map<Path, String> found = new TreeMap<>();
    Stream.of(
            "keys/id",
            ".ssh/id_rsa",
            ".bashrc",
            "dotfiles/linked",
            "kept/link",
            "project/.git/config",
            "project/.git/hooks/post",
            ".config/hexe-policy/profiles/mine.yaml")
        .map(home::resolve)
        .forEach(file -> found.put(file, contents(file)));
    found.put(outside.resolve("secret"), contents(outside.resolve("secret")));
    return found;
  }

  private static String contents(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "gone";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
