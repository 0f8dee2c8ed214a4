package dev.hexe.policy.verification.checks;

import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.IoLimit;
import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.verification.act.Check;
import dev.hexe.policy.verification.act.CheckList;
import dev.hexe.policy.verification.act.Expectation;
import dev.hexe.policy.verification.environment.Disks;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The traffic with disks is limited. As much is transferred as takes a moment under the limit, past
 * the page cache, to and from a file on that disk.
 */
final class DiskChecks {
  private static final String READ = "read-direct";
  private static final String WRITE = "write-direct";

  /** How long it takes under the limit, in seconds, and how long a file to be read may take. */
  private static final double MOMENT = 1.5;

  private static final double PREPARATION = 4;
  private static final double TOLERANCE = 1.4;
  private static final long BLOCK = 4096;
  private static final long LARGEST_BLOCK = 16 * BLOCK;
  private static final long MOST_BYTES = 256L << 20;
  private static final long MOST_OPERATIONS = 20_000;

  private final List<IoLimit> limits;
  private final Disks disks;
  private final CheckList trials = new CheckList(Guarantee.IO);

  DiskChecks(Profile profile, Disks disks) {
    limits = profile.limits().io();
    this.disks = disks;
  }

  List<Check> all() {
    limits.forEach(this::add);
    if (trials.all().isEmpty()) {
      trials.omit(
          Expectation.value("its share", share -> false),
          WRITE,
          "a share shows only beside others that want the disk");
    }
    return trials.all();
  }

  private void add(IoLimit limit) {
    bytes(limit, READ, limit.read());
    bytes(limit, WRITE, limit.write());
    operations(limit, READ, limit.readOperations());
    operations(limit, WRITE, limit.writeOperations());
  }

  // Blocks that are small beside the limit.
  private void bytes(IoLimit limit, String act, OptionalLong rate) {
    rate.ifPresent(
        bytes -> {
          long block = Math.max(BLOCK, Math.min(LARGEST_BLOCK, bytes / 8 / BLOCK * BLOCK));
          add(limit, act, block, bytes * MOMENT / block, (double) bytes / block);
        });
  }

  private void operations(IoLimit limit, String act, OptionalLong rate) {
    rate.ifPresent(number -> add(limit, act, BLOCK, number * MOMENT, (double) number));
  }

  private void add(IoLimit limit, String act, long block, double wanted, double rate) {
    long count = (long) Math.ceil(wanted);
    // the first block waits for nobody
    double least = (count - 1) / rate / TOLERANCE * 1000;
    Expectation slowed =
        Expectation.value(
            "at least %.0f ms".formatted(least), value -> Double.parseDouble(value) >= least);
    Optional<Path> directory = disks.directoryOn(limit.device());
    String reason = obstacle(limit, act, block, count, directory.isPresent());
    if (reason.isEmpty()) {
      trials.add(slowed, act, directory.orElseThrow(), block, count);
    } else {
      trials.omit(slowed, act + " on " + limit.device(), reason);
    }
  }

  private static String obstacle(
      IoLimit limit, String act, long block, long count, boolean hasDirectory) {
    if (!hasDirectory) {
      return "the sandbox can write to no file on this device";
    }
    if (count > MOST_OPERATIONS || count * block > MOST_BYTES) {
      return "the limit is too large to be tried";
    }
    double preparation =
        Math.max(
            count * (double) block / limit.write().orElse(Long.MAX_VALUE),
            (double) count / limit.writeOperations().orElse(Long.MAX_VALUE));
    return act.equals(READ) && preparation > PREPARATION
        ? "under the limit on writing, a file to be read takes too long to be made"
        : "";
  }
}
