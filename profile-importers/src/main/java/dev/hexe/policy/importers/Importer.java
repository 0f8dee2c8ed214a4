package dev.hexe.policy.importers;

/** A format that is understood. */
public interface Importer {
  /** Its name. */
  Kind kind();

  /** Whether a source looks like one of these. */
  boolean recognises(Source source);

  /**
   * Reads a source.
   *
   * @throws ImportException where it is no such source after all
   */
  Imported read(Source source);
}
