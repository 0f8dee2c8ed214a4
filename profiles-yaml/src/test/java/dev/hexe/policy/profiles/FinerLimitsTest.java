package dev.hexe.policy.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.api.profile.IoLimit;
import dev.hexe.policy.api.profile.Limits;
import dev.hexe.policy.profiles.override.Overrides;
import dev.hexe.policy.profiles.value.CpuListFormat;
import dev.hexe.policy.profiles.value.IoFormat;
import dev.hexe.policy.profiles.value.LimitFormats;
import dev.hexe.policy.profiles.value.TimeFormat;
import dev.hexe.policy.profiles.yaml.ProfileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits beside those on memory, processes and processor time. */
class FinerLimitsTest {
  @TempDir Path root;

  @ParameterizedTest
  @CsvSource({
    "1ms, 1",
    "500ms, 500",
    "30s, 30000",
    "0.5s, 500",
    "1.5h, 5400000",
    "5m, 300000",
    "2d, 172800000",
    "999999d, 86399913600000"
  })
  void timesHaveAUnit(String text, long milliseconds) {
    assertEquals(OptionalLong.of(milliseconds), LimitFormats.time(text));
    assertEquals(milliseconds, TimeFormat.time(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0s",
        "0",
        "30",
        "-1s",
        "1e3s",
        "5 m",
        "5M",
        "1h30m",
        "0.0001s",
        "0.5ms",
        ".5s",
        "1.s",
        "1000000d",
        "١s",
        "s",
        "30sec"
      })
  void otherTimesAreRefused(String text) {
    ProfileException e = assertThrows(ProfileException.class, () -> LimitFormats.time(text));
    assertEquals("accepted: `30s`, `5m`, `1.5h`, `2d`, `500ms`, or `max`", e.help());
    assertThrows(ProfileException.class, () -> TimeFormat.time(text));
  }

  @Test
  void onlyALimitCanBeNone() {
    assertEquals(OptionalLong.empty(), LimitFormats.time("max"));
    assertThrows(ProfileException.class, () -> TimeFormat.time("max"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0-3", "0-3,7", "0,1,2", "5-5", "99999"})
  void processorsAreNumbersAndRanges(String text) {
    assertEquals(text, CpuListFormat.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "3-1", "0-", "-1", "0,,1", "0,", "0 1", "0-1-2", "100000", "all"})
  void otherProcessorsAreRefused(String text) {
    ProfileException e = assertThrows(ProfileException.class, () -> CpuListFormat.parse(text));
    assertTrue(e.help().startsWith("accepted: "), e.help());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "10001", "-1", "1.5", "max", "", "default"})
  void weightsAreFromOneToTenThousand(String text) {
    assertEquals(OptionalLong.of(1), LimitFormats.weight("1"));
    assertEquals(OptionalLong.of(10_000), LimitFormats.weight("10000"));
    assertThrows(ProfileException.class, () -> LimitFormats.weight(text));
  }

  @Test
  void disksHaveRates() {
    assertEquals(
        new IoLimit(
            "8:16",
            OptionalLong.of(10 << 20),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.of(500)),
        IoFormat.parse("8:16 read=10M write-ops=500"));
    assertEquals(
        new IoLimit(
            "259:0",
            OptionalLong.empty(),
            OptionalLong.of(1),
            OptionalLong.of(2),
            OptionalLong.empty()),
        IoFormat.parse("259:0  write=1 read-ops=2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "8:0",
        "8:0 ",
        "sda read=1M",
        "8:0 read",
        "8:0 read=0",
        "8:0 read=1M read=2M",
        "8:0 rbps=1",
        "8 read=1",
        "/dev/null read=1M",
        "/ read=1M",
        "/no/such/device read=1M"
      })
  void otherDisksAreRefused(String text) {
    ProfileException e = assertThrows(ProfileException.class, () -> IoFormat.parse(text));
    assertTrue(e.help().startsWith("accepted: "), e.help());
  }

  @Test
  void aProfileCanSayThemAll() {
    Limits limits =
        new Surroundings(root)
            .load(
                """
                limits:
                  memory: 1G
                  memory-high: 900M
                  pids: 5
                  cpu: max
                  cpu-weight: 50
                  cpus: 0-1
                  io-weight: 200
                  io: ["8:0 read=1M"]
                  time: 5m
                  grace: 500ms
                """)
            .limits();
    assertEquals(
        new Limits(
            OptionalLong.of(1L << 30),
            OptionalLong.of(900L << 20),
            OptionalLong.of(5),
            null,
            OptionalLong.of(50),
            "0-1",
            OptionalLong.of(200),
            List.of(IoFormat.parse("8:0 read=1M")),
            OptionalLong.of(300_000),
            500),
        limits);
  }

  @Test
  void theCommandLineSetsTheTime() {
    Surroundings surroundings = new Surroundings(root).write("work/p.yaml", "limits: {time: 5m}");
    assertEquals(
        OptionalLong.of(1000), surroundings.profiles().load("p.yaml", time("1s")).limits().time());
    assertEquals(
        OptionalLong.empty(), surroundings.profiles().load("p.yaml", time("max")).limits().time());
    assertEquals(
        """
        `--time`: `1` is not a time limit
          help: accepted: `30s`, `5m`, `1.5h`, `2d`, `500ms`, or `max`""",
        surroundings.failure(() -> surroundings.profiles().load("p.yaml", time("1"))));
  }

  private static Overrides time(String text) {
    return Overrides.of(Map.of("--time", List.of(text)));
  }
}
