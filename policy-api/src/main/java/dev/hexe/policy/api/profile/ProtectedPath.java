package dev.hexe.policy.api.profile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path that is kept from the command although it lies in what the profile lists. Where there is
 * nothing at the path there is nothing to keep, and nothing is made there.
 *
 * @param path absolute and without {@code .} or {@code ..}, or {@link PathRule#CWD}, alone or with
 *     a path below it, or {@link PathRule#ABOVE} with one
 * @param because what makes it worth it, as the end of a sentence: {@code shells run it}
 * @param usual whether it comes with this program, and nobody listed it
 * @param own whether a command has an empty directory of its own where a hidden one is, and can
 *     write there
 */
public record ProtectedPath(String path, String because, boolean usual, boolean own) {
  /** One that somebody listed. */
  public ProtectedPath(String path, String because) {
    this(path, because, false);
  }

  /** One that is out of reach, and nothing in its place. */
  public ProtectedPath(String path, String because, boolean usual) {
    this(path, because, usual, false);
  }

  /** This one, listed by somebody where the other one of the same path is. */
  public ProtectedPath and(ProtectedPath other) {
    return new ProtectedPath(path, because, usual && other.usual, own && other.own);
  }

  /** The same elsewhere. */
  public ProtectedPath at(String place) {
    return new ProtectedPath(place, because, usual, own);
  }

  /** Whether it lies in the working directory, which only the launcher knows. */
  public boolean inWorkingDirectory() {
    return path.startsWith(PathRule.CWD);
  }

  /** Whether it lies in each of the directories above, which only the launcher knows. */
  public boolean aboveWorkingDirectory() {
    return path.startsWith(PathRule.ABOVE);
  }

  /** Where it is for a command that starts in a directory, which is absolute. */
  public List<String> places(Path workingDirectory) {
    if (inWorkingDirectory()) {
      return List.of(workingDirectory + path.substring(PathRule.CWD.length()));
    }
    return aboveWorkingDirectory() ? inEachAbove(workingDirectory) : List.of(path);
  }

  private List<String> inEachAbove(Path directory) {
    List<String> places = new ArrayList<>();
    for (Path above = directory.getParent();
        above != null && above.getNameCount() > 0;
        above = above.getParent()) {
      places.add(above + path.substring(PathRule.ABOVE.length()));
    }
    return places;
  }

  // Made by hand: the JDK makes these of method handles at the first use, which takes milliseconds.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ProtectedPath that
        && usual == that.usual
        && own == that.own
        && path.equals(that.path)
        && because.equals(that.because);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * (31 * path.hashCode() + because.hashCode()) + Boolean.hashCode(usual))
        + Boolean.hashCode(own);
  }
}
