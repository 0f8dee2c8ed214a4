package dev.hexe.policy.conformance.product;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.conformance.harness.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Descriptions of classes begin with a noun or a verb, as those of other libraries do. */
class ClassDescriptionsTest {
  private static final Pattern TYPE =
      Pattern.compile(
          "/\\*\\*((?:[^*]|\\*(?!/))*+)\\*/\\s*(?:@[\\w.]+(?:\\([^()]*\\))?\\s*)*"
              + "(?:(?:public|private|protected|static|final|abstract|sealed)\\s+)*"
              + "(?:class|interface|enum|record|@interface)\\s+(\\w+)");
  private static final Pattern QUESTION =
      Pattern.compile("[\\s*]*(What|How|Who|Where|Whether)\\b.*", Pattern.DOTALL);
  private static final int MOST_PER_CENT = 2;
  private static final int FEWEST = 500;

  @Test
  void fewBeginWithAWordThatAsks() throws IOException {
    List<String> asking = new ArrayList<>();
    int all = 0;
    for (Path source : sources()) {
      Matcher types = TYPE.matcher(Files.readString(source));
      while (types.find()) {
        all++;
        if (QUESTION.matcher(types.group(1)).matches()) {
          asking.add(types.group(2));
        }
      }
    }
    assertTrue(all > FEWEST, "all classes are looked at");
    assertTrue(
        asking.size() * 100 < all * MOST_PER_CENT, asking.size() + " of " + all + ": " + asking);
  }

  private static List<Path> sources() throws IOException {
    Path checkout = Product.distribution().resolve("../../..").normalize();
    List<Path> sources = new ArrayList<>();
    try (Stream<Path> modules = Files.list(checkout)) {
      for (Path module : modules.map(it -> it.resolve("src")).filter(Files::isDirectory).toList()) {
        try (Stream<Path> files = Files.walk(module)) {
          files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
        }
      }
    }
    return sources;
  }
}
