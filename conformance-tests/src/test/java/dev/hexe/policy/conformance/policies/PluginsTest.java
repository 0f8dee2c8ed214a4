package dev.hexe.policy.conformance.policies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.harness.PluginJars;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Jars in the folders of plug-ins are loaded, and no others. The test has an /etc of its own. */
@Order(1)
class PluginsTest {
  private static final String OWN_ETC =
      """
      set -e; mount -t tmpfs -o mode=755 own /mnt; mkdir /mnt/upper /mnt/work
      mount -t overlay -o lowerdir=/etc,upperdir=/mnt/upper,workdir=/mnt/work own /etc
      rm -rf /etc/hexe-policy; mkdir -p /etc/hexe-policy/profiles
      printf 'extends: balanced\\nfiles: {devices: host}\\n' >/etc/hexe-policy/profiles/n.yaml
      printf 'extends: n\\n\\ngpu: denied\\n' >/etc/hexe-policy/profiles/g.yaml
      site=/etc/hexe-policy/plugins; own=/mnt/home/.config/hexe-policy/plugins
      program=$1; uid=$2 gid=$3; shift 3
      user() { if [ "$uid" = 0 ]; then env HOME=/mnt/home XDG_RUNTIME_DIR=/mnt/run "$@"
        else setpriv --reuid=$uid --regid=$gid --clear-groups env HOME=/mnt/home XDG_RUNTIME_DIR=/mnt/run "$@"; fi; }
      try() { if user "$program" "$@" >/mnt/out 2>&1; then echo ran; else grep -v help: /mnt/out | head -n 1; fi; }
      mkdir /mnt/home /mnt/run; chown $uid:$gid /mnt/home /mnt/run; chmod 700 /mnt/run
      user mkdir -p /mnt/home/p; cd /mnt/home/p; sleep 0.1; set +e
      """;

  @TempDir Path directory;
  private PluginJars jars = new PluginJars(Path.of("/"));

