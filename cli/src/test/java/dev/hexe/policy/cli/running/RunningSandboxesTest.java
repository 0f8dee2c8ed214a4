package dev.hexe.policy.cli.running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.plan.Plan;
import dev.hexe.policy.api.plan.PlanNotes;
import dev.hexe.policy.api.plan.PlanWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a /proc of files, in which everything can be forged. */
class RunningSandboxesTest {
  private static final String MARKS = "Uid:\t7\t7\t7\t7\nGid:\t7\t7\t7\t7\n";
  private static final String FREE = MARKS + "NoNewPrivs:\t0\nSeccomp:\t0\n";
  private static final List<String> PLACES =
      List.of("root", "ns/user", "ns/pid", "ns/mnt", "ns/net");

  @TempDir Path proc;

  @BeforeEach
  void aSupervisorAndTheProcessesOfItsSandbox() throws IOException {
    Files.writeString(proc.resolve("launcher"), "");
    Files.writeString(proc.resolve("uptime"), "100.50 3.20\n");
    for (String place : PLACES) {
      Files.writeString(proc.resolve("host-" + place.replace('/', '-')), "");
    }
    process("self", 1, FREE);
    process("10", 1, FREE);
    Files.createDirectories(proc.resolve("10/fd"));
    Files.createDirectories(proc.resolve("10/fdinfo"));
    Files.write(proc.resolve("10/fd/4"), PlanWriter.write(plan("full")));
    Files.writeString(proc.resolve("10/fdinfo/4"), "pos:\t0\nflags:\t02100000\n");
    Files.writeString(proc.resolve("10/cmdline"), "hexe-policy\0apply\0full\0--\0make\0a b\0");
    process("11", 10, FREE + "NSpid:\t11\t1\nVmRSS:\t  100 kB\n");
    process("12", 11, "NoNewPrivs:\t1\nVmRSS:\t   28 kB\n");
  }

  private static Plan plan(String profile) {
    return new Plan(List.of(PlanNotes.note("profile", profile)));
  }

  private void process(String name, long parent, String status) throws IOException {
    Path directory = Files.createDirectories(proc.resolve(name));
    Files.createDirectories(directory.resolve("ns"));
    Files.writeString(
        directory.resolve("stat"),
        name + " (a) S (b) S " + parent + " 0".repeat(17) + " 9050 0 0\n");
    Files.writeString(directory.resolve("status"), "Name:\tx\n" + status);
    Files.createSymbolicLink(directory.resolve("exe"), proc.resolve("launcher"));
    for (String place : PLACES) {
      Files.createSymbolicLink(
          directory.resolve(place), proc.resolve("host-" + place.replace('/', '-')));
    }
  }

  private List<RunningSandbox> found() {
    return new RunningSandboxes(proc, proc.resolve("launcher")).all();
  }

  private void pointElsewhere(String name) throws IOException {
    Path link = proc.resolve("10").resolve(name);
    Files.delete(link);
    Files.createSymbolicLink(link, Files.createTempFile(proc, "other", ""));
  }

  @Test
  void aSandboxIsFound() {
    assertEquals(List.of(new RunningSandbox(10, 9050)), found());
  }

  @Test
  void theProcessesInsideAreNoSandboxes() {
    assertEquals(List.of(10L), found().stream().map(RunningSandbox::supervisor).toList());
  }

  @Test
  void anotherProgramIsNone() throws IOException {
    pointElsewhere("exe");
    assertEquals(List.of(), found());
  }

  @Test
  void oneInOtherNamespacesIsNone() throws IOException {
    for (String place : PLACES) {
      pointElsewhere(place);
      assertEquals(List.of(), found(), place);
      Files.delete(proc.resolve("10").resolve(place));
      Files.createSymbolicLink(
          proc.resolve("10").resolve(place), proc.resolve("host-" + place.replace('/', '-')));
      assertEquals(1, found().size(), place);
    }
  }

  @Test
  void oneThatMayNotBeLookedIntoIsNone() throws IOException {
    Files.delete(proc.resolve("10/exe"));
    assertEquals(List.of(), found());
  }

  @Test
  void oneThatBearsTheMarksOfASandboxIsNone() throws IOException {
    for (String status :
        List.of(
            FREE.replace("NoNewPrivs:\t0", "NoNewPrivs:\t1"),
            FREE.replace("Seccomp:\t0", "Seccomp:\t2"),
            FREE.replace("Uid:\t7", "Uid:\t8"),
            FREE.replace("Gid:\t7", "Gid:\t8"),
            "")) {
      Files.writeString(proc.resolve("10/status"), "Name:\tx\n" + status);
      assertEquals(List.of(), found(), status);
    }
  }

  @Test
  void aNameCannotAddAMark() throws IOException {
    Files.writeString(
        proc.resolve("10/status"),
        "Name:\tx\\nNoNewPrivs:\\t0\n" + FREE.replace("NoNewPrivs:\t0", "NoNewPrivs:\t1"));
    assertEquals(List.of(), found());
  }

  @Test
  void withoutAChildItIsNotASandboxYet() throws IOException {
    process("13", 1, FREE);
    Files.writeString(proc.resolve("11/stat"), "11 (a) S 1" + " 0".repeat(17) + " 9050 0 0\n");
    assertEquals(List.of(), found());
  }

  @Test
  void aPlanThatWasInheritedIsNotItsPlan() throws IOException {
    Files.writeString(proc.resolve("10/fdinfo/4"), "pos:\t0\nflags:\t0100000\n");
    assertEquals(List.of(), found());
  }

  @Test
  void whatIsNoPlanIsPassedOver() throws IOException {
    Files.writeString(proc.resolve("10/fd/3"), "HEXEPLAN and more");
    Files.writeString(proc.resolve("10/fdinfo/3"), "flags:\t02100000\n");
    assertEquals(1, found().size());
    Files.writeString(proc.resolve("10/fd/4"), "");
    assertTrue(found().isEmpty());
  }
}
