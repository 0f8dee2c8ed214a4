package dev.hexe.policy.conformance.why;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.hexe.policy.conformance.harness.OwnHome;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers of {@code why PATH} are those of the kernel, and what it advises works. */
class WhyPathTest {
  private static final Map<User, Path> HOMES = new EnumMap<>(User.class);

  private static Path home(User user) {
    return HOMES.computeIfAbsent(user, WhyPathTest::made);
  }

  private static Path made(User user) {
    return OwnHome.made(
        user,
        "why-path",
        "umask 022; rm -rf \"$1\"; mkdir -p \"$1/.run\" \"$1/proj/.git/hooks\" \"$1/.local/bin\" \"$1/.ssh\""
            + " && chmod 700 \"$1/.run\" && cd \"$1\" && for f in .npmrc .bashrc .local/bin/tool .ssh/id_rsa notes"
            + " proj/.git/config proj/.git/hooks/pre-commit; do printf '#!/bin/sh\\n' >$f; chmod 755 $f; done");
  }

  private static JsonObject ask(
      User user, Path home, String profile, String path, String operation) {
    JsonObject document =
        JsonParser.parseString(
                OwnHome.program(user, home, "why", path, profile, "--json")
                    .alone()
                    .endsWith(0)
                    .text())
            .getAsJsonObject();
    return document.getAsJsonArray("answers").asList().stream()
        .map(answer -> answer.getAsJsonObject())
        .filter(answer -> answer.get("operation").getAsString().equals(operation))
        .findFirst()
        .orElseThrow();
  }

  private static boolean tried(
      User user, Path home, String profile, String path, String operation, String... fix) {
    String script =
        switch (operation) {
          case "read" -> "exec 2>/dev/null; cat \"$1\" >/dev/null";
          case "write" -> "exec 2>/dev/null; : >>\"$1\"";
          default -> "exec 2>/dev/null; \"$1\"";
        };
    return OwnHome.program(user, home, "apply", profile).with(fix).sh(script, path).status() == 0;
  }

  static Stream<Arguments> questions() {
    return Stream.of(
            "~/.npmrc, read, hidden",
            "~/.ssh/id_rsa, read, hidden",
            "~/.bashrc, write, protected",
            "~/.local/bin/tool, write, protected",
            "~/.local/bin/tool, execute, ",
            "~/proj/.git/config, write, protected",
            "~/notes, write, ",
            "OUTSIDE, read, files",
            "OUTSIDE, write, files")
        .map(line -> line.split(", ", -1))
        .flatMap(
            it ->
                Arrays.stream(User.values()).map(user -> Arguments.of(it[0], it[1], it[2], user)));
  }

  @ParameterizedTest(name = "{1} {0} under sandbox as {3}")
  @MethodSource("questions")
  void theAnswerIsWhatTheKernelDoes(String name, String operation, String guarantee, User user) {
    Requires.namespaces(user);
    check(name, operation, guarantee, "sandbox", user);
  }

  static Stream<Arguments> questionsToLandlock() {
    return Stream.of(
            "~/notes, write, ",
            "OUTSIDE, read, files",
            "OUTSIDE, write, files",
            "OUTSIDE, execute, files")
        .map(line -> line.split(", ", -1))
        .flatMap(
            it ->
                Arrays.stream(User.values()).map(user -> Arguments.of(it[0], it[1], it[2], user)));
  }

  @ParameterizedTest(name = "{1} {0} under isolated as {3}")
  @MethodSource("questionsToLandlock")
  void landlockGivesTheSameAnswers(String name, String operation, String guarantee, User user) {
    Requires.landlock(3);
    check(name, operation, guarantee, "isolated", user);
  }

  private static void check(
      String name, String operation, String guarantee, String profile, User user) {
    Path home = home(user);
    String path =
        name.equals("OUTSIDE")
            ? user.fileOutside("why-tool").toString()
            : name.replace("~", home.toString());
    JsonObject answer = ask(user, home, profile, path, operation);
    boolean allowed = answer.get("allowed").getAsBoolean();
    assertEquals(guarantee.isEmpty(), allowed, answer.toString());
    assertEquals(allowed, tried(user, home, profile, path, operation), answer.toString());
    if (!allowed) {
      assertEquals(guarantee, answer.get("guarantee").getAsString());
      String[] fix =
          answer
              .getAsJsonObject("fix")
              .get("option")
              .getAsString()
              .replace("~", home.toString())
              .split(" ");
      assertFalse(answer.getAsJsonObject("line").get("key").getAsString().isEmpty());
      assertTrue(tried(user, home, profile, path, operation, fix), String.join(" ", fix));
    }
  }

  /** A cache that is used where there is one is not made, and works where it is. */
  @ParameterizedTest
  @EnumSource
  void aCacheThatTheHostDoesNotHaveIsMadeOutside(User user) {
    Requires.namespaces(user);
    Path home = home(user);
    String cache = home + "/.ccache";
    String file = cache + "/file";
    JsonObject answer = ask(user, home, "agent", file, "write");
    assertEquals(
        "(outside: mkdir -p ~/.ccache)",
        answer.getAsJsonObject("fix").get("option").getAsString(),
        answer.toString());
    assertFalse(tried(user, home, "agent", file, "write"));
    Sandbox.none().as(user).sh("mkdir -p \"$1\"", cache).endsWith(0);
    assertTrue(tried(user, home, "agent", file, "write"));
    assertFalse(Files.exists(Path.of(file)), "it is the sandbox's own");
  }

  /** Most package managers fail without one, and so it is the sandbox's own in any home. */
  @ParameterizedTest
  @EnumSource
  void aCacheOfAPackageManagerIsThereInAHomeThatLacksIt(User user) {
    Requires.namespaces(user);
    Path home = home(user);
    String file = home + "/.npm/file";
    JsonObject answer = ask(user, home, "agent", file, "write");
    assertTrue(answer.get("allowed").getAsBoolean(), answer.toString());
    assertFalse(answer.get("host").getAsBoolean(), answer.toString());
    assertTrue(tried(user, home, "agent", file, "write"));
    assertFalse(Files.exists(Path.of(file)), "it is the sandbox's own");
  }
}
