package dev.hexe.policy.conformance.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documentation of a class or a package begins with a noun or a verb, never as a question. */
class ClassDocumentationTest {
  private static final Pattern CLASS_DOC =
      Pattern.compile(
          "(?s)/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@[^\\n]*\\n)*"
              + "(?:package |(?:(?:public|final|abstract|sealed|non-sealed) )*"
              + "(?:class|interface|record|enum|@interface)\\b)");
  private static final Pattern QUESTION =
      Pattern.compile("[\\s*]*(?:What|How|Who|Where|When|Which|Whether|Why)\\b(?s:.*)");

  @Test
  void noneIsAQuestion() throws IOException {
    List<String> questions = new ArrayList<>();
    int documented = 0;
    for (Path source : sources()) {
      Matcher documentation = CLASS_DOC.matcher(Files.readString(source));
      if (documentation.find()) {
        documented++;
        if (QUESTION.matcher(documentation.group(1)).matches()) {
          questions.add(source + ":" + documentation.group(1).strip());
        }
      }
    }
    assertEquals(List.of(), questions);
    assertTrue(documented > 900, "found " + documented);
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.find(Path.of(".."), 14, (file, of) -> of.isRegularFile())) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> file.toString().contains("/src/"))
          .filter(file -> !file.toString().contains("/target/"))
          .toList();
    }
  }
}
