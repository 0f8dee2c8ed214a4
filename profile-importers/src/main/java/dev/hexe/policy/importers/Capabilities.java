package dev.hexe.policy.importers;

import dev.hexe.policy.api.profile.Capability;
import dev.hexe.policy.importers.draft.Draft;
import dev.hexe.policy.importers.draft.Value;
import dev.hexe.policy.importers.report.Place;
import dev.hexe.policy.importers.report.Report;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Capabilities, as sources add and drop them one by one. */
public final class Capabilities {
  private static final String KEY = "privileges.capabilities";
  private static final Set<String> UNDOING = Set.of("sys_admin", "sys_resource");

  private final Report report;
  private final Set<String> given = new LinkedHashSet<>();
  private final Set<String> taken = new LinkedHashSet<>();
  private boolean others;

  /**
   * Begins with all or none.
   *
   * @param others whether those that nothing names are as the caller has them
   */
  public Capabilities(boolean others, Report report) {
    this.others = others;
    this.report = report;
  }

  /** Begins with these besides. */
  public Capabilities having(List<String> names) {
    names.forEach(name -> known(name).ifPresent(given::add));
    return this;
  }

  /** One more, or {@code ALL}. */
  public void add(Place place, String said, String name) {
    if (isAll(name)) {
      others = true;
      taken.clear();
      report.approximated(
          place,
          said,
          KEY
              + ": those the caller has, but sys_admin and sys_resource where mounts or limits depend on it");
      return;
    }
    Optional<String> harmless = harmless(place, said, name);
    if (harmless.isPresent()) {
      taken.remove(harmless.get());
      given.add(harmless.get());
      report.carried(place, said, KEY);
    }
  }

  /** One that a command may have; what else is named is reported. */
  public Optional<String> harmless(Place place, String said, String name) {
    Optional<String> known = known(name);
    if (known.isEmpty()) {
      report.lost(place, said, "no such capability is known");
    } else if (UNDOING.contains(known.get())) {
      report.lost(place, said, "with it the sandbox could be undone");
      return Optional.empty();
    }
    return known;
  }

  /** Keeps of those there are these alone. */
  public void within(Set<String> harmless) {
    Set<String> kept = new LinkedHashSet<>(harmless);
    kept.removeIf(it -> others ? taken.contains(it) : !given.contains(it));
    others = false;
    taken.clear();
    given.clear();
    given.addAll(kept);
  }

  /** One less, or {@code ALL}. */
  public void drop(Place place, String said, String name) {
    if (isAll(name)) {
      others = false;
      given.clear();
      taken.clear();
      report.carried(place, said, KEY);
      return;
    }
    Optional<String> known = known(name);
    if (known.isEmpty()) {
      report.lost(place, said, "no such capability is known");
    } else {
      given.remove(known.get());
      taken.add(known.get());
      report.carried(place, said, KEY);
    }
  }

  /** Keeps these alone. */
  public void only(Place place, String said, List<String> names) {
    others = false;
    given.clear();
    taken.clear();
    names.forEach(name -> add(place, said, name));
  }

  private static boolean isAll(String name) {
    return name.equalsIgnoreCase("all");
  }

  private static Optional<String> known(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceFirst("^cap_", "");
    return Arrays.stream(Capability.values())
        .map(it -> it.name().toLowerCase(Locale.ROOT))
        .filter(plain::equals)
        .findFirst();
  }

  /** Says them in a profile. */
  public void write(Draft draft) {
    if (!others) {
      draft.set(KEY, given.isEmpty() ? Value.word("none") : Value.words(List.copyOf(given)));
    } else if (taken.isEmpty()) {
      draft.set(KEY, "keep");
    } else {
      draft.set(
          KEY,
          Value.words(
              Stream.concat(Stream.of("keep"), taken.stream().map(it -> "-" + it)).toList()));
    }
  }
}
