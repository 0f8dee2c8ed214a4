package dev.hexe.policy.verification.environment;

import dev.hexe.policy.api.profile.Capability;
import dev.hexe.policy.api.profile.Identity.Kind;
import dev.hexe.policy.api.profile.Privileges;
import dev.hexe.policy.api.profile.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files that root writes outside by its capabilities alone: where those do not count inside, or the
 * owner's id does not exist there, ordinary permissions deny it.
 */
public final class ForeignFiles {
  /** Why nothing shows there what a sandbox allows. */
  public static final String REASON =
      "another user owns it, over whose files root has no right inside";

  private static final int OTHERS_WRITE = 0002;

  private final boolean outOfReach;

  public ForeignFiles(Profile profile, TestEnvironment scene) {
    outOfReach = scene.caller().uid() == 0 && !overridesPermissions(profile);
  }

  private static boolean overridesPermissions(Profile profile) {
    Privileges privileges = profile.privileges();
    boolean has =
        privileges.noCapabilities()
            ? privileges.capabilities().contains(Capability.DAC_OVERRIDE)
            : !privileges.takenCapabilities().contains(Capability.DAC_OVERRIDE);
    Kind ids = profile.identity().kind();
    return has && (ids == Kind.HOST || ids == Kind.SUBORDINATE);
  }

  /** Whether {@code path} is one of them. */
  public boolean has(Path path) {
    try {
      return outOfReach
          && (int) Files.getAttribute(path, "unix:uid") != 0
          && ((int) Files.getAttribute(path, "unix:mode") & OTHERS_WRITE) == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
