package dev.hexe.policy.engine;

import dev.hexe.policy.api.problem.CannotCompileException;
import dev.hexe.policy.api.problem.Misfit;
import dev.hexe.policy.api.profile.Origin;
import dev.hexe.policy.api.profile.Provenance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Collects the parts of a profile that do not fit this machine, and names them all at once. */
final class Misfits {
  private final Provenance provenance;
  private final List<Misfit> found = new ArrayList<>();

  Misfits(Provenance provenance) {
    this.provenance = provenance;
  }

  void addAll(List<Misfit> misfits) {
    found.addAll(misfits);
  }

  /** Does something that may find more of them. Where there are some already, all else waits. */
  void collect(Runnable step) {
    try {
      step.run();
    } catch (CannotCompileException e) {
      if (e.misfits().isEmpty() && found.isEmpty()) {
        throw e;
      }
      found.addAll(e.misfits());
    }
  }

  /**
   * Ends the compilation where there is one.
   *
   * @throws CannotCompileException with all of them, each with its place
   */
  void throwIfAny() {
    if (found.isEmpty()) {
      return;
    }
    if (found.size() == 1 && origin(found.get(0)).isEmpty()) {
      throw new CannotCompileException(found.get(0).message(), found.get(0).help(), found);
    }
    throw new CannotCompileException(
        found.stream()
            .distinct()
            .sorted(Comparator.comparing(this::line))
            .map(this::told)
            .collect(Collectors.joining("\n")),
        "",
        found);
  }

  private Optional<Origin> origin(Misfit misfit) {
    return provenance.of(misfit.key(), misfit.value());
  }

  private int line(Misfit misfit) {
    return origin(misfit)
        .filter(Origin.InFile.class::isInstance)
        .map(origin -> ((Origin.InFile) origin).line())
        .orElse(0);
  }

  private String told(Misfit misfit) {
    String help = misfit.help().isEmpty() ? "" : "\n  help: " + misfit.help();
    return origin(misfit).map(origin -> told(origin, misfit)).orElse(misfit.message()) + help;
  }

  private static String told(Origin origin, Misfit misfit) {
    return origin instanceof Origin.InFile place
        ? place.text() + ": " + misfit.message() + "\n" + place.excerpt().lines()
        : "`" + origin.text() + "`: " + misfit.message();
  }
}
