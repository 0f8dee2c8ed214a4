package dev.hexe.policy.conformance.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A user who starts a sandbox. */
public enum User {
  ROOT,
  /** {@code hexe-test} where the suite runs as root, else whoever runs it. */
  ORDINARY;

  static final String NAME_BESIDE_ROOT = "hexe-test";

  /** Their home in this run of the suite; the profiles make it writable. */
  public Path home() {
    return Workspace.homeOf(this);
  }

  /**
   * A home for one test beside the shared one, to be made. What a command leaves in the shared home
   * is looked through at the end of every sandbox that starts there.
   */
  public Path ownHome(String name) {
    return Workspace.homesOf(this).resolve(name);
  }

  /** A place of theirs outside their home, readable by all; no profile lists it. */
  public Path outside() {
    return Workspace.outsideOf(this);
  }

  /** A file of theirs outside their home, which its mode lets everybody read and execute. */
  public Path fileOutside(String name) {
    return Workspace.file(this, outside().resolve(name));
  }

  public long uid() {
    return this == ROOT ? 0 : Host.id(name(), "-u");
  }

  public long gid() {
    return this == ROOT ? 0 : Host.id(name(), "-g");
  }

  /** Whether this run of the suite can start something as this user. */
  public boolean isHere() {
    return Host.isRoot()
        ? this == ROOT || Execution.of(List.of("id", NAME_BESIDE_ROOT)).run().status() == 0
        : this == ORDINARY;
  }

  String systemName() {
    if (this == ROOT) {
      return "root";
    }
    return Host.isRoot() ? NAME_BESIDE_ROOT : System.getProperty("user.name");
  }

  /** The command that runs {@code command} as this user. */
  List<String> running(List<String> command) {
    List<String> all = new ArrayList<>();
    if (this == ORDINARY && Host.isRoot()) {
      all.addAll(List.of("setpriv", "--reuid=" + NAME_BESIDE_ROOT, "--regid=" + NAME_BESIDE_ROOT));
      all.addAll(List.of("--init-groups", "--"));
    }
    all.addAll(command);
    return all;
  }

  @Override
  public String toString() {
    return this == ROOT ? "root" : "an " + name().toLowerCase(Locale.ROOT) + " user";
  }
}
