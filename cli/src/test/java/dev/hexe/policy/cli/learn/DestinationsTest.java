package dev.hexe.policy.cli.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.cli.log.NetworkRecord;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DestinationsTest {
  private static Lesson of(boolean withinBase, String... records) {
    List<NetworkRecord> log =
        Stream.of(records)
            .flatMap(
                it ->
                    NetworkRecord.of("{\"event\":\"network\",\"time\":\"t\"," + it + "}").stream())
            .toList();
    assertEquals(records.length, log.size());
    return Destinations.of(log, List.of(), withinBase);
  }

  private static List<String> granted(Lesson lesson) {
    return lesson.needed().stream().map(Grant::value).toList();
  }

  private static String refused(String protocol, String host, int port) {
    return "\"protocol\":\"%s\",\"host\":\"%s\",\"port\":%d,\"verdict\":\"refused\",\"reason\":\"not listed\""
        .formatted(protocol, host, port);
  }

  @Test
  void aNameThatWasAskedForIsReachedOnThePortsOfTheWeb() {
    assertEquals(
        List.of("api.example:80", "api.example:443"),
        granted(of(false, refused("name", "api.example", 0))));
  }

  @Test
  void aConnectionNamesItsPort() {
    assertEquals(
        List.of("api.example:22"),
        granted(
            of(
                true,
                "\"protocol\":\"tcp\",\"host\":\"api.example\",\"port\":22,\"verdict\":\"allowed\",\"reason\":\"*:22\"")));
  }

  @Test
  void whatIsOnesOwnIsAQuestionUnlessTheBaseHasIt() {
    for (String host :
        List.of("127.0.0.1", "10.1.2.3", "169.254.169.254", "192.168.0.1", "fd00::1", "::1")) {
      Lesson asked = of(false, refused("tcp", host, 80));
      assertEquals(List.of(), granted(asked), host);
      assertEquals(1, asked.questions().size(), host);
      assertEquals(1, granted(of(true, refused("tcp", host, 80))).size(), host);
    }
  }

  @Test
  void whatSomebodyHasRefusedIsNotGrantedButAsked() {
    for (String reason : List.of("deny api.example:443", "asked, and answered with no")) {
      for (boolean withinBase : new boolean[] {true, false}) {
        String record = refused("tcp", "api.example", 443).replace("not listed", reason);
        Lesson lesson = of(withinBase, record, record);
        assertEquals(List.of(), granted(lesson), reason);
        assertEquals(1, lesson.questions().size(), reason);
      }
    }
    assertEquals(
        List.of("api.example:443"),
        granted(
            of(
                false,
                refused("tcp", "api.example", 443)
                    .replace("refused", "allowed")
                    .replace("not listed", "asked, and allowed for this run"))));
  }

  @Test
  void hostileNamesAreNoDestinations() {
    for (String host :
        List.of(
            "*", "a\\\"]\\nx", "a b.example", "-x.example", "0x7f.1", "@github", "localhostx")) {
      assertEquals(List.of(), granted(of(true, refused("name", host, 0))), host);
    }
  }

  @Test
  void aNameThatLeadsNowhereIsNoDestination() {
    String nowhere =
        "\"protocol\":\"name\",\"host\":\"no.example\",\"verdict\":\"refused\",\"reason\":\"the"
            + " name does not resolve\"";
    assertEquals(List.of(), granted(of(true, nowhere)));
  }
}
