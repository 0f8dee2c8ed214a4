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

  /**
   * A statement that the profile has in {@code key}, of which the source's last one counts: those
   * before it with the same first word are replaced.
   */
  public void last(Place place, String statement, String key) {
    replace(key, place, statement);
    carried(place, statement, key);
  }

  /** Takes earlier statements about {@code key}, with the same first word, as replaced. */
  public void replace(String key, Place by, String statement) {
    String word = firstWord(visible(statement));
    List<Note> all = List.copyOf(notes);
    notes.clear();
    for (Note note : all) {
      boolean same = isAbout(note, key) && firstWord(note.statement()).equals(word);
      notes.add(same ? replaced(note, "said again at " + by) : note);
    }
  }

  /** A statement that has no effect in the source either. */
  public void replaced(Place place, String statement, String reason) {
    note(Outcome.REPLACED, place, statement, reason);
  }

  private static Note replaced(Note note, String reason) {
    return new Note(Outcome.REPLACED, note.place(), note.statement(), visible(reason));
  }

  private static boolean isAbout(Note note, String key) {
    return (note.outcome() == Outcome.CARRIED || note.outcome() == Outcome.APPROXIMATED)
        && (note.result().equals(key) || note.result().startsWith(key + ":"));
  }

  private static String firstWord(String statement) {
    return statement.split("[ =:]", 2)[0];
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
