package dev.hexe.policy.profiles.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.profile.SystemCalls.Comparison;
import dev.hexe.policy.api.profile.SystemCalls.Operator;
import dev.hexe.policy.api.profile.SystemCalls.Reaction;
import dev.hexe.policy.api.profile.SystemCalls.Wish;
import dev.hexe.policy.profiles.yaml.ProfileException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SystemCallFormatsTest {
  @Test
  void anEntryHasANameComparisonsAndAReaction() {
    Wish wish = SystemCallFormats.denied("ioctl(1 == 0x5412 and 0 & 0xf == 3):EACCES");
    assertEquals(List.of("ioctl"), wish.names());
    assertEquals(new Reaction(Reaction.Kind.ERRNO, 13), wish.reaction());
    assertEquals(
        List.of(
            new Comparison(1, Operator.EQ, 0, 0x5412), new Comparison(0, Operator.MASKED, 0xf, 3)),
        wish.comparisons());
  }

  @Test
  void aGroupHoldsTheGroupsInIt() {
    Wish wish = SystemCallFormats.allowed("@system-service");
    assertTrue(wish.group());
    assertTrue(wish.names().containsAll(List.of("execve", "socket", "openat", "clone3")));
    assertTrue(wish.names().stream().noneMatch(List.of("mount", "ptrace", "reboot")::contains));
    assertTrue(wish.names().stream().noneMatch(name -> name.startsWith("@")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x y",
        "@",
        "@nothing",
        "ptrace:",
        "ptrace:EWRONG",
        "ptrace()",
        "ptrace(6 == 1)",
        "ptrace(0 = 1)",
        "ptrace(0 == -1)",
        "ptrace(0 == 0x1ffffffffffffffff)",
        "ptrace(0 < 4)",
        "ptrace:0",
        "ptrace:4096",
        "ptrace(0 == 1",
        "PTRACE"
      })
  void anythingElseIsAMistake(String text) {
    assertThrows(ProfileException.class, () -> SystemCallFormats.denied(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ptrace(0 != 4)", "ptrace(0 > 4)", "ptrace(0 >= 4)", "ptrace:EPERM"})
  void soAreSomeThatCannotAllow(String text) {
    assertThrows(ProfileException.class, () -> SystemCallFormats.allowed(text));
  }

  /** Every group leads to calls that there are. */
  @Test
  void theGroupsAreWhole() {
    List<String> known = SystemCallNames.read().behind("@known");
    for (String group : List.of("@mount", "@privileged", "@obsolete", "@basic-io", "@clock")) {
      List<String> calls = SystemCallNames.read().behind(group);
      assertTrue(!calls.isEmpty() && known.containsAll(calls), group);
    }
  }
}
