package dev.hexe.policy.engine.system;

import dev.hexe.policy.api.plan.Action;
import dev.hexe.policy.api.plan.PlanNotes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * The record by which a plan is out of date once a file is not what it was. Size and time of
 * modification can be set back to what they were; the time of change cannot.
 */
public final class FileDependency {
  /** What {@link #of} takes from the view {@code unix}. */
  public static final String ATTRIBUTES = "dev,ino,size,lastModifiedTime,ctime";

  private FileDependency() {}

  /** On a file as it is now, or on there being none. A symlink is not followed. */
  public static Action on(Path file) {
    try {
      return of(file, status(file));
    } catch (IOException e) {
      return onAbsence(file.toString());
    }
  }

  /** On which file is at a path, whatever is in it. */
  static Action onEntry(Path file) {
    try {
      return PlanNotes.dependsEntry(of(file, status(file)));
    } catch (IOException e) {
      return onAbsence(file.toString());
    }
  }

  /** On a directory being this one, whatever comes and goes in it. */
  public static Action onIdentity(Path directory) {
    try {
      Map<String, Object> status =
          Files.readAttributes(directory, "unix:dev,ino", LinkOption.NOFOLLOW_LINKS);
      return PlanNotes.dependsIdentity(
          directory.toString(), number(status, "dev"), number(status, "ino"));
    } catch (IOException e) {
      return onAbsence(directory.toString());
    }
  }

  /** All that tells whether it is the same file; to ask for so much takes longer than to look. */
  static Map<String, Object> status(Path file) throws IOException {
    return Files.readAttributes(file, "unix:" + ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
  }

  public static Action onAbsence(String path) {
    return PlanNotes.depends(path, 0, 0, 0, 0, 0);
  }

  public static Action of(Path file, Map<String, Object> status) {
    return PlanNotes.depends(
        file.toString(),
        number(status, "dev"),
        number(status, "ino"),
        number(status, "size"),
        nanoseconds(status, "lastModifiedTime"),
        nanoseconds(status, "ctime"));
  }

  private static long number(Map<String, Object> status, String name) {
    return ((Number) value(status, name)).longValue();
  }

  private static long nanoseconds(Map<String, Object> status, String name) {
    return ((FileTime) value(status, name)).to(TimeUnit.NANOSECONDS);
  }

  private static Object value(Map<String, Object> status, String name) {
    return Objects.requireNonNull(status.get(name), name);
  }
}
