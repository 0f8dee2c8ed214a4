package dev.hexe.policy.conformance.policies;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.EnvironmentActions;
import dev.hexe.policy.api.plan.Plan;
import dev.hexe.policy.api.plan.PlanNotes;
import dev.hexe.policy.api.plan.PlanWriter;
import dev.hexe.policy.api.plan.RestrictionActions;
import dev.hexe.policy.conformance.attacks.Attack;
import dev.hexe.policy.conformance.attacks.Way;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Result;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.User;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A plan that is handed over as a file runs only if nobody else can have had a hand in it. */
class PlanFilesTest {
  private static byte[] plan(Action... more) {
    Action[] actions = {
      RestrictionActions.noNewPrivileges(), EnvironmentActions.closeDescriptors(3)
    };
    return PlanWriter.write(
        Plan.inPhases(Stream.concat(Arrays.stream(actions), Arrays.stream(more))));
  }

  private static Path file(User owner, byte[] bytes) throws Exception {
    Path file = owner.fileOutside("plan");
    Files.write(file, bytes);
    return file;
  }

  private static Result run(User user, Path plan) {
    return Sandbox.program("run", plan.toString()).as(user).run("echo", "ran");
  }

  @ParameterizedTest
  @EnumSource
  void aGoodOneRuns(User user) throws Exception {
    run(user, file(user, plan())).prints("ran");
  }

  @ParameterizedTest
  @EnumSource
  void oneOfRootRunsForEverybody(User user) throws Exception {
    Requires.root();
    run(user, file(User.ROOT, plan())).prints("ran");
  }

  @Attack(value = Way.FOREIGN_PLANS, design = "no design")
  @Test
  void oneOfSomebodyElseIsRefused() throws Exception {
    run(User.ROOT, file(User.ORDINARY, plan())).refuses("belongs to another user");
  }

  @ParameterizedTest
  @ValueSource(ints = {0666, 0664, 0777})
  void oneThatOthersCouldWriteIsRefused(int mode) throws Exception {
    Path file = file(User.ORDINARY, plan());
    Files.setAttribute(file, "unix:mode", mode);
    run(User.ORDINARY, file).refuses("can be written by others", "help: ");
  }

  @Test
  void aSymlinkIsRefused() throws Exception {
    Path link = User.ORDINARY.outside().resolve("link-to-a-plan");
    Files.createSymbolicLink(link, file(User.ORDINARY, plan()));
    run(User.ORDINARY, link).refuses("cannot open the plan `" + link + "`");
    Files.delete(link);
  }

  @Test
  void whatIsNoRegularFileIsRefused() {
    run(User.ORDINARY, User.ORDINARY.outside()).refuses("is not a regular file");
    run(User.ORDINARY, Path.of("/dev/null")).refuses("is not a regular file");
    run(User.ORDINARY, Path.of("/no/such")).refuses("cannot open the plan `/no/such`");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 32, 40})
  void aTruncatedOneIsRefused(int length) throws Exception {
    run(User.ORDINARY, file(User.ORDINARY, Arrays.copyOf(plan(), length)))
        .refuses("cannot use the plan");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8, 12, 16, 24, 28, 32, 34, 36, 40})
  void aDamagedOneIsRefused(int offset) throws Exception {
    byte[] bytes = plan();
    bytes[offset] ^= 0x40;
    run(User.ORDINARY, file(User.ORDINARY, bytes)).refuses("cannot use the plan");
  }

  @Test
  void aForeignFileIsRefused() {
    run(User.ORDINARY, Path.of("/etc/passwd")).refuses("cannot use the plan `/etc/passwd`");
  }

  @Test
  void oneWithSomethingBehindItsEndIsRefused() throws Exception {
    byte[] bytes = plan();
    run(User.ORDINARY, file(User.ORDINARY, Arrays.copyOf(bytes, bytes.length + 8)))
        .refuses("cannot use the plan");
  }

  @Test
  void oneForOtherFilesThanThereAreNowIsRefused() throws Exception {
    run(User.ORDINARY, file(User.ORDINARY, plan(PlanNotes.depends("/etc/passwd", 1, 1, 1, 1, 1))))
        .refuses("`/etc/passwd` has changed", "help: ");
    run(User.ORDINARY, file(User.ORDINARY, plan(PlanNotes.depends("/no/such", 0, 0, 0, 0, 0))))
        .prints("ran");
  }

  @Test
  void theCommandIsNotRunWithoutDashes() throws Exception {
    Path file = file(User.ORDINARY, plan());
    Sandbox.program("run", file.toString(), "echo", "ran").alone().refuses("`--`");
    Sandbox.program("run", file.toString(), "--").alone().refuses("`--`");
    assertEquals(125, Sandbox.program("run").alone().status());
  }
}
