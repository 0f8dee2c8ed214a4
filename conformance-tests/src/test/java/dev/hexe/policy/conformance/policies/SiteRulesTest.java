package dev.hexe.policy.conformance.policies;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** No user gets around the rules of a site. The test has an /etc of its own. */
class SiteRulesTest {
  private static final String LISTS_FILES =
      """
      cat >/etc/hexe-policy/rules.d/10.yaml <<'END'
      - name: lists files
        condition: "caller.uid >= 1000 && !('files' =~ profile.guarantees)"
        actions: [forbid]
      - name: offline
        condition: "profile.network != 'none'"
        actions: [forbid]
      END
      """;

  @Test
  void noOptionVariableProfileOrProjectLeadsAroundThem() {
    String attempts =
        """
      try $program apply full -- true
      try $program apply none -- true
      try $program apply full --network=host -- true
      try $program apply full --network=host --best-effort -- true
      try env HEXE_VOIDBOX_PROFILE=none $program apply -- true
      user sh -c 'mkdir -p ~/c/hexe-policy/profiles ~/c/hexe-policy/rules.d; echo "extends: none" >~/c/hexe-policy/profiles/full2.yaml'
      try env XDG_CONFIG_HOME=/mnt/home/c $program apply full2 -- true
      user sh -c 'printf "profile: full2\\nextends: full\\nnetwork: host\\n" >~/named.yaml; mkdir ~/p; echo "network: host" >~/p/.hexe-policy.yaml'
      try $program apply /mnt/home/named.yaml -- true
      user $program trust --yes /mnt/home/p >/dev/null; cd /mnt/home/p; out=/mnt/out; try2() { if user "$@" >/mnt/out 2>&1; then echo ran; else echo refused; fi; }
      try2 $program apply full -- true
      try2 $program apply full --no-project -- true
      try2 env HOME=/ XDG_CONFIG_HOME=/nowhere $program apply sandbox -- true
      """;
    assertEquals(
        List.of(
            "ran",
            "rule `lists files` rule `offline` refused",
            "rule `offline` refused",
            "rule `offline` refused",
            "rule `lists files` rule `offline` refused",
            "rule `lists files` rule `offline` refused",
            "rule `offline` refused",
            "refused",
            "ran",
            "refused"),
        OwnSite.run(LISTS_FILES + attempts));
  }

  @Test
  void nobodyIsAskedForMoreThanTheyLetThrough() {
    String rule =
        "echo '{name: no echo, condition: \"command.name == \\\"echo\\\"\", actions: [forbid]}' >/etc/hexe-policy/rules.d/a.yaml\n";
    String attempts =
        """
      try $program apply full --network=allow --on-deny=ask -- true
      grep -o '`on-deny: ask` is not for this host' out
      """;
    assertEquals(
        List.of("otherwise refused", "`on-deny: ask` is not for this host"),
        OwnSite.run(rule + attempts));
  }

  @Test
  void noPlanOutlivesAChange() {
    String attempts =
        "try $program apply sandbox -- true\n"
            + "user $program compile sandbox -o /mnt/home/plan; try $program run /mnt/home/plan -- true\n"
            + "sleep 0.1; mkdir -p /etc/hexe-policy/rules.d\n"
            + LISTS_FILES
            + "try $program apply sandbox -- true\n"
            + "try $program run /mnt/home/plan -- true\n"
            + "rm /etc/hexe-policy/rules.d/10.yaml; sleep 0.1; try $program apply sandbox -- true\n"
            + "echo '{name: x, condition: \"caller.uidd == 0\", actions: [forbid]}' >/etc/hexe-policy/rules.d/20.yaml\n"
            + "try $program apply sandbox -- true\n";
    assertEquals(
        List.of(
            "ran",
            "ran",
            "rule `offline` refused",
            "is out of date refused",
            "ran",
            "cannot be decided rule `x` refused"),
        OwnSite.run("rmdir /etc/hexe-policy/rules.d\n" + attempts));
  }

  @Test
  void aRuleOfOneCommandHoldsForThatOneAtEachRun() {
    String rule =
        "echo '{name: no echo, condition: \"command.name == \\\"echo\\\"\", actions: [forbid]}' >/etc/hexe-policy/rules.d/a.yaml\n";
    String attempts =
        """
      try $program apply sandbox -- true
      try $program apply sandbox -- echo
      try $program apply sandbox -- true
      try $program apply sandbox -- /usr/bin/echo
      try $program compile sandbox -o /mnt/home/plan
      """;
    assertEquals(
        List.of(
            "ran",
            "rule `no echo` refused",
            "ran",
            "rule `no echo` refused",
            "depends on the command rule `no echo` refused"),
        OwnSite.run(rule + attempts));
  }

  @Test
  void whereNobodyKnowsWhoseTheRulesAreNothingRunsAndThatIsSaid() {
    String attempts =
        """
      echo '{name: any, condition: "false", actions: [forbid]}' >/etc/hexe-policy/rules.d/a.yaml
      try unshare --user --map-root-user $program apply full -- true
      grep -o 'a user whom this user namespace does not know' out; grep -c 'copy it' out
      try $program apply full -- true
      """;
    assertEquals(
        List.of("otherwise refused", "a user whom this user namespace does not know", "0", "ran"),
        OwnSite.run(attempts));
  }

  @Test
  void noFileTakesTheNameOfAnotherProfile() {
    String attempts =
        """
      echo '{name: by name, condition: "!(profile.name =~ [\\"full\\", \\"corp\\"])", actions: [forbid]}' >/etc/hexe-policy/rules.d/a.yaml
      mkdir /etc/hexe-policy/profiles; echo 'extends: full' >/etc/hexe-policy/profiles/corp.yaml
      user sh -c 'mkdir -p ~/.config/hexe-policy/profiles; echo "extends: none" | tee ~/full.yaml >~/corp.yaml'
      try $program apply full -- true
      try $program apply corp -- true
      try $program apply /mnt/home/full.yaml -- true
      try $program apply /mnt/home/corp.yaml -- true
      user sh -c 'echo "{profile: corp, extends: none}" >~/.config/hexe-policy/profiles/own.yaml'
      try $program apply own -- true
      user mv /mnt/home/corp.yaml /mnt/home/.config/hexe-policy/profiles
      try $program apply corp -- true
      """;
    String refused = "rule `by name` refused";
    assertEquals(List.of("ran", "ran", refused, refused, refused, refused), OwnSite.run(attempts));
  }

  @Test
  void noOtherCommandEntersASandboxOfACommandWithARule() {
    String attempts =
        """
      echo '{name: no echo, condition: "command.name == \\"echo\\"", actions: [forbid]}' >/etc/hexe-policy/rules.d/a.yaml
      mkfifo started; chmod 666 started
      user $program apply sandbox --status-file /mnt/run/status -- cat <>started >/dev/null 2>&1 &
      until grep -qs '"event":"ready"' /mnt/run/status; do sleep 0.1; done
      id=$(user $program ps | awk 'NR == 2 { print $1 }')
      try $program enter $id -- echo entered
      grep -o 'depends on the command, and this sandbox was started for `cat`' out
      try $program enter $id -- cat /dev/null
      user $program stop $id >/dev/null
      """;
    assertEquals(
        List.of(
            "depends on the command refused",
            "depends on the command, and this sandbox was started for `cat`",
            "ran"),
        OwnSite.run(attempts));
  }
}
