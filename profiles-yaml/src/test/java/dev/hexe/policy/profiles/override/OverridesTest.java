package dev.hexe.policy.profiles.override;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.api.profile.Demand;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Identity;
import dev.hexe.policy.api.profile.Limits;
import dev.hexe.policy.api.profile.Limits.CpuQuota;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.profiles.Surroundings;
import dev.hexe.policy.profiles.library.BuiltIns;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Built-in default, then file, then environment, then command line. */
class OverridesTest {
  @TempDir Path root;
  private Surroundings surroundings;

  @BeforeEach
  void surround() {
    surroundings = new Surroundings(root);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # file | environment | option | pids
                 |             |        | 512
          1      |             |        | 1
          1      | 2           |        | 2
          1      | 2           | 3      | 3
          1      | ''          |        | 1
                 | 2           |        | 2
                 | max         |        |
          1      | max         | 3      | 3
          1      | 2           | max    |
          max    |             |        |
          """)
  void theLaterOneCounts(String file, String environment, String option, Long pids) {
    if (environment != null) {
      surroundings.set("HEXE_CGROUP_PIDS_MAX", environment);
    }
    String limits = file == null ? "" : "limits: {pids: " + file + "}\n";
    surroundings.write("work/p.yaml", "extends: isolated\n" + limits);
    Profile profile = surroundings.profiles().load("p.yaml", pids(option));
    assertEquals(
        pids == null ? OptionalLong.empty() : OptionalLong.of(pids), profile.limits().pids());
  }

  @Test
  void theEnvironmentLimitsEveryProfile() {
    surroundings
        .set("HEXE_CGROUP_MEM_MAX", "512M")
        .set("HEXE_CGROUP_PIDS_MAX", "100")
        .set("HEXE_CGROUP_CPU_MAX", "50000 100000");
    Limits limits =
        new Limits(OptionalLong.of(512 << 20), OptionalLong.of(100), new CpuQuota(50000, 100000));
    for (String name : BuiltIns.NAMES) {
      assertEquals(limits, surroundings.profiles().load(name).limits());
    }
  }

  @Test
  void aBadLimitNamesItsOrigin() {
    assertEquals(
        """
        `--pids`: `none` is not a limit on processes
          help: accepted: a number from 1 to 4194304, or `max`""",
        surroundings.failure(() -> surroundings.profiles().load("none", pids("none"))));
    surroundings.set("HEXE_CGROUP_MEM_MAX", "-1");
    assertEquals(
        """
        `HEXE_CGROUP_MEM_MAX`: `-1` is not a memory limit
          help: accepted: `512M`, `1G`, bytes as in `1073741824`, or `max`""",
        surroundings.failure(() -> surroundings.profiles().load("none")));
  }

  @Test
  void isolatedCanHaveItsOwnUserNamespace() {
    Profile plain = surroundings.profiles().load("isolated");
    Profile own = surroundings.set("HEXE_POD_ISOLATE_USERNS", "1").profiles().load("isolated");
    Map<Guarantee, Demand> demands = new TreeMap<>(plain.demands());
    demands.put(Guarantee.IDENTITY, Demand.PREFERRED);
    demands.put(Guarantee.MOUNTS, Demand.PREFERRED);
    assertEquals(Identity.SELF, own.identity());
    assertEquals(true, own.separation().privateMounts());
    assertEquals(demands, own.demands());
    assertEquals(plain.files(), own.files());
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "minimal", "balanced", "sandbox", "full", "./p.yaml"})
  void noOtherProfileChangesWithIt(String name) {
    surroundings.write("work/p.yaml", "extends: isolated\n");
    Profile plain = surroundings.profiles().load(name);
    surroundings.set("HEXE_POD_ISOLATE_USERNS", "1");
    assertEquals(plain, surroundings.profiles().load(name));
  }

  @Test
  void itsOtherValuesAreRefused() {
    surroundings.set("HEXE_POD_ISOLATE_USERNS", "on");
    assertEquals(
        """
        `on` is not a value of `HEXE_POD_ISOLATE_USERNS`
          help: accepted: `1`, `true`, `0`, `false`, or nothing""",
        surroundings.failure(() -> surroundings.profiles().load("none")));
  }

  @Test
  void pathsOfTheCommandLineAreAdded() {
    surroundings.write("work/sub/file", "").write("home/data/x", "");
    Profile plain = surroundings.profiles().load("full");
    Profile more =
        surroundings
            .profiles()
            .load("full", paths(List.of("sub/../sub/file", "/"), List.of("~/data", "${CWD}")));
    assertEquals(
        List.of(rule("work/sub/file"), PathRule.of("/")),
        more.files().read().stream().filter(rule -> !plain.files().read().contains(rule)).toList());
    assertEquals(
        List.of(rule("home"), rule("home/data"), PathRule.of(PathRule.CWD)), more.files().write());
  }

  @Test
  void pathsOfTheCommandLineMustExist() {
    assertEquals(
        "`--read`: path `gone` does not exist",
        surroundings.failure(
            () -> surroundings.profiles().load("full", paths(List.of("gone"), List.of()))));
    assertEquals(
        "`--write`: path `/ROOT/gone` does not exist",
        surroundings.failure(
            () ->
                surroundings
                    .profiles()
                    .load("full", paths(List.of(), List.of(root.resolve("gone").toString())))));
  }

  private PathRule rule(String path) {
    return PathRule.of(surroundings.path(path).toString());
  }

  private static Overrides pids(String value) {
    return Overrides.of(value == null ? Map.of() : Map.of("--pids", List.of(value)));
  }

  private static Overrides paths(List<String> read, List<String> write) {
    return Overrides.of(Map.of("--read", read, "--write", write));
  }
}
