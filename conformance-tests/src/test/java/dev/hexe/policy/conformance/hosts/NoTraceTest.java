package dev.hexe.policy.conformance.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.conformance.attacks.Attack;
import dev.hexe.policy.conformance.attacks.Way;
import dev.hexe.policy.conformance.harness.Host;
import dev.hexe.policy.conformance.harness.Setting;
import dev.hexe.policy.conformance.harness.Shipped;
import dev.hexe.policy.conformance.harness.User;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The host is after a run what it was before. */
@Isolated("compares directories that other tests write to")
class NoTraceTest {
  @Attack(Way.GHOSTS)
  @Test
  void theHostsMountsAreWhatTheyWere() {
    List<String> before = Host.lines(Path.of("/proc/self/mountinfo"));
    Shipped.FULL.as(User.ROOT).sh("true").endsWith(0);
    Shipped.BALANCED.as(User.ROOT).sh("true").endsWith(0);
    assertEquals(before, Host.lines(Path.of("/proc/self/mountinfo")));
  }

  @Attack(Way.GHOSTS)
  @ParameterizedTest
  @MethodSource("dev.hexe.policy.conformance.harness.Setting#all")
  void nothingIsMadeOnTheHost(Setting setting) {
    setting.sandbox().sh("true").endsWith(0); // makes the directories of its own, once
    List<String> places = List.of("/", "/tmp", "/home", "/run", "/dev", setting.user().home() + "");
    List<Set<String>> before = places.stream().map(NoTraceTest::entries).toList();
    setting.sandbox().sh("true").endsWith(0);
    assertEquals(before, places.stream().map(NoTraceTest::entries).toList());
  }

  private static Set<String> entries(String directory) {
    Set<String> names = new TreeSet<>();
    String[] listed = new File(directory).list();
    names.addAll(Arrays.asList(listed == null ? new String[0] : listed));
    names.removeIf(name -> directory.equals("/tmp") && !name.startsWith("hexe-policy"));
    return names;
  }
}
