package dev.hexe.policy.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.profile.Capability;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.Privileges;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.api.profile.Resource;
import dev.hexe.policy.api.profile.Tmp;
import dev.hexe.policy.profiles.override.Overrides;
import dev.hexe.policy.profiles.yaml.ProfileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes of memory, limits of resources, and capabilities. */
class ProcessSettingsTest {
  private static final int STICKY = 01777;

  @TempDir Path root;

  private Profile load(String text, Map<String, List<String>> options) {
    Surroundings surroundings = new Surroundings(root).write("work/p.yaml", text);
    return surroundings.profiles().load("p.yaml", Overrides.of(options));
  }

  private Profile load(String text) {
    return load(text, Map.of());
  }

  private Privileges privileges(String value, Map<String, List<String>> options) {
    return load("privileges: {capabilities: " + value + "}", options).privileges();
  }

  @Test
  void resourcesAreLimitedKeyByKey() {
    Profile profile =
        load(
            "limits: {rlimits: {nofile: 64, core: 0, cpu: 1500ms, as: 1G, stack: max}}",
            Map.of("--rlimit", List.of("fsize=1M", "nofile=8")));
    assertEquals(
        Map.of(
            Resource.NOFILE,
            8L,
            Resource.CORE,
            0L,
            Resource.CPU,
            2L,
            Resource.AS,
            1L << 30,
            Resource.STACK,
            Resource.UNLIMITED,
            Resource.FSIZE,
            1L << 20),
        profile.startup().resources());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nofile", "nofiles=1", "nofile=", "nofile=-1", "cpu=fast", "core=1X", "=1"})
  void otherLimitsAreRefused(String option) {
    assertThrows(
        ProfileException.class, () -> load("summary: x", Map.of("--rlimit", List.of(option))));
  }

  @Test
  void aListOfCapabilitiesIsAllThereIs() {
    Privileges privileges = privileges("[net_raw, CAP_CHOWN]", Map.of());
    assertTrue(privileges.noCapabilities());
    assertEquals(Set.of(Capability.CHOWN, Capability.NET_RAW), privileges.capabilities());
  }

  @Test
  void aListMayKeepTheOthers() {
    Privileges privileges = privileges("[keep, net_raw, -chown]", Map.of());
    assertEquals(
        new Privileges(
            false,
            false,
            Set.of(Capability.NET_RAW),
            Set.of(Capability.CHOWN),
            false,
            List.of(),
            false),
        privileges);
    assertTrue(privileges.takesCapabilities());
  }

  @Test
  void capabilitiesAreDroppedBeforeOthersAreAdded() {
    Privileges privileges =
        privileges(
            "keep", Map.of("--cap-add", List.of("net_raw"), "--cap-drop", List.of("chown", "ALL")));
    assertTrue(privileges.noCapabilities());
    assertEquals(Set.of(Capability.NET_RAW), privileges.capabilities());
  }

  @ParameterizedTest
  @CsvSource({
    "net_rwa, did you mean `net_raw`?",
    "sys_admin, leave it out",
    "CAP_SYS_RESOURCE, leave it out",
    "everything, see `capabilities(7)`"
  })
  void otherCapabilitiesAreRefused(String name, String help) {
    ProfileException refusal =
        assertThrows(
            ProfileException.class, () -> privileges("none", Map.of("--cap-add", List.of(name))));
    assertTrue(refusal.help().startsWith(help), refusal.help());
  }

  @Test
  void sharedMemoryOfASizeIsPutThere() {
    MountEntry expected = new MountEntry.Tmpfs("/dev/shm", 5 << 20, STICKY);
    assertEquals(List.of(expected), load("files: {shm: {private: 5M}}").files().fixtures().all());
    assertEquals(
        List.of(expected),
        load("extends: sandbox", Map.of("--shm", List.of("5M"))).files().fixtures().all());
    assertEquals(
        List.of(expected),
        load("extends: sandbox", Map.of("--tmpfs", List.of("/dev/shm:size=5M")))
            .files()
            .fixtures()
            .all());
  }

  @Test
  void whoMountsTmpLaterMeansIt() {
    assertEquals(
        Tmp.HOST,
        load("extends: sandbox", Map.of("--tmpfs", List.of("/tmp:size=1G"))).files().tmp());
    assertEquals(Tmp.HOST, load("extends: sandbox\nfiles: {write: [/tmp]}").files().tmp());
    assertEquals(
        Tmp.ofSize(9 << 20),
        load("extends: sandbox", Map.of("--tmp", List.of("9M"))).files().tmp());
  }

  @Test
  void whatContradictsItselfIsRefused() {
    assertThrows(
        ProfileException.class,
        () ->
            load(
                "extends: sandbox",
                Map.of("--tmpfs", List.of("/tmp:size=1G"), "--tmp", List.of("1M"))));
    assertThrows(
        ProfileException.class,
        () -> load("extends: sandbox\nfiles: {shm: {private: 5M}, read: [/dev/shm]}"));
  }
}
