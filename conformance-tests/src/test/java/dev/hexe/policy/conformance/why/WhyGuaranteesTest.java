package dev.hexe.policy.conformance.why;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.hexe.policy.conformance.harness.OwnHome;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Result;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each guarantee explains what it refuses, and following what it says makes that work: with the
 * option where there is one, and with the lines of YAML in a profile that extends the one at hand.
 */
class WhyGuaranteesTest {
  /** A profile, what fails under it, and what is said of that; no line where there is no fix. */
  private record Case(String name, String yaml, String attempt, String guarantee, String key) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final String IPC =
      "perl -e '$k = 7311 + $<; $i = shmget($k, 4096, 0); exit !defined $i'";

  private static final List<Case> CASES =
      List.of(
          of("an absent file", "", "cat OUTSIDE", "files", "files.unlisted"),
          of("a read-only one", "", "echo x >>OUTSIDE", "files", "files.unlisted"),
          of(
              "read-only",
              "files: {read: [OUTSIDE]}",
              "echo x >>OUTSIDE",
              "read-only",
              "files.read"),
          of(
              "layout",
              "files: {read-only: [~/ro]}",
              "echo x >>~/ro/f",
              "layout",
              "files.read-only"),
          of(
              "a bind to be read",
              "files: {bind-read-only: [\"~/ro:/laid\"]}",
              "echo x >>/laid/f",
              "layout",
              "files.bind-read-only"),
          of(
              "no-execute",
              "files: {no-execute: [~/tools]}",
              "~/tools/tool",
              "no-execute",
              "files.no-execute"),
          of("protected", "", "echo x >>~/.bashrc", "protected", "protect"),
          of("hidden", "", "cat ~/.npmrc", "hidden", "hide"),
          of(
              "a private home",
              "files: {home: {private: 8M}, write: {only: [~/proj]}}",
              "cat ~/ro/f",
              "layout",
              "files.home"),
          of("tmp", "", "cat VARTMP", "tmp", "files.tmp"),
          of("devices", "", ": </dev/loop-control", "devices", "files.devices"),
          of("ipc", "", IPC, "ipc", "ipc"),
          of(
              "capabilities",
              "identity: root",
              "perl -e 'exit !chroot q(/)'",
              "capabilities",
              "privileges.capabilities"),
          of(
              "user namespaces",
              "",
              "unshare -U true",
              "user-namespaces",
              "privileges.user-namespaces"),
          of(
              "a system call",
              "privileges: {deny-system-calls: {only: [personality]}}",
              "setarch -R true",
              "syscalls",
              "privileges.deny-system-calls"),
          of(
              "a system call of a list",
              "syscalls: {deny: [times, personality]}",
              "setarch -R true",
              "syscalls",
              "syscalls.deny"),
          of(
              "a system call that is in no list",
              "syscalls: {allow: [\"@system-service\"], deny: {only: [times]}}",
              "perl -e 'exit 1 if syscall(165, 0) < 0 && $!{EPERM}'",
              "syscalls",
              "syscalls.allow"),
          of(
              "pids",
              "limits: {pids: 5}",
              "for i in 1 2 3 4 5 6 7 8; do sleep 0.2 & done; wait",
              "pids",
              "limits.pids"));

  private static Case of(String name, String yaml, String attempt, String guarantee, String key) {
    return new Case(name, yaml, attempt, guarantee, key);
  }

  static Stream<Arguments> cases() {
    return CASES.stream()
        .flatMap(it -> Arrays.stream(User.values()).map(user -> Arguments.of(it, user)));
  }

  private static Path home(User user) {
    Requires.namespaces(user);
    Requires.path("/usr/bin/perl");
    return OwnHome.made(
        user,
        "why-guarantees",
        "umask 022; rm -rf \"$1\"; mkdir -p \"$1/.run\" \"$1/proj/.git\" \"$1/ro\" \"$1/tools\" && chmod 700 \"$1/.run\" && cd \"$1\""
            + " && echo t >.npmrc && echo rc >.bashrc && echo f >ro/f && printf '#!/bin/sh\\n' >tools/tool && chmod 755 tools/tool"
            + " && echo v >/var/tmp/hexe-why-$(id -u) && chmod 600 /var/tmp/hexe-why-$(id -u)"
            + " && perl -e 'defined shmget(7311 + $<, 4096, 01600) or exit 1'");
  }

  private static void forget(User user, Path home) {
    OwnHome.program(user, home, "apply", "none")
        .sh(
            "rm -f /var/tmp/hexe-why-$(id -u); perl -e '$i = shmget(7311 + $<, 4096, 0); shmctl($i, 0, 0)'");
  }

  private static String filled(String text, User user, Path home) {
    return text.replace("OUTSIDE", user.fileOutside("why-guarantee").toString())
        .replace("VARTMP", "/var/tmp/hexe-why-" + user.uid())
        .replace("~/", home + "/");
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("cases")
  void whatIsRefusedIsExplainedAndTheFixWorks(Case it, User user) throws Exception {
    Path home = home(user);
    try {
      check(it, user, home);
    } finally {
      forget(user, home);
    }
  }

  private static void check(Case it, User user, Path home) throws Exception {
    profile(user, home, "base", "extends: sandbox", filled(it.yaml(), user, home));
    assumeTrue(
        !it.guarantee().equals("pids")
            || OwnHome.program(user, home, "apply", "base", "--strict").run("true").status() == 0,
        "this host limits no processes");
    assumeTrue(
        !it.guarantee().equals("devices")
            || (user == User.ROOT && Files.exists(Path.of("/dev/loop-control"))),
        "a device that an ordinary user may read is not there everywhere");
    assumeTrue(
        !it.guarantee().equals("capabilities") || user == User.ROOT,
        "an ordinary user has no capability outside either, so the policy has taken none");
    String script = "exec 2>/dev/null; " + filled(it.attempt(), user, home);
    Path report = home.resolve("proj/report");
    Result observed = OwnHome.program(user, home, "why", "base", "--why=" + report).sh(script);
    assertNotEquals(0, observed.status(), "it fails");
    JsonObject line =
        Files.readAllLines(report).stream()
            .map(text -> JsonParser.parseString(text).getAsJsonObject())
            .filter(json -> json.has("guarantee"))
            .filter(json -> json.get("guarantee").getAsString().equals(it.guarantee()))
            .findFirst()
            .orElseThrow(() -> new AssertionError("nothing of `" + it.guarantee() + "`"));
    assertEquals(it.key(), line.getAsJsonObject("line").get("key").getAsString(), line.toString());
    JsonObject fix = line.getAsJsonObject("fix");
    String option = fix.get("option").getAsString();
    if (!option.isEmpty()) {
      String[] words = option.replace("~", home.toString()).split(" ");
      OwnHome.program(user, home, "apply", "base").with(words).sh(script).endsWith(0);
    }
    profile(user, home, "fixed", "extends: base", fix.get("yaml").getAsString());
    OwnHome.program(user, home, "apply", "fixed").sh(script).endsWith(0);
  }

  private static void profile(User user, Path home, String name, String... lines) {
    String file = home + "/.config/hexe-policy/profiles/" + name + ".yaml";
    OwnHome.program(user, home, "apply", "none")
        .sh(
            "mkdir -p \"$(dirname \"$1\")\"; shift 0; printf '%s\\n' \"$2\" \"$3\" >\"$1\"; chmod 644 \"$1\"",
            file, lines[0], lines[1])
        .endsWith(0);
    assertTrue(Files.exists(Path.of(file)));
  }
}
