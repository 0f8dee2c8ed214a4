package dev.hexe.policy.cli.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.host.Fact;
import dev.hexe.policy.api.host.HostFacts;
import dev.hexe.policy.api.host.MissingFeature;
import dev.hexe.policy.api.host.Remedy;
import dev.hexe.policy.cli.Fakes;
import dev.hexe.policy.cli.Screen;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DoctorReportTest {
  @Test
  void whatIsMissingIsToldWithItsFixOnce() {
    Forecast outlook =
        new Forecast(
            "sandbox",
            Verdict.REFUSED,
            Verdict.weakest(Fakes.decide(Fakes.POOR, Fakes.backends())),
            "");
    Diagnosis diagnosis =
        new Diagnosis(
            Fakes.POOR,
            List.of(),
            List.of(new Forecast("none", Verdict.FULL, Optional.empty(), ""), outlook));
    assertEquals(
        """
        hexe-policy development on Linux 6.8.0, uid 1000, gid 1000, 2 supplementary groups

        tried on this host
          ✓ landlock.abi     7  ok       tried
          ✗ namespace.mount     missing  spawn: ENOSPC
          ✗ namespace.uts       missing  spawn: ENOSPC

        missing, and how to mend it
          namespace.mount, namespace.uts
            user namespaces are limited to 0 on this host (/proc/sys/user/max_user_namespaces)
            fix: sysctl -w user.max_user_namespaces=15000

        backends


        built-in profiles on this host
          ✓ none     enforced in full
          ✗ sandbox  refused           weakest: tmp, not enforced""",
        new DoctorReport(diagnosis, new Screen().output).text());
  }

  @Test
  void whatAScriptCanMendIsAnnounced() {
    MissingFeature lack = new MissingFeature("off", "switch it on", Remedy.LANDLOCK_PARAMETER);
    Host host =
        new Host(
            "6.8.0",
            Fakes.USER,
            new HostFacts(List.of(Fact.missing("landlock.abi", "EOPNOTSUPP", lack))));
    String text =
        new DoctorReport(new Diagnosis(host, List.of(), List.of()), new Screen().output).text();
    assertTrue(
        text.contains(
            """
                fix: switch it on
              `hexe-policy doctor --fix` prints a script for this, to be reviewed
            """),
        text);
  }
}
