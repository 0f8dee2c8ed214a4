package dev.hexe.policy.cli;

/** The version of this program, as its jar says. The launcher prints it by itself. */
final class Versions {
  private Versions() {}

  static String ours() {
    String version = Versions.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
