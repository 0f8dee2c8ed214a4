package dev.hexe.policy.profiles.yaml;

import dev.hexe.policy.api.profile.Origin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The mistakes found in one file, told together and in order. */
public final class Mistakes {
  private static final int SHOWN = 100;

  private final SourceText source;
  private final List<Mistake> found = new ArrayList<>();

  public Mistakes(SourceText source) {
    this.source = source;
  }

  private record Mistake(Span where, String what, String help) {}

  /** The place of a span, for what is said there. */
  public Origin origin(Span where, int layer) {
    return new Origin.InFile(
        source.name(), where.line() + 1, where.column() + 1, layer, () -> source.excerpt(where));
  }

  /** Notes one. */
  public void add(Span where, String what, String help) {
    found.add(new Mistake(where, what, help));
  }

  /** Notes one that somebody else found. */
  public void add(Span where, ProfileException mistake) {
    add(where, String.valueOf(mistake.getMessage()), mistake.help());
  }

  /** Notes one at a place in this file. */
  public void add(Origin where, String what, String help) {
    if (where instanceof Origin.InFile place) {
      add(Span.at(place.line() - 1, place.column() - 1), what, help);
    }
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /**
   * Ends the reading where there is a mistake.
   *
   * @throws ProfileException with all of them
   */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw exception();
    }
  }

  /** All of them as one exception. */
  public ProfileException exception() {
    String told =
        found.stream()
            .sorted(Comparator.comparing(Mistake::where))
            .limit(SHOWN)
            .map(this::tell)
            .collect(Collectors.joining("\n"));
    int more = found.size() - SHOWN;
    return new ProfileException(
        more > 0 ? told + "\nand " + more + " more mistakes" : told,
        "",
        found.stream().sorted(Comparator.comparing(Mistake::where)).map(this::placed).toList());
  }

  private FileMistake placed(Mistake mistake) {
    return new FileMistake(
        source.name(),
        mistake.where.line() + 1,
        mistake.where.column() + 1,
        mistake.what,
        mistake.help);
  }

  private String tell(Mistake mistake) {
    String told =
        source.place(mistake.where) + ": " + mistake.what + "\n" + source.excerpt(mistake.where);
    return mistake.help.isEmpty() ? told : told + "\n  help: " + mistake.help;
  }
}
