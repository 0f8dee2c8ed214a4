package dev.hexe.policy.cli.explain;

import dev.hexe.policy.api.profile.Capability;
import dev.hexe.policy.api.profile.FileAccess;
import dev.hexe.policy.api.profile.Identity;
import dev.hexe.policy.api.profile.Limits.CpuQuota;
import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.Privileges;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.cli.text.Words;
import dev.hexe.policy.profiles.value.LimitFormats;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The values of a profile that no guarantee tells by itself, under their names in its file. */
public final class ProfileValue {
  private static final String HOST = "host";
  private static final String UNLIMITED = "max";
  private static final List<String> NAMES =
      List.of(
          "identity",
          "files.unlisted",
          "files.tmp",
          "files.shm",
          "files.root",
          "files.read-only",
          "files.no-execute",
          "git.config",
          "processes.pid",
          "start",
          "hostname",
          "privileges.nesting",
          "privileges.capabilities",
          "privileges.deny-system-calls");
  private static final List<String> LIMITS = List.of("limits.memory", "limits.pids", "limits.cpu");

  private ProfileValue() {}

  static List<String> names() {
    return NAMES;
  }

  static List<String> limits() {
    return LIMITS;
  }

  static String of(ComparedProfile side, String name) {
    Profile profile = side.explanation().profile();
    return switch (name) {
      case "identity" -> identity(profile.identity());
      case "files.unlisted" -> Words.of(profile.files().unlisted());
      case "files.tmp" ->
          profile.files().tmp().isPrivate()
              ? "private, " + LimitFormats.text(profile.files().tmp().size())
              : HOST;
      case "files.shm" -> sharedMemory(profile.files());
      case "files.root" ->
          Optional.ofNullable(profile.files().fixtures().root())
              .map(root -> root.source() + (root.writable() ? ", to write" : ", to read"))
              .orElse("");
      case "files.read-only" -> paths(profile.files().fixtures().readOnly());
      case "files.no-execute" -> paths(profile.files().fixtures().noExecute());
      case "git.config" -> profile.safeguards().gitConfig() ? "writable" : "";
      case "processes.pid" -> pid(profile);
      case "start" -> StartWords.of(profile.startup());
      case "hostname" -> Optional.ofNullable(profile.separation().hostname()).orElse(HOST);
      case "privileges.nesting" -> profile.privileges().nesting() ? "allowed" : "denied";
      case "privileges.capabilities" -> capabilities(profile.privileges());
      case "privileges.deny-system-calls" ->
          String.join(", ", profile.privileges().deniedSystemCalls().stream().sorted().toList());
      case "limits.memory" -> limit(profile.limits().memory(), true);
      case "limits.pids" -> limit(profile.limits().pids(), false);
      default -> cpu(Optional.ofNullable(profile.limits().cpu()));
    };
  }

  private static String sharedMemory(FileAccess files) {
    return files.fixtures().all().stream()
        .filter(fixture -> fixture.path().equals("/dev/shm"))
        .findFirst()
        .map(
            fixture ->
                fixture instanceof MountEntry.Tmpfs tmpfs
                    ? "private, " + LimitFormats.text(tmpfs.size())
                    : "mounted")
        .orElse(
            files.minimalDevices()
                    && Stream.of(files.read(), files.write())
                        .flatMap(List::stream)
                        .noneMatch(rule -> rule.path().equals("/dev/shm"))
                ? "private"
                : HOST);
  }

  private static String capabilities(Privileges privileges) {
    String given = labels(privileges.capabilities(), "");
    String others = privileges.noCapabilities() ? "none" : "keep";
    String taken = labels(privileges.takenCapabilities(), "-");
    return Stream.of(privileges.noCapabilities() && !given.isEmpty() ? "" : others, given, taken)
        .filter(word -> !word.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private static String labels(Set<Capability> capabilities, String sign) {
    return capabilities.stream()
        .map(capability -> sign + capability.label())
        .collect(Collectors.joining(", "));
  }

  private static String pid(Profile profile) {
    if (profile.startup().firstProcess()) {
      return "1";
    }
    return profile.separation().inPlace() ? "kept" : "any";
  }

  private static String identity(Identity identity) {
    return identity.kind() == Identity.Kind.IDS
        ? identity.uid() + ":" + identity.gid()
        : Words.of(identity.kind());
  }

  private static String limit(OptionalLong limit, boolean bytes) {
    if (limit.isEmpty()) {
      return UNLIMITED;
    }
    return bytes ? LimitFormats.text(limit.getAsLong()) : Long.toString(limit.getAsLong());
  }

  private static String paths(List<PathRule> rules) {
    return String.join(
        ", ",
        rules.stream()
            .map(rule -> rule.path().equals(PathRule.CWD) ? "${CWD}" : rule.path())
            .sorted()
            .toList());
  }

  private static String cpu(Optional<CpuQuota> quota) {
    return quota
        .map(
            it ->
                BigDecimal.valueOf(it.quota())
                    .divide(BigDecimal.valueOf(it.period()), MathContext.DECIMAL32)
                    .stripTrailingZeros()
                    .toPlainString())
        .orElse(UNLIMITED);
  }
}
