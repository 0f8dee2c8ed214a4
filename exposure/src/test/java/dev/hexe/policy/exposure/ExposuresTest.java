package dev.hexe.policy.exposure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.exposure.Exposures.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExposuresTest {
  @Test
  void theScoreIsTheSumHeaviestFirst() {
    Exposures exposures =
        new Exposures(
            List.of(
                Exposure.of(Kind.HOST_TMP),
                Exposure.of(Kind.HOST_NETWORK).lessened("a test says so"),
                Exposure.of(Kind.READABLE_CREDENTIALS)),
            Scope.HOST);
    assertEquals(4 + 2 + 1, exposures.score());
    assertEquals(Kind.READABLE_CREDENTIALS, exposures.all().get(0).kind());
    assertEquals(Rating.SAFE, exposures.rating());
  }

  @Test
  void whatIsLessenedIsNoWayOutByItself() {
    Exposure terminal = Exposure.of(Kind.TERMINAL);
    assertEquals(Rating.EXPOSED, new Exposures(List.of(terminal), Scope.HOST).rating());
    Exposure lessened = terminal.lessened("a test says so");
    assertEquals(Rating.SAFE, new Exposures(List.of(lessened), Scope.HOST).rating());
  }

  @ParameterizedTest
  @CsvSource({
    "0, SAFE",
    "9, SAFE",
    "10, OK",
    "29, OK",
    "30, EXPOSED",
    "59, EXPOSED",
    "60, UNSAFE",
    "100, UNSAFE"
  })
  void aScoreHasAWord(int score, Rating rating) {
    assertEquals(rating, Rating.of(score, false));
    assertEquals(
        rating.compareTo(Rating.EXPOSED) < 0 ? Rating.EXPOSED : rating, Rating.of(score, true));
  }
}
