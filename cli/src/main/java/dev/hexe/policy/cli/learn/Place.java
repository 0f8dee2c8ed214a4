package dev.hexe.policy.cli.learn;

/** A list of a profile that learning adds to. */
public enum Place {
  /** Entries of a directory. */
  LIST("files", "list-if-present"),
  /** What is read or executed. */
  READ("files", "read-if-present"),
  /** What is written. */
  WRITE("files", "write-if-present"),
  /** Destinations. */
  ALLOW("network", "allow");

  private final String section;
  private final String key;

  Place(String section, String key) {
    this.section = section;
    this.key = key;
  }

  /** The key of the profile that it stands under. */
  public String section() {
    return section;
  }

  /** Its own key. */
  public String key() {
    return key;
  }

  /** Whether its values are paths. */
  public boolean isOfPaths() {
    return this != ALLOW;
  }
}
