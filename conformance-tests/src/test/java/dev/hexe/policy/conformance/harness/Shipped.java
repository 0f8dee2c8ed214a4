package dev.hexe.policy.conformance.harness;

import static dev.hexe.policy.conformance.harness.Namespace.CGROUP;
import static dev.hexe.policy.conformance.harness.Namespace.IPC;
import static dev.hexe.policy.conformance.harness.Namespace.MOUNT;
import static dev.hexe.policy.conformance.harness.Namespace.NETWORK;
import static dev.hexe.policy.conformance.harness.Namespace.PID;
import static dev.hexe.policy.conformance.harness.Namespace.USER;
import static dev.hexe.policy.conformance.harness.Namespace.UTS;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The profiles that are shipped, and the table of what each promises. */
public enum Shipped {
  NONE(Set.of(), false, false),
  MINIMAL(Set.of(USER, MOUNT), true, false),
  BALANCED(Set.of(USER, PID, MOUNT), true, false),
  SANDBOX(Set.of(USER, PID, MOUNT, UTS, IPC), true, true),
  FULL(Set.of(USER, PID, MOUNT, UTS, IPC, NETWORK, CGROUP), true, true),
  ISOLATED(Set.of(), true, true);

  @SuppressWarnings("ImmutableEnumChecker") // Set.of makes immutable sets
  private final Set<Namespace> namespaces;

  private final boolean noNewPrivileges;
  private final boolean noCapabilities;

  Shipped(Set<Namespace> namespaces, boolean noNewPrivileges, boolean noCapabilities) {
    this.namespaces = namespaces;
    this.noNewPrivileges = noNewPrivileges;
    this.noCapabilities = noCapabilities;
  }

  /** Whether the command gets a namespace of its own. */
  public boolean separates(Namespace namespace) {
    return namespaces.contains(namespace);
  }

  public boolean noNewPrivileges() {
    return noNewPrivileges;
  }

  public boolean noCapabilities() {
    return noCapabilities;
  }

  /** Whether unlisted files are absent. */
  public boolean hasNewRoot() {
    return separates(PID);
  }

  /** Those with a root of their own. */
  public static List<Shipped> withNewRoot() {
    return Arrays.stream(values()).filter(Shipped::hasNewRoot).toList();
  }

  public Sandbox as(User user) {
    Requires.everythingFor(this, user);
    return Sandbox.profile(toString()).as(user);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
