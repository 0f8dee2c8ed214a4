package dev.hexe.policy.conformance.policies;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.conformance.harness.User;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No rule is changed by what users bring along: a name, a file, an environment, a namespace. */
class SiteRulesEvasionTest {
  private static final String REFUSED = "rule `watched` refused";

  private static String rule(String condition) {
    String escaped = condition.replace("\"", "\\\"");
    return "echo '{name: watched, condition: \"%s\", actions: [forbid]}'".formatted(escaped)
        + " >/etc/hexe-policy/rules.d/a.yaml\n";
  }

  @Test
  void aFloatIsTheCommandThatItRuns() {
    String attempts =
        """
      user sh -c 'mkdir -p ~/.config/hexe-policy; echo "floats: {e: {profile: sandbox, command: echo}, t: {profile: sandbox, command: \\"true\\"}}" >~/.config/hexe-policy/config.yaml'
      try $program apply @t
      try $program apply @e
      try $program apply @e
      try $program apply @t
      """;
    assertEquals(
        List.of("ran", REFUSED, REFUSED, "ran"),
        OwnSite.run(rule("command.name == \"echo\"") + attempts));
  }

  @Test
  void aNewFileOfRulesCountsWhereTheDirectoryIsASymlink() {
    String attempts =
        """
      rmdir /etc/hexe-policy/rules.d; mkdir /etc/rules; ln -s ../rules /etc/hexe-policy/rules.d
      try $program apply sandbox -- true
      sleep 0.1
      """
            + rule("true")
            + "try $program apply sandbox -- true\n";
    assertEquals(List.of("ran", REFUSED), OwnSite.run(attempts));
  }

  @Test
  void nobodyLosesTheirNumberInANamespace() {
    String attempts =
        """
      try $program apply full -- true
      for options in '--user' '--user --map-user=65534' '--user --map-root-user'; do
        try unshare $options $program apply full -- true
        grep -o 'a user whom this user namespace does not know' out
      done
      """;
    String unknown = "a user whom this user namespace does not know";
    assertEquals(
        List.of(
            REFUSED,
            "otherwise refused",
            unknown,
            "otherwise refused",
            unknown,
            "otherwise refused",
            unknown),
        OwnSite.run(rule("caller.uid == " + User.ORDINARY.uid()) + attempts));
  }

  @Test
  void aPlanOfSomebodyElseIsNotForOnesself() {
    String attempts =
        """
      try $program apply none -- true
      $program compile none -o /mnt/plan && chmod 644 /mnt/plan
      try $program run /mnt/plan -- true
      grep -o 'the plan was compiled for somebody else' out
      $program run /mnt/plan -- echo root
      """;
    assertEquals(
        List.of(REFUSED, "otherwise refused", "the plan was compiled for somebody else", "root"),
        OwnSite.run(rule("caller.uid == " + User.ORDINARY.uid()) + attempts));
  }

  @Test
  void noVariablePutsOtherCodeInPlaceOfWhatReadsTheRules() {
    String attempts =
        """
      unset JAVA_HOME HEXE_JAVA_HOME
      user sh -c 'mkdir -p ~/jdk/bin; printf "#!/bin/sh\\necho own >/mnt/home/own\\n" >~/jdk/bin/java; chmod 755 ~/jdk/bin/java'
      try env HEXE_JAVA_HOME=/mnt/home/jdk $program apply full -- true
      grep -o 'can be changed by others than root' out
      try env JAVA_HOME=/mnt/home/jdk $program apply full -- true
      try env PATH=/mnt/home/jdk/bin:$PATH $program apply full -- true
      try env LD_DEBUG=help $program apply full --network=host -- true
      [ ! -e /mnt/home/own ] && echo not started
      """;
    assertEquals(
        List.of(
            "otherwise refused",
            "can be changed by others than root",
            "ran",
            "ran",
            REFUSED,
            "not started"),
        OwnSite.run(rule("profile.network == \"host\"") + attempts));
  }

  @Test
  void aSymlinkIsThePathThatItLeadsTo() {
    String attempts =
        """
      mkdir -p data/in; chmod -R 777 data; user sh -c 'ln -s /mnt/data ~/link; mkdir ~/dir ~/dir/in ~/here'
      try $program apply full --write=/mnt/data -- true
      try $program apply full --write=/mnt/home/link -- true
      try $program apply full --bind=/mnt/home/link:/mnt/home/dir -- true
      try $program apply full --write=/mnt/home/dir -- true
      user sh -c 'mv ~/dir ~/old; ln -s /mnt/data ~/dir'
      try $program apply full --write=/mnt/home/dir -- true
      cd /mnt/home/here; try $program apply full '--write=${CWD}' -- true
      cd /mnt/data; try $program apply full '--write=${CWD}' -- true
      """;
    assertEquals(
        List.of(REFUSED, REFUSED, REFUSED, "ran", REFUSED, "ran", REFUSED),
        OwnSite.run(rule("\"/mnt/data\" =~ profile.write") + attempts));
  }
}
