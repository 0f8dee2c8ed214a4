package dev.hexe.policy.profiles;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.profiles.override.NetworkOverrides;
import dev.hexe.policy.profiles.override.Overrides;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two lines of one file that cannot both hold are refused, with the line. */
class FileContradictionsTest {
  @TempDir Path root;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # the second line of a file | where and what
          network: {allow: [a.example, b.example], deny: [b.example]} | p.yaml:2:30: this is never reached: `deny: b.example` counts over it
          network: {allow: ["a.example:443"], deny: ["*.EXAMPLE"]} | p.yaml:2:19: this is never reached: `deny: *.EXAMPLE` counts over it
          network: {allow: ["10.1.2.3:22"], deny: ["10.0.0.0/8"]} | p.yaml:2:19: this is never reached: `deny: 10.0.0.0/8` counts over it
          network: {allow: ["@github"], deny: ["*"]} | p.yaml:2:19: this is never reached: `deny: *` counts over it
          network: {allow: [a.example], publish: [8080, "8080:80"]} | p.yaml:2:47: port 8080 of the host leads to port 8080 already
          privileges: {capabilities: [chown, "-CAP_CHOWN"]} | p.yaml:2:36: `-CAP_CHOWN` contradicts `chown`
          privileges: {capabilities: ["-kill", keep, kill]} | p.yaml:2:44: `kill` contradicts `-kill`
          syscalls: {allow: [read, mount], deny: [mount]} | p.yaml:2:41 says `syscalls.deny: mount`, but p.yaml:2:26 says `syscalls.allow: mount`
          syscalls: {allow: ["mount(3 == 1)"], deny: ["@mount:kill"]} | says `syscalls.deny: @mount:kill`, but p.yaml:2:20 says `syscalls.allow: mount(3 == 1)`
          syscalls: {deny: ["mount:EACCES", "mount:kill"]} | p.yaml:2:19 says `syscalls.deny: mount:EACCES`, but p.yaml:2:35 says `syscalls.deny: mount:kill`
          environment: {set: {A: 1}, unset: [A]} | p.yaml:2:36 says `environment.unset: A`, but p.yaml:2:21 says `environment.set.A: 1`
          """)
  void areRefused(String line, String expected) {
    String failure = failure("extends: none\n" + line + "\n", Overrides.NONE);
    assertTrue(failure.contains(expected), failure);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "network: {allow: ['*'], deny: [a.example]}",
        "network: {allow: ['a.example:443'], deny: ['a.example:80']}",
        "network: {allow: ['@github'], deny: [github.com]}",
        "network: {allow: [a.example], publish: [8080, '8081:8080', '[::1]:8080:80']}",
        "privileges: {capabilities: [keep, '-chown', kill]}",
        "syscalls: {allow: ['@system-service'], deny: [chown]}",
        "syscalls: {allow: [ioctl], deny: ['ioctl(1 == 0x5412)']}",
        "syscalls: {deny: ['@mount:kill', 'mount:EACCES', 'ioctl(1 == 1):kill', 'ioctl:EACCES']}"
      })
  void exceptionsAreNoContradictions(String line) {
    new Surroundings(root).load("extends: none\n" + line + "\n");
  }

  @Test
  void aNearerFileMayDenyWhatAnotherOneAllows() {
    Surroundings surroundings =
        new Surroundings(root)
            .write("work/base.yaml", "extends: none\nsyscalls: {allow: [read, mount]}\n")
            .write("work/p.yaml", "extends: ./base.yaml\nsyscalls: {deny: [mount]}\n");
    assertDoesNotThrow(() -> surroundings.profiles().load("p.yaml"));
  }

  @Test
  void whatItAllowsOfADeniedCallIsNotDroppedInSilence() {
    Surroundings surroundings =
        new Surroundings(root)
            .write("work/base.yaml", "extends: none\nsyscalls: {deny: [mount]}\n")
            .write("work/p.yaml", "extends: ./base.yaml\nsyscalls: {allow: [read, mount]}\n");
    String failure = surroundings.failure(() -> surroundings.profiles().load("p.yaml"));
    assertTrue(failure.contains("base.yaml:2:19 says `syscalls.deny: mount`"), failure);
    surroundings.write(
        "work/p.yaml",
        "extends: ./base.yaml\nsyscalls: {allow: [read, mount], deny: {only: []}}\n");
    assertDoesNotThrow(() -> surroundings.profiles().load("p.yaml"));
  }

  @Test
  void anOptionThatChangesNothingIsRefused() {
    String text = "extends: none\nnetwork: {allow: [b.example], deny: ['*.a.example']}\n";
    assertEquals(
        """
        `--allow x.a.example` is never reached: `network.deny: *.a.example` counts over it
          help: take that out of the profile, or leave this out""",
        failure(text, network("x.a.example")));
    assertEquals(
        """
        `--allow b.example` is never reached: `--deny *` counts over it
          help: leave out one of the two""",
        failure(text, network("b.example", "*")));
  }

  @Test
  void aProfileAndAnOptionPublishOnePortOnce() {
    NetworkOverrides more =
        new NetworkOverrides(
            Optional.empty(), List.of(), List.of(), List.of("8080:80"), Optional.empty());
    String failure =
        failure(
            "extends: none\nnetwork: {allow: [b.example], publish: [8080]}\n",
            Overrides.NONE.with(more));
    assertTrue(failure.startsWith("port 8080 of the host is published twice\n"), failure);
  }

  private String failure(String text, Overrides overrides) {
    Surroundings surroundings = new Surroundings(root).write("work/p.yaml", text);
    return surroundings.failure(() -> surroundings.profiles().load("p.yaml", overrides));
  }

  private static Overrides network(String allow, String... deny) {
    return Overrides.NONE.with(
        new NetworkOverrides(
            Optional.empty(), List.of(allow), List.of(deny), List.of(), Optional.empty()));
  }
}
