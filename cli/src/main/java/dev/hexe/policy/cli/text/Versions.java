package dev.hexe.policy.cli.text;

/** The version of this program, as its jar says. The launcher prints it by itself. */
public final class Versions {
  private Versions() {}

  public static String ours() {
    String version = Versions.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
