package dev.hexe.policy.profiles.yaml;

import dev.hexe.policy.profiles.yaml.Yaml.Entry;
import dev.hexe.policy.profiles.yaml.Yaml.Mapping;
import dev.hexe.policy.profiles.yaml.Yaml.Scalar;
import dev.hexe.policy.profiles.yaml.Yaml.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/**
 * Builds the tree of one document, without what YAML has beyond plain data: anchors, aliases and
 * tags are mistakes, and so are a second document and a key that occurs twice. The tree is built
 * from events rather than composed, so that nothing is expanded or nested before it is judged.
 */
public final class TreeReader {
  /** How deep lists and mappings may nest. */
  static final int DEEPEST = 32;

  private final EventReader events;
  private final Mistakes mistakes;

  public TreeReader(SourceText source, Mistakes mistakes) {
    this.events = new EventReader(source, mistakes);
    this.mistakes = mistakes;
  }

  /**
   * The root, or empty where the text has none.
   *
   * @throws ProfileException where the text is not YAML or nests too deep, with the mistakes found
   *     before
   */
  public Optional<Yaml> read() {
    events.expect(Event.ID.StreamStart);
    if (events.next().getEventId() == Event.ID.StreamEnd) {
      return Optional.empty();
    }
    Optional<Yaml> root = node(events.next(), 1);
    events.expect(Event.ID.DocumentEnd);
    Event end = events.next();
    if (end.getEventId() != Event.ID.StreamEnd) {
      mistakes.add(
          Span.at(end.getStartMark()), "a second document starts", "a profile is one document");
    }
    return root;
  }

  private Optional<Yaml> node(Event event, int depth) {
    if (event instanceof AliasEvent) {
      mistakes.add(span(event), "aliases are not used in profiles", "write the value out");
      return Optional.empty();
    }
    refuseAnchor((NodeEvent) event);
    if (event instanceof ScalarEvent scalar) {
      refuseTag(event, scalar.getTag());
      return Optional.of(scalar(scalar));
    }
    return Optional.of(collection((CollectionStartEvent) event, depth));
  }

  private static Scalar scalar(ScalarEvent event) {
    boolean missing = event.isPlain() && event.getValue().isEmpty();
    return new Scalar(span(event), event.getValue(), missing);
  }

  private Yaml collection(CollectionStartEvent start, int depth) {
    refuseTag(start, start.getTag());
    if (depth > DEEPEST) {
      String help = "a profile needs no more than 4 levels";
      mistakes.add(
          Span.at(start.getStartMark()), "nested deeper than " + DEEPEST + " levels", help);
      throw mistakes.exception();
    }
    return start instanceof MappingStartEvent ? mapping(start, depth) : sequence(start, depth);
  }

  private Sequence sequence(Event start, int depth) {
    List<Yaml> items = new ArrayList<>();
    Event event = events.next();
    while (event.getEventId() != Event.ID.SequenceEnd) {
      node(event, depth + 1).ifPresent(items::add);
      event = events.next();
    }
    return new Sequence(Span.between(start.getStartMark(), event.getEndMark()), items);
  }

  private Mapping mapping(Event start, int depth) {
    Map<String, Span> seen = new HashMap<>();
    List<Entry> entries = new ArrayList<>();
    Event event = events.next();
    while (event.getEventId() != Event.ID.MappingEnd) {
      Optional<Scalar> key = node(event, depth + 1).flatMap(node -> key(node, seen));
      Optional<Yaml> value = node(events.next(), depth + 1);
      key.ifPresent(name -> value.ifPresent(node -> entries.add(new Entry(name, node))));
      event = events.next();
    }
    return new Mapping(Span.between(start.getStartMark(), event.getEndMark()), entries);
  }

  private Optional<Scalar> key(Yaml node, Map<String, Span> seen) {
    if (!(node instanceof Scalar key)) {
      mistakes.add(node.span(), "a key is a single word, not " + node.kind(), "");
      return Optional.empty();
    }
    Span first = seen.putIfAbsent(key.text(), key.span());
    if (first == null) {
      return Optional.of(key);
    }
    String what = "key " + Quotes.quote(key.text()) + " is given twice";
    mistakes.add(key.span(), what, "the first is in line " + (first.line() + 1));
    return Optional.empty();
  }

  private void refuseAnchor(NodeEvent event) {
    if (event.getAnchor().isPresent()) {
      mistakes.add(
          Span.at(event.getStartMark()), "anchors are not used in profiles", "write the value out");
    }
  }

  private void refuseTag(Event event, Optional<String> tag) {
    if (tag.isPresent()) {
      String what = "tag " + Quotes.quote(tag.get()) + " is not used in profiles";
      mistakes.add(Span.at(event.getStartMark()), what, "write the value alone");
    }
  }

  private static Span span(Event event) {
    return Span.between(event.getStartMark(), event.getEndMark());
  }
}
