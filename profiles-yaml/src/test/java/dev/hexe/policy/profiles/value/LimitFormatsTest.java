package dev.hexe.policy.profiles.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hexe.policy.api.profile.Limits.CpuQuota;
import dev.hexe.policy.profiles.yaml.ProfileException;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitFormatsTest {
  @ParameterizedTest
  @CsvSource({
    "65536, 65536",
    "1073741824, 1073741824",
    "64K, 65536",
    "512M, 536870912",
    "512m, 536870912",
    "1G, 1073741824",
    "2T, 2199023255552",
    "9223372036854775807, 9223372036854775807",
    "8388607T, 9223370937343148032"
  })
  void memoryIsBytesOrHasAUnit(String text, long bytes) {
    assertEquals(OptionalLong.of(bytes), LimitFormats.memory(text));
    assertEquals(bytes, LimitFormats.size(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "0",
        "0M",
        "-1",
        "+1",
        "1.5G",
        "01",
        "1 G",
        "1GB",
        "1GiB",
        "1P",
        "M",
        "MAX",
        "0x10",
        "1_000",
        "1e9",
        "9223372036854775808",
        "8388608T",
        "99999999999999999999",
        "unlimited",
        "١"
      })
  void otherMemoryIsRefused(String text) {
    assertThrows(ProfileException.class, () -> LimitFormats.memory(text));
    assertThrows(ProfileException.class, () -> LimitFormats.size(text));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "512, 512", "4194304, 4194304"})
  void pidsIsANumber(String text, long pids) {
    assertEquals(OptionalLong.of(pids), LimitFormats.pids(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "1.0", "1K", "4194305", "99999999999999999999", "many"})
  void otherPidsAreRefused(String text) {
    assertThrows(ProfileException.class, () -> LimitFormats.pids(text));
  }

  @ParameterizedTest
  @CsvSource({
    "50000 100000, 50000, 100000",
    "1000 1000, 1000, 1000",
    "17592186044415 1000000, 17592186044415, 1000000",
    "0.5, 50000, 100000",
    "2, 200000, 100000",
    "0.01, 1000, 100000",
    "1.125, 112500, 100000",
    "999.999, 99999900, 100000",
    "50%, 50000, 100000",
    "1%, 1000, 100000",
    "12.5%, 12500, 100000",
    "250%, 250000, 100000"
  })
  void cpuIsAShareOrAQuotaWithItsPeriod(String text, long quota, long period) {
    assertEquals(Optional.of(new CpuQuota(quota, period)), LimitFormats.cpu(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "0.0",
        "0.009",
        "0%",
        "0.9%",
        "-1",
        "-50%",
        ".5",
        "5.",
        "1e3",
        "50000",
        "50 %",
        "999 100000",
        "50000 999",
        "50000 1000001",
        "17592186044416 100000",
        "50000,100000",
        "max 100000",
        "99999999999999999999 100000",
        "half"
      })
  void otherCpuIsRefused(String text) {
    assertThrows(ProfileException.class, () -> LimitFormats.cpu(text));
  }

  @Test
  void maxIsNoLimit() {
    assertEquals(OptionalLong.empty(), LimitFormats.memory("max"));
    assertEquals(OptionalLong.empty(), LimitFormats.pids("max"));
    assertEquals(Optional.empty(), LimitFormats.cpu("max"));
    assertThrows(ProfileException.class, () -> LimitFormats.size("max"));
  }

  @Test
  void refusalsShowTheAcceptedForms() {
    assertRefusal(
        () -> LimitFormats.memory("12Q"),
        "`12Q` is not a memory limit",
        "accepted: `512M`, `1G`, bytes as in `1073741824`, or `max`");
    assertRefusal(
        () -> LimitFormats.memory("512"), "`512` bytes hold no program", "did you mean `512M`?");
    assertRefusal(
        () -> LimitFormats.room("512"), "`512` bytes hold no file", "did you mean `512M`?");
    assertEquals(4096, LimitFormats.room("4K"));
    assertRefusal(
        () -> LimitFormats.pids("0"),
        "`0` is not a limit on processes",
        "accepted: a number from 1 to 4194304, or `max`");
    assertRefusal(
        () -> LimitFormats.cpu("50000"),
        "`50000` is not a limit on processor time",
        "accepted: processors as in `0.5`, a percentage of one as in `50%`,"
            + " microseconds in each period as in `50000 100000`, or `max`");
    assertRefusal(
        () -> LimitFormats.size("0"),
        "`0` is not a size",
        "accepted: `128M`, `1G`, or bytes as in `134217728`");
  }

  private static void assertRefusal(Runnable attempt, String message, String help) {
    ProfileException e = assertThrows(ProfileException.class, attempt::run);
    assertEquals(message, e.getMessage());
    assertEquals(help, e.help());
  }
}