  @BeforeEach
  void makeJarsReadable() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    jars = new PluginJars(directory);
  }

  private static List<String> run(User user, String script, Object... jars) {
    Requires.namespaces(user);
    List<String> command =
        new ArrayList<>(
            List.of(
                "unshare", "--mount", "--propagation", "private", "sh", "-c", OWN_ETC + script));
    command.add("sh");
    return Sandbox.program()
        .as(User.ROOT)
        .behind(command.toArray(String[]::new))
        .with(Long.toString(user.uid()), Long.toString(user.gid()))
        .with(Arrays.stream(jars).map(String::valueOf).toArray(String[]::new))
        .alone()
        .endsWith(0)
        .lines();
  }

  @ParameterizedTest
  @EnumSource
  void aGuaranteeOfAPluginIsKeptTriedListedAndNamed(User user) {
    String script =
        """
        mkdir /mnt/dev; mount -t tmpfs -o mode=755 own /mnt/dev
        for f in null zero full random urandom tty; do : >/mnt/dev/$f; mount --bind /dev/$f /mnt/dev/$f; done
        mkdir /mnt/dev/dri /mnt/dev/shm /mnt/dev/pts; echo node >/mnt/dev/dri/renderD128; mount --rbind /mnt/dev /dev
        try apply g -- true
        mkdir $site; cp "$1" $site/gpu.jar
        user "$program" apply n -- cat /dev/dri/renderD128 2>/dev/null
        user "$program" apply g -- cat /dev/dri/renderD128 2>/dev/null || echo hidden
        user "$program" explain g | tr -s ' ' | grep -o 'gpu-hidden full'
        user "$program" explain g | grep -c host-gpu; user "$program" explain n | grep -o '0.1  host-gpu'
        user "$program" verify g | grep -A 1 'gpu: full' | grep -o '✓ open-read /dev/dri/renderD128'
        user "$program" doctor | grep -o 'a sample 7.3  /etc/hexe-policy/plugins/gpu.jar  adds `gpu`'
        printf 'extends: g\\ngpu: denid\\n' >/etc/hexe-policy/profiles/h.yaml; try apply h -- true
        printf 'extends: g\\ndemand: {gpuu: preferred}\\n' >/etc/hexe-policy/profiles/h.yaml; try apply h -- true
        """;
    assertEquals(
        List.of(
            "hexe-policy: /etc/hexe-policy/profiles/g.yaml:3:1: unknown key `gpu`",
            "node",
            "hidden",
            "gpu-hidden full",
            "0",
            "0.1  host-gpu",
            "✓ open-read /dev/dri/renderD128",
            "a sample 7.3  /etc/hexe-policy/plugins/gpu.jar  adds `gpu`",
            "hexe-policy: /etc/hexe-policy/profiles/h.yaml:2:6: `denid` is not a value of `gpu`",
            "hexe-policy: /etc/hexe-policy/profiles/h.yaml:2:10: unknown key `gpuu` in `demand`"),
        run(user, script, jars.sample()));
  }

  @ParameterizedTest
  @EnumSource
  void noKeptPlanOutlivesAPlugin(User user) {
    String script =
        """
        kept() { user "$program" cache why "$1" | cut -d: -f1; }
        # What was changed in the clock's last tick is not kept.
        change() { user "$@"; sleep 0.1; }
        try apply balanced -- true; kept balanced
        change mkdir -p $own; kept balanced
        change cp "$1" $own/gpu.jar; try apply g -- true; kept g
        change touch $own/gpu.jar; kept g; try apply g -- true; kept g
        change cp "$2" $own/other.jar; kept g; try apply g -- true; kept g
        change rm $own/gpu.jar; kept g; try apply g -- true
        """;
    assertEquals(
        List.of(
            "ran",
            "hit",
            "miss",
            "ran",
            "hit",
            "miss",
            "ran",
            "hit",
            "miss",
            "ran",
            "hit",
            "miss",
            "hexe-policy: /etc/hexe-policy/profiles/g.yaml:3:1: unknown key `gpu`"),
        run(user, script, jars.sample(), jars.guarantee("1", guarantee("other", "other"))));
  }

  @ParameterizedTest
  @EnumSource
  void nothingInsideMakesOrChangesAPlugin(User user) {
    String attack =
        """
        attack='exec 2>/dev/null; d=~/.config/hexe-policy/plugins; mkdir -p $d; echo x >$d/new.jar && echo made
          for j in $d/gpu.jar /etc/hexe-policy/plugins/gpu.jar; do echo x >>$j && echo wrote; [ -e $j ] && rm -f $j && [ ! -e $j ] && echo removed; done
          mv ~/.config/hexe-policy ~/moved && echo moved; mv ~/.config ~/moved && echo moved; echo end'
        for profile in balanced sandbox full minimal; do user "$program" apply $profile -- sh -c "$attack" 2>/dev/null; done
        [ ! -e $own ] || ls $own
        user mkdir -p $own; user cp "$1" $own/gpu.jar; mkdir -p $site; cp "$1" $site/site.jar; rm $site/site.jar
        for profile in balanced sandbox full minimal g; do user "$program" apply $profile -- sh -c "$attack" 2>/dev/null; done
        ls $own
        """;
    List<String> ends = new ArrayList<>(java.util.Collections.nCopies(9, "end"));
    ends.add("gpu.jar");
    assertEquals(ends, run(user, attack, jars.sample()));
  }

  @ParameterizedTest
  @EnumSource
  void whatOthersCouldHaveWrittenIsRefused(User user) {
    String script =
        """
        user mkdir -p $own; user cp "$1" $own/gpu.jar
        user chmod o+w $own/gpu.jar; try apply g -- true; user chmod o-w $own/gpu.jar
        user chmod g+w $own; try apply g -- true; user chmod g-w $own
        user chmod o+w /mnt/home/.config; try apply g -- true; user chmod o-w /mnt/home/.config
        chown 12 $own/gpu.jar; try apply g -- true; chown $uid $own/gpu.jar
        user mv $own/gpu.jar /mnt/home/kept; user ln -s /mnt/home/kept $own/gpu.jar; try apply g -- true
        user rm $own/gpu.jar; user mv $own /mnt/home/folder; user ln -s /mnt/home/folder $own; try apply g -- true
        user rm $own; mkdir $site; chown 12 $site; try apply g -- true; try ps
        user "$program" doctor | grep -c 'belongs to another user'
        """;
    assertEquals(
        List.of(
            "hexe-policy: `/mnt/home/.config/hexe-policy/plugins/gpu.jar` can be written by others, whose code would run as you",
            "hexe-policy: `/mnt/home/.config/hexe-policy/plugins` can be written by others, whose code would run as you",
            "hexe-policy: `/mnt/home/.config` can be written by others, whose code would run as you",
            "hexe-policy: `/mnt/home/.config/hexe-policy/plugins/gpu.jar` belongs to another user, whose code would run as you",
            "hexe-policy: `/mnt/home/.config/hexe-policy/plugins/gpu.jar` is a symlink, and a plug-in is loaded only from its own place",
            "hexe-policy: `/mnt/home/.config/hexe-policy/plugins` is a symlink, and a plug-in is loaded only from its own place",
            "hexe-policy: `/etc/hexe-policy/plugins` belongs to another user, whose code would run as you",
            "ran",
            "1"),
        run(user, script, jars.sample()));
  }

  @ParameterizedTest
  @EnumSource
  void aSiteForbidsUsersTheirOwnAndNobodyLeadsElsewhere(User user) {
    String script =
        """
        user mkdir -p $own /mnt/home/c/hexe-policy/plugins; user cp "$1" /mnt/home/c/hexe-policy/plugins/gpu.jar
        for v in XDG_CONFIG_HOME=/mnt/home/c HEXE_PLUGINS=/mnt/home/c/hexe-policy/plugins CLASSPATH=$1 JAVA_TOOL_OPTIONS=-Dx; do
          if user env $v "$program" apply g -- true 2>/dev/null; then echo $v leads elsewhere; fi; done
        echo "plugins: [$1]" >.hexe-policy.yaml; chown $uid:$gid .hexe-policy.yaml
        user "$program" trust --yes . >/dev/null 2>&1; try apply sandbox -- true; rm .hexe-policy.yaml
        user cp "$1" $own/gpu.jar; try apply g -- true
        echo 'own-plugins: denied' >/etc/hexe-policy/config.yaml; try apply g -- true
        user "$program" apply sandbox -- true 2>&1 | grep -o 'are not used: .*'
        echo 'own-plugins: maybe' >/etc/hexe-policy/config.yaml; try apply g -- true
        rm /etc/hexe-policy/config.yaml; mkdir /etc/hexe-policy/rules.d
        echo '{name: r, condition: "false", actions: [forbid]}' >/etc/hexe-policy/rules.d/r.yaml; try apply g -- true
        user "$program" apply sandbox -- true 2>&1 | grep -o 'are not used: .*'
        echo 'own-plugins: allowed' >/etc/hexe-policy/config.yaml; try apply g -- true
        rm -r /etc/hexe-policy/config.yaml /etc/hexe-policy/rules.d
        user sh -c "echo 'own-plugins: allowed' >~/.config/hexe-policy/config.yaml"; try apply g -- true
        """;
    List<String> said = run(user, script, jars.sample());
    assertTrue(
        said.get(0).contains("`plugins`") || said.get(0).contains("trusted"), said::toString);
    assertEquals(
        List.of(
            "ran",
            "hexe-policy: /etc/hexe-policy/profiles/g.yaml:3:1: unknown key `gpu`",
            "are not used: `own-plugins` is `denied` in /etc/hexe-policy/config.yaml",
            "hexe-policy: /etc/hexe-policy/config.yaml:1:14: `maybe` is not a value of `own-plugins`",
            "hexe-policy: /etc/hexe-policy/profiles/g.yaml:3:1: unknown key `gpu`",
            "are not used: this site has rules, and no `own-plugins: allowed` in /etc/hexe-policy/config.yaml",
            "ran",
            "hexe-policy: /mnt/home/.config/hexe-policy/config.yaml:1:1: `own-plugins` is for the site's file alone"),
        said.subList(1, said.size()));
  }

  private static String guarantee(String id, String key) {
    return "public Guarantee guarantee() { return Guarantee.added(\""
        + id
        + "\", \"m\"); } public ProfileKey key() { return ProfileKey.ofWords(\""
        + key
        + "\", \"no-x\", \"yes-x\"); }";
  }

  static Stream<Arguments> broken() {
    String fails = "throw new IllegalStateException(\"boom\"); }";
    return Stream.of(
        Arguments.of("", guarantee("a", "a"), "does not say for which API it was built"),
        Arguments.of(
            "2",
            guarantee("a", "a"),
            "was built for version `2` of the API, and this is version 1"),
        Arguments.of("1", guarantee("a", "network"), "cannot be used: its key `network` is taken"),
        Arguments.of("1", guarantee("a", "files.gpu.x"), ""),
        Arguments.of("1", guarantee("a", "limits"), "cannot be used: its key `limits` is taken"),
        Arguments.of("1", guarantee("a", "when"), "cannot be used: its key `when` cannot be"),
        Arguments.of(
            "1",
            guarantee("network", "a"),
            "cannot be used: its guarantee `network` is one of hexe-policy's own"),
        Arguments.of("1", guarantee("a", "A b"), "cannot be used: its key `A b` cannot be"),
        Arguments.of(
            "1",
            "public P() { " + fails + guarantee("a", "a"),
            "cannot be loaded: IllegalStateException: boom"),
        Arguments.of(
            "1",
            "public Guarantee guarantee() { " + fails + " public ProfileKey key() { " + fails,
            "cannot be loaded: IllegalStateException: boom"));
  }

  @ParameterizedTest
  @MethodSource
  void broken(String api, String body, String words) {
    String script = "mkdir $site; cp \"$1\" $site/x.jar; try apply sandbox -- true; try ps";
    List<String> said = run(User.ORDINARY, script, jars.guarantee(api, body));
    String expected = "hexe-policy: the plug-in `/etc/hexe-policy/plugins/x.jar` ";
    assertTrue(
        words.isEmpty() ? said.get(0).equals("ran") : said.get(0).startsWith(expected + words),
        said::toString);
    assertEquals("ran", said.get(1), "what runs is still seen to");
  }

  @Test
  void whatIsNoJarLacksAClassOrIsThereTwiceRefuses() {
    String script =
        """
        mkdir $site; echo x >$site/x.jar; try apply sandbox -- true; rm $site/x.jar
        cp "$1" $site/x.jar; try apply sandbox -- true
        cp "$2" $site/x.jar; cp "$2" $site/y.jar; try apply sandbox -- true
        rm $site/*; mkdir $site/d.jar; try apply sandbox -- true
        """;
    Path missing =
        jars.jar(
            "1",
            java.util.Map.of("Q.java", "public class Q {}"),
            java.util.Map.of("dev.hexe.policy.api.spi.GuaranteeProvider", "Gone"));
    String plugin = "hexe-policy: the plug-in `/etc/hexe-policy/plugins/";
    assertEquals(
        List.of(
            plugin + "x.jar` is not a jar that can be read: ",
            plugin + "x.jar` cannot be loaded: ",
            plugin
                + "y.jar` has the class `dev.example.gpu.GpuBackend`, and so has `/etc/hexe-policy/plugins/x.jar`",
            "hexe-policy: `/etc/hexe-policy/plugins/d.jar` is not a file, but is named like a plug-in"),
        run(User.ORDINARY, script, missing, jars.sample()).stream()
            .map(line -> line.replaceFirst("(cannot be loaded|can be read): .*", "$1: "))
            .toList());
  }
}
