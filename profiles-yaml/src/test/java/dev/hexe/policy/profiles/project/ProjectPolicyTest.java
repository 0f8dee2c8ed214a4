package dev.hexe.policy.profiles.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.profiles.Profiles;
import dev.hexe.policy.profiles.Surroundings;
import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.library.ProfileSelection.Choice;
import dev.hexe.policy.profiles.override.Overrides;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A project's own policy: trusted as it is, and narrower than the profile. */
class ProjectPolicyTest {
  @TempDir Path root;
  private Surroundings files;
  private Path file;

  @BeforeEach
  void surround() {
    files = new Surroundings(root);
    file = root.resolve("work/.hexe-policy.yaml");
  }

  private ProfileContext context(Path cwd) {
    return new ProfileContext(
        root.resolve("home"), "ada", cwd, Map.of(), List.of(root.resolve("user/profiles")));
  }

  private Profile load(String profile) {
    return new Profiles(context(root.resolve("work")))
        .resolve(new Choice("profile", profile), Overrides.NONE, true)
        .profile();
  }

  private void trust(String text) {
    files.write("work/.hexe-policy.yaml", text);
    TrustedFiles.of(context(root)).trust(file, text);
  }

  @Test
  void nothingIsUsedThatNobodyTrusts() {
    files.write("work/.hexe-policy.yaml", "network: none\n");
    String help = "\n  help: `hexe-policy trust` shows it and asks; `--no-project` does without it";
    assertEquals(
        "`/ROOT/work/.hexe-policy.yaml` is the policy of this project, and you have not trusted it"
            + help,
        files.failure(() -> load("sandbox")));
    trust("network: none\n");
    assertTrue(load("sandbox").separation().noNetwork());
    files.write("work/.hexe-policy.yaml", "network: none\n# and more\n");
    assertEquals(
        "`/ROOT/work/.hexe-policy.yaml` has changed since you trusted it" + help,
        files.failure(() -> load("sandbox")));
    assertTrue(TrustedFiles.of(context(root)).forget(file));
    assertTrue(files.failure(() -> load("sandbox")).contains("you have not trusted it"));
  }

  @Test
  void aNameThatWouldBeTwoEntriesIsNotTrusted() {
    Path odd = root.resolve("a\n" + "0".repeat(64) + " " + file);
    TrustedFiles trusted = TrustedFiles.of(context(root));
    assertTrue(files.failure(() -> trusted.trust(odd, "")).contains("has a newline in its name"));
    assertEquals(Map.of(), trusted.all());
    Path returned = root.resolve("a\r" + "0".repeat(64) + " " + file);
    trusted.trust(returned, "");
    assertEquals(Set.of(returned), trusted.all().keySet());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limits: {memory: 1G, pids: 5}",
        "hide: [.env]",
        "protect: [package.json]",
        "network: none",
        "network: {allow: [a.example]}",
        "files: {write: {only: [~/sub]}}",
        "files: {tmp: {private: 1M}}",
        "environment: {unset: [TOKEN]}",
        "environment: {set: {CI: 'true'}}",
        "privileges: {deny-system-calls: [chmod]}",
        "demand: {hostname: required}",
        "syscalls: {deny: [ptrace]}",
        "when: [{if: {memory: '>1M'}, network: none}]",
        "variables: {x: .env}\nhide: ['${x}']",
      })
  void whatTakesAwayIsTaken(String text) {
    trust(text + "\n");
    Profile with = load("sandbox");
    Profile without = new Profiles(context(root.resolve("work"))).load("sandbox");
    assertTrue(!with.equals(without), text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "full | network: host",
        "full | network: {allow: [a.example]}",
        "sandbox | files: {write: [/srv]}",
        "sandbox | files: {read: [/root]}",
        "sandbox | files: {unlisted: allowed}",
        "sandbox | files: {tmp: host}",
        "sandbox | files: {tmp: {private: 1G}}",
        "sandbox | files: {devices: host}",
        "sandbox | files: {bind: ['/etc/shadow:/x']}",
        "sandbox | files: {write: [~/.bashrc]}",
        "sandbox | files: {read: [~/.ssh]}",
        "sandbox | protect: []",
        "sandbox | hide: []",
        "sandbox | privileges: {nesting: allowed, user-namespaces: allowed}",
        "sandbox | privileges: {capabilities: keep}",
        "sandbox | privileges: {gain: allowed}",
        "sandbox | processes: {others: visible}",
        "sandbox | processes: {reach-others: allowed}",
        "sandbox | ipc: host",
        "full | cgroups: host",
        "sandbox | terminal: host",
        "sandbox | mounts: host",
        "sandbox | identity: root",
        "sandbox | start: {pass-fds: [5]}",
        "sandbox | start: {state: {x: /tmp/x}}",
        "sandbox | demand: {default: preferred}",
        "sandbox | demand: {network: {required: partial}}",
        "isolated | limits: {pids: max}",
        "isolated | limits: {pids: 513}",
        "full | privileges: {deny-system-calls: {only: []}}",
      })
  void whatGivesIsRefused(String profile, String text) {
    trust(text + "\n");
    String told = files.failure(() -> load(profile));
    assertTrue(
        told.contains("allows more than the profile `" + profile + "`")
            || told.contains("would allow more in")
            || told.contains("a demand on `network` has no effect"),
        told);
  }

  @Test
  void itsPlaceIsTold() {
    trust("network: host\n");
    assertEquals(
        """
        /ROOT/work/.hexe-policy.yaml:1:10: `network: host` allows more than the profile `full`
            network: host
                     ^
          help: a project's file can only take away; say it in a profile of your own""",
        files.failure(() -> load("full")));
  }

  @Test
  void itExtendsNothing() {
    trust("extends: none\n");
    assertTrue(files.failure(() -> load("full")).contains("`extends` is not for a project's file"));
  }

  @Test
  void theNearestOneAboveCounts() {
    trust("limits: {pids: 5}\n");
    files.write("work/deep/x", "");
    Profiles profiles = new Profiles(context(root.resolve("work/deep")));
    assertEquals(
        OptionalLong.of(5),
        profiles
            .resolve(new Choice("profile", "sandbox"), Overrides.NONE, true)
            .profile()
            .limits()
            .pids());
    assertTrue(profiles.consulted().contains(file));
    assertTrue(profiles.consulted().contains(root.resolve("user/trusted")));
  }

  @Test
  void oneThatAnybodyCouldHavePutThereIsPassedOver() throws Exception {
    files.write("work/.hexe-policy.yaml", "network: none\n");
    Files.setPosixFilePermissions(
        root.resolve("work"), PosixFilePermissions.fromString("rwxrwxrwx"));
    Profiles profiles = new Profiles(context(root.resolve("work")));
    List<String> remarks =
        profiles
            .resolve(new Choice("profile", "sandbox"), Overrides.NONE, true)
            .provenance()
            .remarks();
    assertEquals(
        List.of(file + " is not used: everybody can write the directory it is in"), remarks);
  }
}
