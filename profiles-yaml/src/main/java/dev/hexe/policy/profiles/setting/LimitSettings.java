package dev.hexe.policy.profiles.setting;

import dev.hexe.policy.api.profile.IoLimit;
import dev.hexe.policy.api.profile.Limits;
import dev.hexe.policy.api.profile.Limits.CpuQuota;
import dev.hexe.policy.profiles.reader.Key;
import dev.hexe.policy.profiles.reader.Settings;
import dev.hexe.policy.profiles.reader.ValueReader;
import dev.hexe.policy.profiles.reader.Values;
import dev.hexe.policy.profiles.value.CpuListFormat;
import dev.hexe.policy.profiles.value.IoFormat;
import dev.hexe.policy.profiles.value.LimitFormats;
import dev.hexe.policy.profiles.value.TimeFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/** The limits of a command as a whole, and the options on them. */
public final class LimitSettings {
  public static final Setting<OptionalLong, Limits.Builder, Limits> MEMORY =
      number("limits.memory", Values.parsed(LimitFormats::memory), Limits.Builder::memory);
  private static final Setting<OptionalLong, Limits.Builder, Limits> PIDS =
      number("limits.pids", Values.parsed(LimitFormats::pids), Limits.Builder::pids);
  private static final Setting<Optional<CpuQuota>, Limits.Builder, Limits> CPU =
      Setting.of(
          Key.replacing("limits.cpu", Values.parsed(LimitFormats::cpu), Optional.empty()),
          (limits, quota) -> limits.cpu(quota.orElse(null)));
  public static final Setting<OptionalLong, Limits.Builder, Limits> MEMORY_HIGH =
      number("limits.memory-high", Values.parsed(LimitFormats::memory), Limits.Builder::memoryHigh);
  private static final Setting<OptionalLong, Limits.Builder, Limits> CPU_WEIGHT =
      number("limits.cpu-weight", Values.parsed(LimitFormats::weight), Limits.Builder::cpuWeight);
  private static final Setting<String, Limits.Builder, Limits> CPUS =
      Setting.of(
          Key.replacing("limits.cpus", Values.parsed(CpuListFormat::parse), ""),
          Limits.Builder::cpus);
  private static final Setting<OptionalLong, Limits.Builder, Limits> IO_WEIGHT =
      number("limits.io-weight", Values.parsed(LimitFormats::weight), Limits.Builder::ioWeight);
  private static final Setting<List<IoLimit>, Limits.Builder, Limits> IO =
      Setting.of(
          Key.appending("limits.io", Values.list("a limit on a disk", IoFormat::parse)),
          Limits.Builder::io);
  private static final Setting<OptionalLong, Limits.Builder, Limits> TIME =
      number("limits.time", Values.parsed(TimeFormat::limit), Limits.Builder::time);
  public static final Setting<Long, Limits.Builder, Limits> GRACE =
      Setting.of(
          Key.replacing("limits.grace", Values.parsed(TimeFormat::time), Limits.USUAL_GRACE),
          Limits.Builder::grace);

  /** All rows, in the order of a profile. */
  private static final List<Setting<?, Limits.Builder, Limits>> ROWS =
      List.of(MEMORY, PIDS, CPU, MEMORY_HIGH, CPU_WEIGHT, CPUS, IO_WEIGHT, IO, TIME, GRACE);

  /** The options, in the order of the help. */
  public static final List<SettingOption> OPTIONS =
      List.of(
          SettingOption.single(
                  "--memory",
                  "SIZE",
                  "limit memory, as in 512M",
                  MEMORY.key(),
                  LimitFormats::memory)
              .orVariable("HEXE_CGROUP_MEM_MAX"),
          SettingOption.single(
                  "--pids",
                  "NUMBER",
                  "limit the number of processes and threads",
                  PIDS.key(),
                  LimitFormats::pids)
              .orVariable("HEXE_CGROUP_PIDS_MAX"),
          SettingOption.single(
                  "--cpu",
                  "SHARE",
                  "limit processor time, as in 0.5 or 50%%",
                  CPU.key(),
                  LimitFormats::cpu)
              .orVariable("HEXE_CGROUP_CPU_MAX"),
          SettingOption.single(
              "--time",
              "TIME",
              "end the command after this time, as in 30s or 5m",
              TIME.key(),
              TimeFormat::limit));

  private LimitSettings() {}

  private static Setting<OptionalLong, Limits.Builder, Limits> number(
      String path,
      ValueReader<OptionalLong> reader,
      BiConsumer<Limits.Builder, OptionalLong> place) {
    return Setting.of(Key.replacing(path, reader, OptionalLong.empty()), place);
  }

  public static List<Key<?>> keys() {
    return ROWS.stream().<Key<?>>map(Setting::key).toList();
  }

  /** Everything that is said of limits. */
  public static Limits of(Settings settings) {
    Limits.Builder limits = new Limits.Builder();
    ROWS.forEach(row -> row.put(settings, limits));
    return limits.build();
  }
}
