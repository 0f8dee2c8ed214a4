package dev.hexe.policy.backend.namespaces.host;

import dev.hexe.policy.api.host.HostReader;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The enclosure of this process, as far as it can tell. */
public final class Enclosure {
  private static final String SELF = "self";
  private static final String PARENT = "PPid:";
  private static final int MOST_ANCESTORS = 32;
  private static final String LABEL = "/proc/self/attr/apparmor/current";
  private static final String FIRST_PROCESS = "/proc/1/comm";
  private static final String OWN_NAME = "hexe-policy";
  private static final int ID = 0;
  private static final int PLACE = 4;

  private final HostReader reader;

  public Enclosure(HostReader reader) {
    this.reader = reader;
  }

  /**
   * Whether a chroot is certain: nothing is mounted at our root, or an ancestor sees what is there
   * elsewhere. A mount has one number for all.
   */
  public boolean isChroot() {
    List<List<String>> own = mounts(SELF).toList();
    Optional<String> root =
        own.stream().filter(Enclosure::isRoot).map(mount -> mount.get(ID)).findFirst();
    if (root.isEmpty()) {
      return !own.isEmpty();
    }
    return Stream.iterate(parent(SELF), process -> !process.isEmpty(), this::parent)
        .limit(MOST_ANCESTORS)
        .flatMap(this::mounts)
        .anyMatch(mount -> mount.get(ID).equals(root.get()) && !isRoot(mount));
  }

  /** Whether the first process to be seen is this program's own: the inside of a sandbox. */
  public boolean isOwnSandbox() {
    return reader.read(FIRST_PROCESS).filter(name -> name.startsWith(OWN_NAME)).isPresent();
  }

  /** Whether system calls are filtered, see {@code proc_pid_status(5)}. */
  public boolean hasFilter() {
    return status(SELF).anyMatch(line -> line.matches("Seccomp:\\s*2"));
  }

  /** The AppArmor profile that confines this process. */
  public Optional<String> appArmorProfile() {
    return reader
        .read(LABEL)
        .map(label -> label.replaceFirst(" \\(.*", ""))
        .filter(name -> !name.isEmpty() && !name.equals("unconfined"));
  }

  private static boolean isRoot(List<String> mount) {
    return mount.get(PLACE).equals("/");
  }

  /** Empty where it cannot be seen; the first process has the parent 0. */
  private String parent(String process) {
    return status(process)
        .filter(line -> line.startsWith(PARENT))
        .map(line -> line.substring(PARENT.length()).strip())
        .filter(parent -> !parent.equals("0"))
        .findFirst()
        .orElse("");
  }

  private Stream<String> status(String process) {
    return reader.read("/proc/" + process + "/status").stream().flatMap(String::lines);
  }

  private Stream<List<String>> mounts(String process) {
    return reader.read("/proc/" + process + "/mountinfo").stream()
        .flatMap(String::lines)
        .map(line -> Arrays.asList(line.split(" ")))
        .filter(fields -> fields.size() > PLACE);
  }
}
