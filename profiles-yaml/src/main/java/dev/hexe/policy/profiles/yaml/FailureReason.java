package dev.hexe.policy.profiles.yaml;

import java.io.IOException;

/** The reason why a file could not be read or written, without its path. */
public final class FailureReason {
  private FailureReason() {}

  /** Why a file could not be used, as the end of a sentence. */
  public static String of(IOException e) {
    return e instanceof java.nio.file.NoSuchFileException
        ? "no such file or directory"
        : e instanceof java.nio.file.AccessDeniedException ? "permission denied" : named(e);
  }

  // Java puts the kernel's words behind the path, or in the place of it.
  private static String named(IOException e) {
    String reason =
        e instanceof java.nio.file.FileSystemException file ? file.getReason() : e.getMessage();
    return reason == null
        ? e.getClass().getSimpleName()
        : reason.toLowerCase(java.util.Locale.ROOT);
  }
}
