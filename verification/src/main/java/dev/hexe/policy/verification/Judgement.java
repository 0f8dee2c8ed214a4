package dev.hexe.policy.verification;

/** The judgement on the answer to an act. */
public enum Judgement {
  /** The promise was kept. */
  HELD,
  /** The promise was broken. */
  BROKEN,
  /**
   * Nothing was promised about this act on this host: what enforces the guarantee leaves it open.
   */
  LEFT_OPEN,
  /** The act could not be tried. */
  NOT_TRIED
}
