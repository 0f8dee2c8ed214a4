package dev.hexe.policy.api.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathRuleTest {
  @ParameterizedTest
  @CsvSource({
    "/a,     /a,   true,  false",
    "/a/b,   /a,   true,  true",
    "/ab,    /a,   false, false",
    "/a,     /a/b, false, false",
    "/a,     /,    true,  true",
    "/,      /,    true,  false",
    "/,      /a,   false, false"
  })
  void aTreeHasItsTopAndWhatLiesInIt(String path, String tree, boolean in, boolean below) {
    assertEquals(in, PathRule.isIn(path, tree));
    assertEquals(below, PathRule.isBelow(path, tree));
  }
}
