package dev.hexe.policy.cli.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GeneralizationTest {
  private static Grant read(String path) {
    return new Grant(Place.READ, path, "cat");
  }

  private static List<Grant> files(int count, String directory) {
    return Stream.iterate(0, it -> it + 1)
        .limit(count)
        .map(it -> read(directory + "/" + it))
        .toList();
  }

  @Test
  void moreThanSoManyEntriesBecomeTheirDirectory() {
    Generalization three = new Generalization(3, it -> true);
    assertEquals(3, three.of(files(3, "/d/e")).size());
    assertEquals(List.of(read("/d/e")), three.of(files(4, "/d/e")));
  }

  @Test
  void noneIsGeneralizedWithZero() {
    assertEquals(100, new Generalization(0, it -> true).of(files(100, "/d/e")).size());
  }

  @Test
  void aDirectoryThatIsNotGrantableStaysOut() {
    Generalization one = new Generalization(1, it -> !it.value().equals("/home/you"));
    assertEquals(9, one.of(files(9, "/home/you")).size());
  }

  @Test
  void directoriesCountAsEntries() {
    List<Grant> all =
        Stream.of("a", "b", "c").flatMap(it -> files(3, "/d/e/" + it).stream()).toList();
    assertEquals(List.of(read("/d/e")), new Generalization(2, it -> true).of(all));
  }

  @Test
  void whatATreeIncludesIsLeftOut() {
    List<Grant> all =
        List.of(read("/d/a"), new Grant(Place.WRITE, "/d", "x"), new Grant(Place.LIST, "/d", "x"));
    assertEquals(List.of(new Grant(Place.WRITE, "/d", "x")), Generalization.withoutCovered(all));
  }

  /** To list a directory does not list those in it. */
  @Test
  void nothingTakesThePlaceOfWhatIsListed() {
    List<Grant> listed =
        files(9, "/d/e").stream().map(it -> new Grant(Place.LIST, it.value(), "")).toList();
    assertEquals(listed, new Generalization(2, it -> true).of(listed));
  }

  @Test
  void namesAreNoPaths() {
    List<Grant> names =
        files(9, "h").stream().map(it -> new Grant(Place.ALLOW, it.value(), "")).toList();
    assertEquals(names, new Generalization(2, it -> true).of(names));
  }
}
