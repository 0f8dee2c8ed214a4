package dev.hexe.policy.verification.checks;

import static dev.hexe.policy.api.testing.ProfileBuilder.everything;
import static dev.hexe.policy.api.testing.ProfileBuilder.profile;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.decision.Decisions;
import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.profile.Demand;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.IoLimit;
import dev.hexe.policy.api.profile.Limits;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.api.testing.ProfileBuilder;
import dev.hexe.policy.verification.act.Check;
import dev.hexe.policy.verification.environment.Disks;
import dev.hexe.policy.verification.environment.HostNetwork;
import dev.hexe.policy.verification.environment.TestEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChecksTest {
  private static final Limits LARGE =
      new Limits(OptionalLong.of(1L << 40), OptionalLong.of(1L << 22), null);
  private static final Path CANARY = Path.of("/elsewhere/canary");

  @TempDir Path directory;

  private TestEnvironment scene(Optional<Path> canary) {
    return new TestEnvironment(
        new Caller(1000, 1000, Set.of(), 0),
        11,
        22,
        Map.of("process", "4711", "address", "4096", "abstract", "name", "segment-key", "5"),
        canary,
        Path.of("/tmp/outside"),
        directory,
        List.of(),
        "0-3",
        new Disks(List.of(directory)),
        HostNetwork.HERE,
        name -> name.equals("bpf") ? OptionalInt.of(321) : OptionalInt.empty());
  }

  private List<Check> trials(Profile profile) {
    return trials(profile, Optional.of(CANARY));
  }

  private List<Check> trials(Profile profile, Optional<Path> canary) {
    Decisions undecided =
        new Decisions(
            profile.guarantees().stream()
                .map(
                    each ->
                        new Decision(each, Demand.REQUIRED, Optional.empty(), List.of(), List.of()))
                .toList());
    return new Checks(profile, scene(canary)).of(undecided);
  }

  private static List<String> acts(List<Check> trials, Guarantee guarantee) {
    return trials.stream()
        .filter(trial -> trial.guarantee().equals(guarantee))
        .map(trial -> trial.act().text() + ": " + trial.expectation().words())
        .toList();
  }

  @Test
  void whatIsNotPromisedIsNotTried() {
    assertEquals(List.of(), trials(profile().build()));
  }

  @ParameterizedTest
  @MethodSource("dev.hexe.policy.api.profile.Guarantee#builtIn")
  void everyGuaranteeIsTried(Guarantee guarantee) {
    ProfileBuilder builder = everything(Unlisted.ABSENT);
    if (guarantee.equals(Guarantee.DESTINATIONS)) {
      builder.allow(); // instead of none at all
    }
    Profile profile = builder.build();
    assertTrue(profile.asksFor(guarantee), "the profile asks for everything");
    assertFalse(acts(trials(profile), guarantee).isEmpty());
  }

  @Test
  void absentFilesAreNotEvenSeen() {
    List<String> acts = acts(trials(profile().unlisted(Unlisted.ABSENT).build()), Guarantee.FILES);
    assertTrue(acts.contains("stat /elsewhere/canary/secret: absent"), acts::toString);
    assertTrue(acts.contains("connect-unix /elsewhere/canary/socket: absent"), acts::toString);
  }

  @Test
  void deniedFilesMayBeSeen() {
    List<String> acts = acts(trials(profile().unlisted(Unlisted.DENIED).build()), Guarantee.FILES);
    assertTrue(acts.contains("open-read /elsewhere/canary/secret: denied"), acts::toString);
    assertTrue(acts.stream().noneMatch(act -> act.startsWith("stat ")), acts::toString);
  }

  @Test
  void withoutAPlaceForACanaryItIsSaidSo() {
    List<Check> trials = trials(profile().unlisted(Unlisted.DENIED).build(), Optional.empty());
    assertFalse(trials.get(0).act().canBeTried());
    assertFalse(trials.get(0).reason().isEmpty());
  }

  @Test
  void whatIsListedForReadingIsReadAndNotWritten() throws IOException {
    Path file = Files.createFile(directory.resolve("a-file"));
    List<Check> trials =
        trials(profile().unlisted(Unlisted.DENIED).read(directory.toString()).build());
    assertTrue(acts(trials, Guarantee.FILES).contains("open-read " + file + ": allowed"));
    assertTrue(
        acts(trials, Guarantee.READ_ONLY)
            .containsAll(
                List.of(
                    "open-write " + file + ": denied",
                    "create-file " + directory + "/.hexe-verify-new: denied")));
  }

  @Test
  void whatIsLaidOutIsTriedForWhatItIs() throws IOException {
    Path file = Files.createFile(directory.resolve("a-file"));
    Profile profile =
        profile()
            .fixture(new MountEntry.Bind(directory.toString(), "/read", false, false))
            .fixture(new MountEntry.Tmpfs("/small", 1 << 20, 0755))
            .fixture(new MountEntry.Tmpfs("/sealed", 1 << 20, 0755))
            .fixture(new MountEntry.Bind(directory + "/none", "/none", false, true))
            .readOnly("/sealed")
            .noExecute("/small")
            .build();
    assertEquals(
        List.of(
            "stat /read: allowed",
            "create-file /read/.hexe-verify-new: denied",
            "remount-writable /read: denied",
            "open-write /read/" + file.getFileName() + ": denied",
            "truncate /read/" + file.getFileName() + ": denied",
            "create-file /small/.hexe-verify-new: allowed",
            "unmount /small: denied",
            "fill /small 2097152: limited",
            "stat /sealed: allowed",
            "create-file /sealed/.hexe-verify-new: denied",
            "remount-writable /sealed: denied"),
        acts(trials(profile), Guarantee.LAYOUT));
    assertEquals(
        List.of("execute-new /small/.hexe-verify-new: denied"),
        acts(trials(profile), Guarantee.NO_EXECUTE));
  }

  @Test
  void theWorkingDirectoryIsWritten() {
    List<Check> trials = trials(profile().unlisted(Unlisted.DENIED).write(PathRule.CWD).build());
    assertTrue(
        acts(trials, Guarantee.FILES)
            .contains("create-file " + directory + "/.hexe-verify-new: allowed"));
  }

  @Test
  void systemCallsAreTriedByTheirNumbers() {
    List<Check> trials = trials(profile().denySystemCalls("bpf", "no_number_here").build());
    assertEquals(List.of("call", "321"), trials.get(0).act().words());
    assertEquals("call bpf", trials.get(0).act().text());
    assertFalse(trials.get(1).act().canBeTried());
  }

  @Test
  void limitsThatAreTooLargeAreNotTried() {
    Profile profile = profile().limits(LARGE).build();
    assertTrue(trials(profile).stream().noneMatch(trial -> trial.act().canBeTried()));
  }

  private static Limits limits(String cpus, List<IoLimit> io, OptionalLong time) {
    OptionalLong none = OptionalLong.empty();
    return new Limits(none, none, none, null, none, cpus, none, io, time, 100);
  }

  @Test
  void aProcessorThatIsNotListedIsTried() {
    Profile listed = profile().limits(limits("0-1,3", List.of(), OptionalLong.empty())).build();
    assertEquals(
        List.of("processors: among `0-1,3`", "run-on 2: denied"),
        acts(trials(listed), Guarantee.CPUS));
    Profile all = profile().limits(limits("0-7", List.of(), OptionalLong.empty())).build();
    assertFalse(trials(all).get(1).act().canBeTried());
  }

  @Test
  void aTimeLimitIsOutlived() {
    Profile hour = profile().limits(limits("", List.of(), OptionalLong.of(3_600_000))).build();
    assertEquals(
        List.of("outlive the limit, shortened for this: limited"),
        acts(trials(hour), Guarantee.TIME));
  }

  @Test
  void diskLimitsThatCannotBeTriedSayWhy() {
    OptionalLong slow = OptionalLong.of(4096);
    IoLimit elsewhere =
        new IoLimit("999:0", slow, OptionalLong.empty(), OptionalLong.empty(), slow);
    List<Check> trials =
        trials(profile().limits(limits("", List.of(elsewhere), OptionalLong.empty())).build());
    assertEquals(
        List.of("read-direct on 999:0", "write-direct on 999:0"),
        trials.stream().map(trial -> trial.act().text()).toList());
    assertTrue(trials.stream().noneMatch(trial -> trial.reason().isEmpty()));
  }

  @Test
  void whatIsListedBelowTmpIsAnEntryOfIt() throws IOException {
    Path other = Files.createDirectories(directory.resolve("other"));
    Profile profile =
        profile()
            .unlisted(Unlisted.ABSENT)
            .tmp(1 << 20)
            .write(directory.toString(), other.toString())
            .build();
    Decisions mounted =
        new Decisions(
            List.of(
                new Decision(
                    Guarantee.TMP,
                    Demand.REQUIRED,
                    Optional.of(
                        Mechanism.named("tmpfs", Guarantee.TMP, Strength.FULL)
                            .rule("a rule")
                            .build()),
                    List.of(),
                    List.of())));
    assertTrue(directory.startsWith("/tmp"), "a temporary directory of this test's");
    List<String> acts =
        acts(new Checks(profile, scene(Optional.of(CANARY))).of(mounted), Guarantee.TMP);
    assertTrue(acts.contains("entries /tmp: `1`"), acts::toString);
  }
}
