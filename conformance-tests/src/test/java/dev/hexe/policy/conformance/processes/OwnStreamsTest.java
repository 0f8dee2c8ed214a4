package dev.hexe.policy.conformance.processes;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Result;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.User;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Standard output and standard error can be named as files, whoever has made what they lead to. An
 * ordinary user's are pipes of root here, which that user could not open by their names.
 */
class OwnStreamsTest {
  private static Sandbox program(User user, String... arguments) {
    Requires.namespaces(user);
    return Sandbox.program(arguments).as(user);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(User.class)
  void aPlanATestReportAndAProfileAreWrittenThere(User user) {
    String plan = program(user, "compile", "none", "-o", "/dev/stdout").alone().endsWith(0).text();
    assertTrue(plan.startsWith("HEXEPLAN"), plan);
    program(user, "verify", "none", "--junit=/dev/fd/2").alone().complains("<testsuite");
    String profile =
        program(user, "import", "--from=bwrap", "-", "-o", "/dev/stdout")
            .fed("bwrap --ro-bind /usr /usr --unshare-all true\n")
            .alone()
            .text();
    assertTrue(profile.contains("network: none"), profile);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(User.class)
  void aReportOfRefusalsGoesThere(User user) {
    String file = user.fileOutside("not-to-be-seen").toString();
    String script = "cat \"$1\" 2>/dev/null; echo ran";
    Result out = program(user, "why", "full", "--why=/dev/stdout").sh(script, file).endsWith(0);
    assertTrue(out.text().startsWith("ran\n{"), out::toString);
    assertTrue(out.text().contains("\"path\":\"" + file + "\""), out::toString);
    program(user, "why", "full", "--why=/proc/self/fd/2")
        .sh(script, file)
        .prints("ran")
        .complains("\"path\":\"" + file + "\"");
  }
}
