package dev.hexe.policy.exposure;

import dev.hexe.policy.api.host.HostReader;
import dev.hexe.policy.api.host.HostTree;
import java.util.List;

/** A host whose files can be looked at, as the caller sees them outside of any sandbox. */
public interface HostView extends HostTree, HostReader {
  /** Whether the caller may read what is there; symlinks are followed. */
  boolean mayRead(String path);

  /** Whether the caller may write what is there; symlinks are followed. */
  boolean mayWrite(String path);

  /**
   * Whether owner and mode let a user read what is there who has no capability; symlinks are
   * followed. Of a file that is another's it is enough that its group or others may, whoever they
   * are: an access list can name anybody.
   */
  boolean modeLetsRead(String path, long uid);

  /** The same of writing. */
  boolean modeLetsWrite(String path, long uid);

  /** Whether it is a program that runs with the rights of its owner or group. */
  boolean isSetuid(String path);

  /** The names in a directory, sorted; empty where it cannot be listed. */
  List<String> names(String directory);
}
