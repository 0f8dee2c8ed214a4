package dev.hexe.policy.importers.firejail;

import dev.hexe.policy.importers.report.Place;

/** A command of a profile with what it is about. */
record Line(Place place, String text) {
  /** Its first word. */
  String command() {
    int blank = text.indexOf(' ');
    return blank < 0 ? text : text.substring(0, blank);
  }

  /** All behind the first word. */
  String argument() {
    int blank = text.indexOf(' ');
    return blank < 0 ? "" : text.substring(blank + 1).strip();
  }
}
