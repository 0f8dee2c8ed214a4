package dev.hexe.policy.cli.log;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** The log of the gateway of one user, beside the plans that are kept for them. */
public final class GatewayLog {
  private static final String NAME = "gateway/log.jsonl";

  private GatewayLog() {}

  /** The file in the directory of kept plans; it need not be there. */
  public static Path file(Path kept) {
    return kept.resolve(NAME);
  }

  /**
   * What one sandbox asked for. Process numbers come again, so those before a time are another's.
   *
   * @throws IOException where a log that is there cannot be read
   */
  public static List<NetworkRecord> of(Path kept, long sandbox, Instant since) throws IOException {
    try (LogFile log = new LogFile(file(kept))) {
      return log.next().stream()
          .flatMap(line -> NetworkRecord.of(line).stream())
          .filter(it -> it.sandbox().equals(String.valueOf(sandbox)))
          .filter(it -> it.time().filter(time -> !time.isBefore(since)).isPresent())
          .toList();
    }
  }
}
