package dev.hexe.policy.profiles.yaml;

import java.util.Iterator;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The parser's events, one by one; what the parser objects to is a mistake like any other. */
final class EventReader {
  private final SourceText source;
  private final Mistakes mistakes;
  private final Iterator<Event> events;

  EventReader(SourceText source, Mistakes mistakes) {
    this.source = source;
    this.mistakes = mistakes;
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(source.name())
            .setCodePointLimit(ProfileFile.LARGEST)
            .setMaxAliasesForCollections(0)
            .build();
    this.events = new Parse(settings).parseString(source.text()).iterator();
  }

  /**
   * The next event.
   *
   * @throws ProfileException where the text is not YAML, with the mistakes found before
   */
  Event next() {
    try {
      return events.next();
    } catch (MarkedYamlEngineException e) {
      String problem = e.getProblem();
      throw notYaml(
          Span.at(e.getProblemMark().or(e::getContextMark)),
          problem,
          UsualMistakes.help(problem).orElseGet(() -> context(e)));
    } catch (ReaderException e) {
      String character = String.format("U+%04X", e.getCodePoint());
      throw notYaml(source.at(e.getPosition()), "character " + character + " is not allowed", "");
    } catch (YamlEngineException e) {
      throw notYaml(Span.START, Optional.ofNullable(e.getMessage()).orElse("cannot be parsed"), "");
    }
  }

  /** Passes over an event that always comes next. */
  void expect(Event.ID id) {
    Event event = next();
    if (event.getEventId() != id) {
      throw notYaml(Span.at(event.getStartMark()), "expected " + id, "");
    }
  }

  private static String context(MarkedYamlEngineException e) {
    return Optional.ofNullable(e.getContext())
        .flatMap(
            text -> e.getContextMark().map(mark -> text + " from line " + (mark.getLine() + 1)))
        .orElse("");
  }

  private ProfileException notYaml(Span where, String problem, String help) {
    mistakes.add(where, "not YAML: " + oneLine(problem), oneLine(help));
    return mistakes.exception();
  }

  private static String oneLine(String text) {
    return Quotes.visible(text.replace('\n', ' '));
  }
}
