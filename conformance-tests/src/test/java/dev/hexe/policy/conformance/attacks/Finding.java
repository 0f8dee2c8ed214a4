package dev.hexe.policy.conformance.attacks;

/**
 * The outcome of an attempt.
 *
 * @param promise what it was to break
 * @param way what it is an example of
 * @param attempt what was done
 * @param design by which the promise is enforced
 * @param user who started the sandbox
 * @param result whether it was kept
 * @param reason why it was not tried, is open, or how it was broken
 */
record Finding(
    String promise,
    String way,
    String attempt,
    String design,
    String user,
    Result result,
    String reason) {
  /** The ends of an attempt. */
  enum Result {
    KEPT("kept"),
    OPEN("open"),
    UNTRIED("not tried"),
    BROKEN("BROKEN");

    private final String word;

    Result(String word) {
      this.word = word;
    }

    @Override
    public String toString() {
      return word;
    }
  }
}
