package dev.hexe.policy.importers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hexe.policy.importers.draft.DraftYaml;
import dev.hexe.policy.importers.report.ReportText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Whatever a source is, as whichever kind it is read: it is imported, or refused with words. */
class ImportFuzzTest {
  @FuzzTest
  void isImportedOrRefused(byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    List<Kind> kinds = List.of(Kind.values());
    Kind kind = kinds.get((bytes[0] & 0xff) % kinds.size());
    String text = new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8);
    try {
      Imported imported = Imports.importers().read(Source.of("fuzz", text), Optional.of(kind));
      assertPrintable(ReportText.of(imported.report()));
      imported.files().values().forEach(draft -> assertPrintable(DraftYaml.of(draft)));
    } catch (ImportException e) {
      assertPrintable(e.getMessage() + e.help());
    }
  }

  private static void assertPrintable(String text) {
    assertTrue(text.chars().noneMatch(it -> Character.isISOControl(it) && it != '\n'), text);
  }
}
