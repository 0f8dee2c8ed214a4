package dev.hexe.policy.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.profile.Profile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A resolved profile loads again to the same policy. */
class ResolvedYamlTest {
  @TempDir Path root;

  @ParameterizedTest
  @ValueSource(
      strings = {"none", "minimal", "balanced", "sandbox", "agent", "project", "full", "isolated"})
  void aBuiltInProfileMeansTheSame(String name) {
    Surroundings surroundings = new Surroundings(root);
    Profile profile = surroundings.profiles().load(name);
    assertSame(profile, surroundings.load(surroundings.profiles().resolvedSource(name)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "extends: sandbox\nhide: [/usr, \"${CWD}/x\"]\nprotect: [default, \"${ABOVE}/.git\"]\n",
        "extends: full\nfiles: {read: [~], write: [~/.local/bin, ./here]}\n",
        "extends: sandbox\nfiles: {read-only: [/], write: [~/out], tmpfs: [\"/s:size=64M\"]}\n",
        "extends: none\nidentity: {uid: 7, gid: 8}\nlimits: {memory: 1G, time: 5m, cpu: 50%}\n",
        "extends: full\nenvironment: {clear: true, keep: [LC_*], set: {A: \"x: #y\", B: \"\\n\"}}\n",
        "extends: sandbox\nfiles: {overlays: [\"./a:./b:/o:upper=./u,work=./w\"], symlinks: [\"x y:/z\"]}\n",
        "extends: sandbox\nfiles: {contents: [{at: /etc/x, text: \"a: 'b'\"}], root: ./r}\nstart: {cwd: ./c, umask: 027}\n",
        "files: {unlisted: absent, read: [/usr], devices: host, tmp: host}\n",
        "extends: sandbox\nhide: ['./a\\*b']\nfiles: {read-if-present: ['./\\[id]'], write: [./here]}\n",
        "extends: sandbox\nhide: {only: []}\nprotect: {only: [default, ~/notes]}\n"
      })
  void soDoesAnyOther(String yaml) {
    Surroundings surroundings = new Surroundings(root);
    Profile profile = surroundings.load(yaml);
    String resolved = surroundings.profiles().resolvedSource("p.yaml");
    surroundings.write("elsewhere/q.yaml", resolved);
    assertSame(
        profile, surroundings.profiles().load(surroundings.path("elsewhere/q.yaml").toString()));
  }

  @Test
  void eachLineSaysWhereItComesFrom() {
    Surroundings surroundings = new Surroundings(root);
    surroundings.load("extends: sandbox\nfiles:\n  read: [/srv]\n");
    String resolved = surroundings.profiles().resolvedSource("p.yaml");
    assertTrue(
        resolved.lines().anyMatch(line -> line.matches(" +- /srv +# p.yaml:3:10")), resolved);
    assertTrue(
        resolved.lines().anyMatch(line -> line.matches(" +- /usr +# built-in sandbox:[0-9:]+")),
        resolved);
  }

  private static void assertSame(Profile one, Profile other) {
    assertEquals(one.identity(), other.identity());
    assertEquals(one.files(), other.files());
    assertEquals(one.safeguards(), other.safeguards());
    assertEquals(one.environment(), other.environment());
    assertEquals(one.separation(), other.separation());
    assertEquals(one.privileges(), other.privileges());
    assertEquals(one.limits(), other.limits());
    assertEquals(one.startup(), other.startup());
    one.guarantees()
        .forEach(guarantee -> assertEquals(one.demand(guarantee), other.demand(guarantee)));
  }
}
