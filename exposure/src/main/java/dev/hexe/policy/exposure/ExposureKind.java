package dev.hexe.policy.exposure;

/** Something that can be left open: one of this program's own, or a plug-in's. */
public interface ExposureKind {
  /** Its stable name. */
  String id();

  /** The most it counts, in tenths. */
  int weight();

  /** Whether it alone, with no flaw in anything, lets the command act outside in the end. */
  boolean wayOut();

  /** What can be done, as a sentence without a period. */
  String what();

  /** What would close it. */
  String close();

  /** Ours in their order, those of plug-ins behind them by their names. */
  static int compare(ExposureKind one, ExposureKind other) {
    if (one instanceof Kind ours && other instanceof Kind theirs) {
      return ours.compareTo(theirs);
    }
    int ownFirst = Boolean.compare(other instanceof Kind, one instanceof Kind);
    return ownFirst == 0 ? one.id().compareTo(other.id()) : ownFirst;
  }
}
