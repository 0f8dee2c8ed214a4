package dev.hexe.policy.importers.report;

/**
 * A line of a source.
 *
 * @param file its name, as a message shows it
 * @param line counted from 1; 0 where the format as a whole is meant
 */
public record Place(String file, int line) {
  /** The format as a whole. */
  public static Place all(String file) {
    return new Place(file, 0);
  }

  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line;
  }
}
