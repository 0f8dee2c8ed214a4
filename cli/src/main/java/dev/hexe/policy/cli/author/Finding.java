package dev.hexe.policy.cli.author;

import java.util.Comparator;

/**
 * Something about a profile that its author hardly means.
 *
 * @param severity how grave it is
 * @param check the stable name of what was looked for
 * @param file as messages name it
 * @param line counted from 1
 * @param column counted from 1
 * @param what lower case, without a final period, the author's words in backticks
 * @param fix what to do; may be empty
 */
record Finding(
    Severity severity, String check, String file, int line, int column, String what, String fix)
    implements Comparable<Finding> {
  private static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::file)
          .thenComparingInt(Finding::line)
          .thenComparingInt(Finding::column)
          .thenComparing(Finding::check)
          .thenComparing(Finding::what);

  /** The gravity of a finding. */
  enum Severity {
    /** Nothing runs under the profile. */
    ERROR,
    /** The author most likely means something else. */
    WARNING,
    /** Good to know; often meant so. */
    NOTE
  }

  /** The place, as messages begin with it. */
  String place() {
    return file + ":" + line + ":" + column;
  }

  @Override
  public int compareTo(Finding other) {
    return ORDER.compare(this, other);
  }
}
