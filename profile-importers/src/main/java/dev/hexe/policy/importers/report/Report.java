package dev.hexe.policy.importers.report;

import dev.hexe.policy.profiles.yaml.Quotes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Everything a source says, with what became of it. */
public final class Report {
  private static final int LONGEST = 200;

  private final Set<Note> notes = new LinkedHashSet<>();

  /** A statement that the profile has in {@code key}. */
  public void carried(Place place, String statement, String key) {
    note(Outcome.CARRIED, place, statement, key);
  }

  /** A statement that the profile has in part, or in another way. */
  public void approximated(Place place, String statement, String difference) {
    note(Outcome.APPROXIMATED, place, statement, difference);
  }

  /** A statement that the profile does not have. */
  public void lost(Place place, String statement, String why) {
    note(Outcome.NOT_CARRIED, place, statement, why);
  }

  private void note(Outcome outcome, Place place, String statement, String result) {
    notes.add(
        new Note(
            outcome,
            new Place(visible(place.file()), place.line()),
            visible(statement),
            visible(result)));
  }

  /** Text from elsewhere on one line, shortened, with nothing in it that a terminal obeys. */
  public static String visible(String text) {
    String shown =
        text.length() > LONGEST
            ? text.substring(
                    0,
                    text.offsetByCodePoints(
                        0, Math.min(LONGEST, text.codePointCount(0, text.length()))))
                + "…"
            : text;
    return Quotes.visible(shown.replace('\n', ' ').replace('\t', ' '));
  }

  /** All of them in order. */
  public List<Note> notes() {
    return List.copyOf(notes);
  }

  /** Those with this outcome, in order. */
  public List<Note> of(Outcome outcome) {
    return notes.stream().filter(note -> note.outcome() == outcome).toList();
  }
}
