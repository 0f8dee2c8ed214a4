package dev.hexe.policy.exposure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.decision.Effect;
import dev.hexe.policy.api.host.Caller;
import dev.hexe.policy.api.profile.FileAccess.Unlisted;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Startup;
import dev.hexe.policy.api.profile.Strength;
import dev.hexe.policy.api.testing.GuaranteeByName;
import dev.hexe.policy.api.testing.Hosts;
import dev.hexe.policy.api.testing.ProfileBuilder;
import dev.hexe.policy.exposure.Exposures.Scope;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.converter.ConvertWith;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExaminationTest {
  private static final Caller MIGHTY = new Caller(1000, 1000, Set.of(1000L, 999L), 1);

  /** A host on which there is something of every kind. */
  private static FakeHost busy() {
    return new FakeHost()
        .files("/home/me/.bashrc", "/home/me/.gitconfig", "/home/me/.ssh/config")
        .files("/home/me/.ssh/id_ed25519", "/home/me/.ssh/id_ed25519.pub", "/home/me/.netrc")
        .files("/home/me/.vimrc", "/home/me/work/.git/config", "/tmp/.X11-unix/X0")
        .files("/run/docker.sock", "/run/user/1000/bus", "/run/user/1000/wayland-0")
        .files("/tmp/tmux-1000/default", "/run/agent", "/dev/kvm")
        .directories("/home/me/.config/autostart", "/home/me/.claude", "/home/me/.mozilla")
        .directories("/home/me/.local/share/keyrings", "/home/me/work", "/opt/bin")
        .program("/opt/hexe/bin/hexe-policy")
        .setuid("/usr/bin/sudo")
        .variable("PATH", "/opt/bin:relative")
        .variable("XDG_RUNTIME_DIR", "/run/user/1000")
        .variable("SSH_AUTH_SOCK", "/run/agent")
        .variable("GITHUB_TOKEN", "never shown")
        .text("/etc/group", "root:x:0:\ndocker:x:999:me\n")
        .text("/proc/net/tcp", "  sl ...\n   0: 0100007F:1538 00000000:0000 0A 0:0 0:0\n")
        .text("/proc/net/unix", "Num ...\n0: 2 0 0 1 01 7 @/tmp/.X11-unix/X0\n");
  }

  /** Nothing is asked for, but for one thing that is not held. */
  private static Subject open() {
    return Subjects.of(ProfileBuilder.profile().hostname("elsewhere").startup(passing(9, 7)))
        .held(Guarantee.HOSTNAME, Strength.NONE)
        .caller(MIGHTY)
        .subject();
  }

  private static Startup passing(Integer... descriptors) {
    return new Startup.Builder().passedDescriptors(List.of(descriptors)).build();
  }

  @Test
  void descriptorsThatArePassedAreTold() {
    Exposure passed = find(Kind.PASSED_DESCRIPTORS, Examination.of(open())).orElseThrow();
    assertEquals(List.of("descriptor 7", "descriptor 9"), passed.evidence());
  }

  private static Subject tight() {
    return Subjects.tight().caller(MIGHTY).droppingGroups().subject();
  }

  @ParameterizedTest
  @EnumSource
  void isThereWhereNothingIsAskedFor(Kind kind) {
    Exposure exposure = find(kind, Examination.of(open(), busy().here())).orElseThrow();
    assertEquals(kind.weight(), exposure.weight(), exposure.toString());
    assertFalse(exposure.toString().contains("never shown"), exposure.toString());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SECRET_ENVIRONMENT")
  void isClosedWhereEverythingIsHeld(Kind kind) {
    Exposures exposures = Examination.of(tight(), busy().here());
    assertEquals(Optional.empty(), find(kind, exposures));
  }

  /** Root's are worth more than those of the one account. */
  @Test
  void setuidFilesCountInFullWhereRootLeavesThem() {
    Exposure ofUser = find(Kind.SETUID_FILES, Examination.of(open())).orElseThrow();
    assertTrue(ofUser.because().contains("another account"), ofUser.because());
    Subject root = Subjects.open().caller(new Caller(0, 0, Set.of(0L), -1)).subject();
    assertEquals("", find(Kind.SETUID_FILES, Examination.of(root)).orElseThrow().because());
  }

  @Test
  void aHostWithNothingOnItExposesNothingOfThis() {
    FakeHost bare = new FakeHost().denied("/home/me", "/home", "/etc", "/", "/tmp");
    Exposures exposures = Examination.of(open(), bare.here());
    for (Kind kind : Kind.values()) {
      boolean ofFiles = kind.id().matches("(writable|readable|reachable-[^p]|secret|host-dev).*");
      assertFalse(ofFiles && find(kind, exposures).isPresent(), kind.id());
    }
  }

  @Test
  void allTenPointsCanBeHad() {
    assertEquals(100, Examination.of(open(), busy().here()).score());
    assertEquals(0, Examination.of(tight(), new FakeHost().here()).score());
  }

  @Test
  void decisionsAloneTellOfNoFile() {
    Exposures exposures = Examination.of(open());
    assertEquals(Scope.DECISIONS, exposures.scope());
    assertTrue(
        exposures.all().stream()
            .noneMatch(
                it -> it.kind().id().matches("(writable|readable|reachable-[^p]|secret).*")));
    assertTrue(find(Kind.HOST_NETWORK, exposures).isPresent());
    assertTrue(find(Kind.HOST_TMP, exposures).isPresent());
    assertEquals(0, Examination.of(tight()).score());
  }

  @ParameterizedTest
  @CsvSource({
    "NETWORK, HOST_NETWORK, 2",
    "PROCESSES_INVISIBLE, VISIBLE_PROCESSES, 1",
    "PROCESSES_UNREACHABLE, REACHABLE_PROCESSES, 1",
    "TERMINAL, TERMINAL, 1",
    "MEMORY, UNLIMITED_MEMORY, 1",
  })
  void whatIsHeldInPartCountsHalf(
      @ConvertWith(GuaranteeByName.class) Guarantee guarantee, Kind kind, int weight) {
    Subject subject = Subjects.tight().held(guarantee, Strength.PARTIAL).subject();
    Exposure exposure = find(kind, Examination.of(subject, busy().here())).orElseThrow();
    assertEquals(weight, exposure.weight());
    assertFalse(exposure.wayOut());
    assertTrue(exposure.because().endsWith("is enforced in part: a caveat"), exposure.because());
    assertEquals(Kind.WEAK_GUARANTEES.close(), exposure.close());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "REACHABLE_PROCESSES | /proc/sys/kernel/yama/ptrace_scope | 1",
        "TERMINAL | /proc/sys/dev/tty/legacy_tiocsti | 0",
        "HOST_CAPABILITIES | /proc/self/uid_map | 0 1000 1",
      })
  void whatTheHostHindersCountsHalf(Kind kind, String file, String text) {
    FakeHost host = busy().text(file, text);
    assertFalse(find(kind, Examination.of(open(), host.here())).orElseThrow().wayOut());
  }

  @Test
  void hidepidHidesTheHostsProc() {
    FakeHost host =
        busy().text("/proc/self/mountinfo", "9 8 0:7 / /proc rw - proc proc rw,hidepid=invisible");
    assertEquals(Optional.empty(), find(Kind.HOST_PROC, Examination.of(open(), host.here())));
  }

  @Test
  void abstractSocketsAreClosedByAScope() {
    Subject scoped =
        Subjects.of(ProfileBuilder.profile().privateIpc())
            .with(Guarantee.IPC, Effect.CONFINES_ABSTRACT_SOCKETS)
            .subject();
    assertEquals(
        Optional.empty(), find(Kind.ABSTRACT_SOCKETS, Examination.of(scoped, busy().here())));
  }

  @Test
  void groupsWithoutPowerCountHalf() {
    Subject subject =
        Subjects.open().caller(new Caller(1000, 1000, Set.of(1000L, 5000L), 0)).subject();
    Exposure groups =
        find(Kind.SUPPLEMENTARY_GROUPS, Examination.of(subject, busy().here())).orElseThrow();
    assertEquals(List.of("5000"), groups.evidence());
    assertEquals(2, groups.weight());
  }

  @Test
  void aMachineOfNoCloudHasNoMetadata() {
    FakeHost host = busy().text("/sys/class/dmi/id/sys_vendor", "LENOVO");
    assertEquals(Optional.empty(), find(Kind.CLOUD_METADATA, Examination.of(open(), host.here())));
  }

  @Test
  void editorsThatNobodyUsesCountHalf() {
    Subject subject =
        Subjects.of(ProfileBuilder.profile().unlisted(Unlisted.ABSENT).write("/home/me")).subject();
    Exposure editors =
        find(Kind.WRITABLE_EDITOR_CONFIGURATION, Examination.of(subject, new FakeHost().here()))
            .orElseThrow();
    assertEquals(1, editors.weight());
    assertEquals(List.of(), editors.evidence());
    assertTrue(editors.makeable().contains("~/.vimrc"), editors.toString());
  }

  @Test
  void whatIsProtectedAlreadyIsNotToBeProtected() {
    ProfileBuilder writable = ProfileBuilder.profile().unlisted(Unlisted.ABSENT).write("/home/me");
    LiveContext here = new FakeHost().denied("/etc").here();
    Kind kind = Kind.WRITABLE_GIT_CONFIGURATION;
    assertEquals(
        "protect: [default], or write less than the home directory",
        find(kind, Examination.of(Subjects.of(writable).subject(), here)).orElseThrow().close());
    List<String> places = SensitivePaths.toWrite(here).getOrDefault(kind, List.of());
    assertTrue(places.contains(FakeHost.HOME + "/.gitconfig"), places.toString());
    places.stream().filter(place -> place.startsWith(FakeHost.HOME)).forEach(writable::protect);
    assertEquals(
        "write less than the home directory",
        find(kind, Examination.of(Subjects.of(writable).subject(), here)).orElseThrow().close());
  }

  @Test
  void hashesOfPasswordsAloneCountHalfAndAreToBeHiddenByName() {
    ProfileBuilder reading = ProfileBuilder.profile().unlisted(Unlisted.ABSENT).read("/etc", "/k");
    FakeHost host = new FakeHost().files("/etc/shadow");
    Exposure hashes = keys(reading, host);
    assertEquals(List.of("/etc/shadow"), hashes.evidence());
    assertEquals(2, hashes.weight());
    assertEquals("hide: [/etc/shadow], or list no more than is needed", hashes.close());
    assertEquals(
        4,
        keys(reading, new FakeHost().files("/etc/shadow", "/etc/ssh/ssh_host_rsa_key")).weight());
    assertEquals(4, keys(reading.read("/etc/shadow"), host).weight(), "it was listed itself");
  }

  @Test
  void whatTheUsualListHasIsClosedByIt() {
    ProfileBuilder reading = ProfileBuilder.profile().unlisted(Unlisted.ABSENT).read("/home/me");
    FakeHost host = new FakeHost().files("/home/me/.ssh/id_rsa");
    assertEquals("hide: [default], or list no more than is needed", keys(reading, host).close());
    reading.hide("/home/me/.ssh").read("/home/me/.ssh/id_rsa");
    assertEquals("list no more than is needed", keys(reading, host).close());
  }

  private static Exposure keys(ProfileBuilder profile, FakeHost host) {
    return find(
            Kind.READABLE_PRIVATE_KEYS, Examination.of(Subjects.of(profile).subject(), host.here()))
        .orElseThrow();
  }

  @Test
  void userNamespacesAreNoMatterWhereTheHostHasNone() {
    Subject subject = Subjects.open().facts(Hosts.with("landlock.abi")).subject();
    assertEquals(
        Optional.empty(),
        find(Kind.NESTED_USER_NAMESPACES, Examination.of(subject, busy().here())));
  }

  private static Optional<Exposure> find(Kind kind, Exposures exposures) {
    return exposures.all().stream().filter(exposure -> exposure.kind() == kind).findFirst();
  }
}
