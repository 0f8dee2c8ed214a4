package dev.hexe.policy.cli.repair;

import java.util.List;

/**
 * One change of a host.
 *
 * @param title what it does, in a few words
 * @param why what it is for, what it costs and how it is undone, a line each
 * @param commands what does it; doing it twice does no harm
 */
record Step(String title, List<String> why, String commands) {
  /** Copies the lines. */
  Step {
    why = List.copyOf(why);
  }
}
