package dev.hexe.policy.backend.namespaces.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.host.Findings;
import dev.hexe.policy.api.host.HostReader;
import dev.hexe.policy.api.host.Outcome;
import dev.hexe.policy.api.host.Probe;
import dev.hexe.policy.api.plan.Action;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The subordinate ids that are tried. */
class SubordinateIdsTest {
  private static final Caller ORDINARY = new Caller(1000, 1001, Set.of(), 0);
  private static final Caller ROOT = new Caller(0, 0, Set.of(), -1);

  @ParameterizedTest
  @CsvSource({
    "me:100000:65536, 100000",
    "1000:200000:65536, 200000",
    "other:100000:65536, 1",
    "me:100000:1000, 1",
    "me:100000:1000 me:300000:65535, 300000",
    "me:many:65536, 1",
    "me:100000, 1"
  })
  void theFirstRangeThatIsLargeEnoughIsTried(String lines, long start) {
    List<Probe> probes = SubordinateIds.probes(ORDINARY, reader(lines.replace(' ', '\n')));
    Action maps = probes.get(0).actions().get(1);
    assertEquals("0 1000 1\n1 " + start + " 65535", maps.operands().get(0).toString());
    assertEquals("0 1001 1\n1 " + start + " 65535", maps.operands().get(1).toString());
    assertTrue(maps.operands().get(2).toString().startsWith("/usr/bin/newuidmap:"));
    assertEquals(Long.toString(start), maps.operands().get(4).toString());
  }

  @Test
  void rootNeedsNeitherALineNorAProgram() {
    Action maps = SubordinateIds.probes(ROOT, path -> Optional.empty()).get(1).actions().get(1);
    assertEquals("0 0 1\n1 524288 65535", maps.operands().get(0).toString());
    assertEquals("", maps.operands().get(3).toString());
  }

  @Test
  void whoOnlyLooksLikeRootDoes() {
    Caller powerless = new Caller(0, 0, Set.of(), 0);
    Action maps = SubordinateIds.probes(powerless, reader("me:9:65536")).get(0).actions().get(1);
    assertTrue(maps.operands().get(2).toString().startsWith("/usr/bin/newuidmap:"));
  }

  @ParameterizedTest
  @CsvSource({"ENOENT, newuidmap and newgidmap", "EPERM, this user has no 65"})
  void itIsSaidWhatIsMissing(String errno, String reason) {
    Findings findings =
        new Findings(
            Map.of(SubordinateIds.UIDS, Outcome.failure("id-maps", errno)),
            path -> Optional.empty());
    String told = SubordinateIds.lack(findings, SubordinateIds.UIDS).reason();
    assertTrue(told.startsWith(reason), told);
  }

  private static HostReader reader(String lines) {
    return path ->
        switch (path) {
          case "/etc/passwd" -> Optional.of("root:x:0:0::/:\nme:x:1000:1000::/home/me:\n");
          case "/etc/subuid", "/etc/subgid" -> Optional.of(lines);
          default -> Optional.empty();
        };
  }
}
