package dev.hexe.policy.api.profile;

import org.jspecify.annotations.Nullable;

/**
 * The place where something was said. Of two origins the one of the higher {@link #layer()} was
 * said later: what a profile says counts over what it extends, the environment over profiles, and
 * an option over all.
 */
public sealed interface Origin {
  /** How many layers a file has for itself: its own, and one for each of its conditions. */
  int LAYERS_OF_FILE = 1000;

  /** The first layer of the profile that was asked for; what it extends is in those below. */
  int OWN_LAYER = 0;

  /** The first layer of a project's own file. */
  int PROJECT_LAYER = OWN_LAYER + LAYERS_OF_FILE;

  /** Above all files. */
  int VARIABLE_LAYER = PROJECT_LAYER + LAYERS_OF_FILE;

  /** Above everything. */
  int OPTION_LAYER = VARIABLE_LAYER + 1;

  /** How late it was said. */
  int layer();

  /** The place in a few words, as messages begin with it: {@code web.yaml:7:3}. */
  String text();

  /**
   * A place in a profile's file.
   *
   * @param file what messages call it
   * @param line counted from 1
   * @param column counted from 1
   * @param layer see {@link Origin#layer()}
   * @param excerpt the line itself
   */
  record InFile(String file, int line, int column, int layer, Excerpt excerpt) implements Origin {
    @Override
    public String text() {
      return file + ":" + line + ":" + column;
    }
  }

  /** The line of a file, with carets below what is meant. */
  @FunctionalInterface
  interface Excerpt {
    /** Two lines without a newline at the end. */
    String lines();
  }

  /**
   * An option of the command line.
   *
   * @param name as in {@code --read}
   */
  record Option(String name) implements Origin {
    @Override
    public int layer() {
      return OPTION_LAYER;
    }

    @Override
    public String text() {
      return name;
    }
  }

  /**
   * A variable of the environment.
   *
   * @param name as in {@code HEXE_CGROUP_MEM_MAX}
   */
  record Variable(String name) implements Origin {
    @Override
    public int layer() {
      return VARIABLE_LAYER;
    }

    @Override
    public String text() {
      return name;
    }
  }

  /**
   * A list that comes with this program, which was asked for as a whole.
   *
   * @param because what makes its items worth it, as the end of a sentence
   * @param asked where it was asked for
   */
  record DefaultList(String because, Origin asked) implements Origin {
    @Override
    public int layer() {
      return asked.layer();
    }

    @Override
    public String text() {
      return "default, " + asked.text();
    }

    // Made by hand: the JDK makes these of method handles at the first use, which takes
    // milliseconds.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof DefaultList that
          && because.equals(that.because)
          && asked.equals(that.asked);
    }

    @Override
    public int hashCode() {
      return 31 * because.hashCode() + asked.hashCode();
    }
  }
}
