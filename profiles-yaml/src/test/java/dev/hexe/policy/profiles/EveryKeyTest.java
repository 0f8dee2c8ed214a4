package dev.hexe.policy.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.profiles.override.Overrides;
import dev.hexe.policy.profiles.reader.Key;
import dev.hexe.policy.profiles.setting.ProfileKeys;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A wish for each key there is changes the profile, and is told with its place. */
class EveryKeyTest {
  /** What a profile says of itself. */
  private static final Set<String> TITLES = Set.of("profile", "summary", "extends");

  private static final String BASE =
      "files: {unlisted: absent, tmp: {private: 1M}, devices: minimal}\nenvironment: {clear: true}\nlimits: {time: 9m}\nipc: private\n";

  private static final Map<String, String> WISHES = wishes();

  @TempDir Path root;

  private static Map<String, String> wishes() {
    return Stream.of(
            "identity: root",
            "files.unlisted: denied",
            "files.read: [/a]",
            "files.read-if-present: [/a]",
            "files.write: [/a]",
            "files.write-if-present: [/a]",
            "files.list: [/a]",
            "files.list-if-present: [/a]",
            "files.tmp: host",
            "files.shm: {private: 2M}",
            "files.home: {private: 2M}",
            "files.caches: [/a]",
            "files.caches-if-present: [/a]",
            "files.own-caches: [/a]",
            "files.fresh-caches: true",
            "files.devices: host",
            "protect: [/a]",
            "hide: [/a]",
            "environment.clear: false",
            "environment.keep: [A]",
            "environment.unset: [A]",
            "environment.set: {A: b}",
            "files.root: /r",
            "files.bind: ['/a:/b']",
            "files.bind-if-present: ['/a:/b']",
            "files.bind-read-only: ['/a:/b']",
            "files.bind-read-only-if-present: ['/a:/b']",
            "files.overlays: ['/a:/b:/o']",
            "files.tmpfs: [/t]",
            "files.directories: [/d]",
            "files.symlinks: ['x:/s']",
            "files.contents: [{at: /x, text: hello}]",
            "files.message-queues: [/q]",
            "files.read-only: [/a]",
            "files.no-execute: [/a]",
            "git.config: writable",
            "processes.others: invisible",
            "processes.reach-others: denied",
            "processes.pid: kept",
            "start.argv0: x",
            "start.umask: 027",
            "start.nice: 3",
            "start.cwd: /a",
            "start.pass-fds: [7]",
            "start.die-with-parent: true",
            "start.lock-files: [/a]",
            "start.state: {x: /a}",
            "network: none",
            "ipc: host",
            "terminal: safe",
            "hostname: here",
            "cgroups: private",
            "mounts: private",
            "privileges.gain: never",
            "privileges.capabilities: none",
            "privileges.user-namespaces: none",
            "privileges.nesting: allowed",
            "privileges.deny-system-calls: [bpf]",
            "syscalls.allow: [read]",
            "syscalls.deny: [bpf]",
            "syscalls.otherwise: kill",
            "syscalls.filters: [/a]",
            "syscalls.filter-fds: [7]",
            "limits.memory: 1G",
            "limits.pids: 7",
            "limits.cpu: 50%",
            "limits.memory-high: 1M",
            "limits.cpu-weight: 7",
            "limits.cpus: 0",
            "limits.io-weight: 7",
            "limits.io: ['8:0 read=1M']",
            "limits.rlimits: {nofile: 99}",
            "limits.time: 1m",
            "limits.grace: 3s",
            "demand: {files: preferred}")
        .map(wish -> wish.split(": ", 2))
        .collect(
            Collectors.toMap(
                wish -> wish[0], wish -> wish[1], (one, other) -> one, LinkedHashMap::new));
  }

  @Test
  void noKeyIsLeftOut() {
    Set<String> keys =
        ProfileKeys.ALL.stream()
            .map(Key::path)
            .filter(path -> !TITLES.contains(path))
            .collect(Collectors.toSet());
    assertEquals(keys, WISHES.keySet());
  }

  static Stream<String> keys() {
    return WISHES.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aWishChangesTheProfileAndIsToldWithItsPlace(String key) {
    Surroundings surroundings =
        new Surroundings(root)
            .write("work/base.yaml", BASE)
            .write("work/a/p.yaml", "extends: ../base.yaml\nsummary: x\n")
            .write("work/b/p.yaml", "extends: ../base.yaml\nsummary: x\n" + yaml(key));
    Profile without = surroundings.profiles().load("a/p.yaml");
    ResolvedProfile with = surroundings.profiles().resolve("b/p.yaml", Overrides.NONE);
    assertNotEquals(without.toString(), with.profile().toString(), key);
    assertTrue(
        with.provenance().effective().stream()
            .anyMatch(
                it -> it.key().startsWith(key) && it.origin().text().startsWith("b/p.yaml:3:")),
        key);
  }

  private static String yaml(String key) {
    String context =
        switch (key) {
          case "syscalls.otherwise" -> "syscalls: {allow: [read], otherwise: kill}\n";
          case "files.fresh-caches" -> "files: {own-caches: [/a], fresh-caches: true}\n";
          case "start.state" -> "start: {state: {x: /a}}\nfiles: {write-if-present: [/a]}\n";
          case "git.config" ->
              "git: {config: writable}\nprotect: [\"${CWD}/.git/hooks\"]\n"; // of which it frees
          // nothing
          default -> "";
        };
    if (!context.isEmpty()) {
      return context;
    }
    int dot = key.indexOf('.');
    return dot < 0
        ? key + ": " + WISHES.get(key) + "\n"
        : key.substring(0, dot) + ": {" + key.substring(dot + 1) + ": " + WISHES.get(key) + "}\n";
  }
}
