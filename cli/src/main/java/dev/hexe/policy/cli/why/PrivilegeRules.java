package dev.hexe.policy.cli.why;

import dev.hexe.policy.api.network.NetworkAccess;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Resource;
import dev.hexe.policy.cli.explain.EffectivePolicy;
import dev.hexe.policy.profiles.value.ResourceFormats;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides over what takes a right over the machine, which root outside has or a file gives. */
final class PrivilegeRules {
  private static final String OF_MACHINE =
      "it takes a right over the whole machine, which nobody inside can have: run outside of the sandbox what needs it";

  /** The kind of a file in its mode, and two of them. */
  private static final long KIND = 0170000;

  private static final long CHARACTERS = 0020000;
  private static final long BLOCKS = 0060000;

  private final EffectivePolicy policy;
  private final Statements statements;
  private final Denials denials;

  PrivilegeRules(EffectivePolicy policy) {
    this.policy = policy;
    this.statements = new Statements(policy.provenance());
    this.denials = new Denials(policy, statements);
  }

  /** Of a call without a path. */
  Refusal judge(Observed it) {
    return switch (it.call()) {
      case "chroot" ->
          refusal(
              it,
              "it takes a capability that nobody has inside",
              new Fix("--cap-add sys_chroot", "privileges: {capabilities: [sys_chroot]}"));
      case "socket" -> ofSocket(it);
      case "setrlimit", "prlimit64" -> ofLimit(it);
      case "mount",
          "umount2",
          "pivot_root",
          "setns",
          "fsopen",
          "fspick",
          "open_tree",
          "move_mount",
          "mount_setattr" ->
          refusal(
              it,
              "it takes a capability that no profile gives; what is to be mounted is put there by the lists of `files`",
              null);
      default -> refusal(it, OF_MACHINE, null);
    };
  }

  /** Of a file that not even its owner may have so; empty for all others. */
  Optional<Refusal> ofFile(Observed it) {
    return switch (it.call()) {
      case "mknod", "mknodat" ->
          isDevice(it.number())
              ? Optional.of(
                  of(
                      it,
                      "a device at " + it.path(),
                      "nobody inside can make one; a device that the host has is listed by its own path, as with `--write /dev/fuse`",
                      null))
              : Optional.empty();
      case "setxattr" ->
          it.address().startsWith("security.") || it.address().startsWith("trusted.")
              ? Optional.of(of(it, it.address() + " of " + it.path(), OF_MACHINE, null))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** Of a program; empty where it is `why` itself that takes its rights. */
  Optional<Refusal> ofProgram(Observed it) {
    return policy.holds(Guarantee.PRIVILEGE_GAIN)
        ? Optional.of(
            denials.refusal(
                it,
                "the rights that " + it.path() + " gives",
                Guarantee.PRIVILEGE_GAIN,
                "privileges.gain",
                "its file is setuid, setgid or has capabilities; it was started without them, and it failed, perhaps for want of them; nobody inside gets rights over the host, so run outside of the sandbox what takes them",
                null))
        : Optional.empty();
  }

  private static boolean isDevice(long mode) {
    long kind = mode & KIND;
    return kind == CHARACTERS || kind == BLOCKS;
  }

  private Refusal ofSocket(Observed it) {
    boolean host = policy.profile().separation().network().mode() == NetworkAccess.Mode.HOST;
    return of(
        it,
        "a raw socket",
        host
            ? "in the host's network it takes a capability there, which nobody inside can have"
            : "it takes a capability that nobody has inside",
        host ? null : new Fix("--cap-add net_raw", "privileges: {capabilities: [net_raw]}"));
  }

  /** A limit that a profile sets is there from the start. */
  private Refusal ofLimit(Observed it) {
    Optional<Resource> resource =
        Arrays.stream(Resource.values()).filter(any -> any.number() == it.number()).findFirst();
    return resource
        .flatMap(any -> wanted(any, it.address()).map(wanted -> ofLimit(it, any.label(), wanted)))
        .orElseGet(() -> refusal(it, OF_MACHINE, null));
  }

  private Refusal ofLimit(Observed it, String name, String wanted) {
    return new Refusal(
        it,
        "the limit " + name + ": " + wanted,
        denials.answer(
            Guarantee.CAPABILITIES,
            statements
                .of("limits.rlimits." + name)
                .or(() -> statements.of("privileges.capabilities")),
            "nobody inside can raise what a process may have at most; a profile can",
            new Fix(
                "--rlimit " + name + "=" + wanted,
                "limits: {rlimits: {" + name + ": " + wanted + "}}")),
        1);
  }

  private static Optional<String> wanted(Resource resource, String number) {
    try {
      return Optional.of(ResourceFormats.text(resource, Long.parseUnsignedLong(number)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private Refusal refusal(Observed it, String reason, @Nullable Fix fix) {
    return of(it, it.call() + "()", reason, fix);
  }

  private Refusal of(Observed it, String subject, String reason, @Nullable Fix fix) {
    return denials.refusal(
        it, subject, Guarantee.CAPABILITIES, "privileges.capabilities", reason, fix);
  }
}
