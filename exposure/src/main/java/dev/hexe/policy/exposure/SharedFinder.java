package dev.hexe.policy.exposure;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Strength;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds what is shared with the host, or taken from it without end, and what is promised and not
 * held.
 */
final class SharedFinder {
  private static final Map<Guarantee, Kind> PLAIN =
      Map.of(
          Guarantee.IPC, Kind.SHARED_IPC,
          Guarantee.MEMORY, Kind.UNLIMITED_MEMORY,
          Guarantee.PIDS, Kind.UNLIMITED_PIDS,
          Guarantee.CPU, Kind.UNLIMITED_CPU);
  private static final String DEVICES =
      "(kvm|fuse|mem|port|uinput|(sd|vd|xvd|nvme|mmcblk|dm-|loop|video|hidraw|ttyUSB|ttyACM)[a-z0-9]+)";
  private static final List<String> DEVICE_FOLDERS = List.of("dri", "input", "snd", "bus");
  private static final int MOST_SHOWN = 6;

  private final Subject subject;
  private final Optional<LiveContext> here;
  private final Optional<EffectiveAccess> reach;

  SharedFinder(Subject subject, Optional<LiveContext> here, Optional<EffectiveAccess> reach) {
    this.subject = subject;
    this.here = here;
    this.reach = reach;
  }

  Stream<Exposure> find() {
    List<Exposure> found = new ArrayList<>();
    if (subject.strength(Guarantee.FILES) == Strength.NONE) {
      found.add(subject.unless(Guarantee.FILES, Exposure.of(Kind.UNLISTED_FILES)));
    }
    if (isHostTmp()) {
      found.add(subject.unless(Guarantee.TMP, Exposure.of(Kind.HOST_TMP)));
    }
    devices().ifPresent(found::add);
    passed().ifPresent(found::add);
    PLAIN.forEach(
        (guarantee, kind) -> {
          if (!subject.isFull(guarantee)) {
            found.add(subject.unless(guarantee, Exposure.of(kind)));
          }
        });
    List<String> weak = weak();
    if (!weak.isEmpty()) {
      found.add(Exposure.of(Kind.WEAK_GUARANTEES, weak));
    }
    return found.stream();
  }

  private boolean isHostTmp() {
    return subject.strength(Guarantee.TMP) == Strength.NONE
        && reach
            .map(it -> it.writes("/tmp"))
            .orElseGet(() -> subject.strength(Guarantee.FILES) == Strength.NONE);
  }

  /** On this host only where one of those that are worth something can be opened. */
  private Optional<Exposure> devices() {
    if (subject.strength(Guarantee.DEVICES) != Strength.NONE) {
      return Optional.empty();
    }
    if (here.isEmpty()) {
      return subject.strength(Guarantee.FILES) == Strength.NONE
          ? Optional.of(Exposure.of(Kind.HOST_DEVICES))
          : Optional.empty();
    }
    List<String> open =
        here.get().view().names("/dev").stream()
            .filter(name -> name.matches(DEVICES) || DEVICE_FOLDERS.contains(name))
            .map(name -> "/dev/" + name)
            .filter(path -> reach.filter(it -> it.reads(path)).isPresent())
            .limit(MOST_SHOWN)
            .toList();
    return open.isEmpty() ? Optional.empty() : Optional.of(Exposure.of(Kind.HOST_DEVICES, open));
  }

  /** What they lead to is known only when it runs. */
  private Optional<Exposure> passed() {
    List<String> numbers =
        subject.profile().startup().passedDescriptors().stream()
            .sorted()
            .map(number -> "descriptor " + number)
            .toList();
    return numbers.isEmpty()
        ? Optional.empty()
        : Optional.of(Exposure.of(Kind.PASSED_DESCRIPTORS, numbers));
  }

  private List<String> weak() {
    return subject.decisions().all().stream()
        .filter(decision -> decision.strength() != Strength.FULL)
        .map(SharedFinder::told)
        .toList();
  }

  private static String told(Decision decision) {
    return decision.guarantee().id()
        + " ("
        + decision.strength().name().toLowerCase(Locale.ROOT)
        + ")";
  }
}
