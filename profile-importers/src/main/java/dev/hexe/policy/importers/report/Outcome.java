package dev.hexe.policy.importers.report;

/** The outcome of a statement. */
public enum Outcome {
  /** The profile says the same. */
  CARRIED("carried"),

  /** The profile says something near to it. */
  APPROXIMATED("approximated"),

  /** The profile does not have it. */
  NOT_CARRIED("not carried"),

  /** It has no effect in the source either, as a later statement says otherwise. */
  REPLACED("replaced");

  private final String words;

  Outcome(String words) {
    this.words = words;
  }

  /** As a report names it. */
  public String words() {
    return words;
  }
}
