package dev.hexe.policy.profiles.format;

import dev.hexe.policy.profiles.format.Comments.Comment;
import dev.hexe.policy.profiles.format.Node.Group;
import dev.hexe.policy.profiles.format.Node.Part;
import dev.hexe.policy.profiles.format.Node.Word;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Reads a text that is known to be one sound document, with its comments. */
final class NodeReader {
  private final int[] text;
  private final Comments comments;
  private final Iterator<Event> events;

  private NodeReader(String text) {
    this.text = text.codePoints().toArray();
    comments = comments(text);
    events = parse(text).iterator();
  }

  /** The elements that are there, and what comes before and after each. */
  record Document(List<String> header, Node root, int comments) {}

  static Document read(String text) {
    NodeReader reader = new NodeReader(text);
    reader.events.next();
    reader.events.next();
    Node root = reader.node(reader.events.next());
    List<String> header = new ArrayList<>();
    if (root instanceof Group group && !group.flow) {
      reader.attach(group, -1, reader.comments.lines());
      header.addAll(header(group));
    } else {
      reader.comments.between(-1, root.firstLine).forEach(it -> header.add(it.text()));
    }
    return new Document(header, root, reader.comments.count());
  }

  /** All comments of a text. */
  static Comments comments(String text) {
    List<int[]> values = new ArrayList<>();
    for (Event event : parse(text)) {
      if (event instanceof ScalarEvent) {
        values.add(new int[] {start(event).getIndex(), end(event).getIndex()});
      }
    }
    return new Comments(text, values);
  }

  private static Iterable<Event> parse(String text) {
    return new Parse(LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build())
        .parseString(text);
  }

  /** What stands above all, and does not belong to the key that happens to come first. */
  private static List<String> header(Group root) {
    List<String> before = root.parts.get(0).before;
    int last = before.lastIndexOf("");
    int end = last < 0 ? 0 : last + 1;
    while (end < before.size() && before.get(end).startsWith("# yaml-language-server:")) {
      end++;
    }
    List<String> header = new ArrayList<>(before.subList(0, end));
    before.subList(0, end).clear();
    return header;
  }

  private Node node(Event event) {
    if (event instanceof ScalarEvent scalar) {
      return word(scalar);
    }
    return group((CollectionStartEvent) event);
  }

  private Word word(ScalarEvent event) {
    Mark start = start(event);
    Mark end = end(event);
    boolean block =
        event.getScalarStyle() == ScalarStyle.LITERAL
            || event.getScalarStyle() == ScalarStyle.FOLDED;
    String raw = slice(start, end);
    // Empty lines behind a text belong to what follows.
    int lines = (int) raw.stripTrailing().lines().count();
    int last = block ? start.getLine() + lines - 1 : end.getLine();
    return new Word(start.getLine(), last, raw, event.getValue(), block);
  }

  private Group group(CollectionStartEvent start) {
    boolean mapping = start.getEventId() == Event.ID.MappingStart;
    List<Part> parts = new ArrayList<>();
    Event event = events.next();
    while (event.getEventId() != Event.ID.MappingEnd
        && event.getEventId() != Event.ID.SequenceEnd) {
      Node first = node(event);
      if (mapping) {
        Word key = (Word) first;
        parts.add(new Part(key.raw, key.value, key.firstLine, node(events.next())));
      } else {
        parts.add(new Part("", "", first.firstLine, first));
      }
      event = events.next();
    }
    Mark from = start(start);
    Mark to = end(event);
    int last = start.isFlow() || parts.isEmpty() ? to.getLine() : end(parts);
    boolean commented =
        start.isFlow() && comments.isWithin(from.getLine(), to.getLine(), to.getColumn());
    return new Group(
        from.getLine(),
        last,
        mapping,
        start.isFlow(),
        commented ? slice(from, to) : "",
        from.getColumn(),
        parts);
  }

  private static int end(List<Part> parts) {
    Part last = parts.get(parts.size() - 1);
    return Math.max(last.line, last.value.lastLine);
  }

  /** Gives each comment between two lines to what it stands before, behind or beside. */
  private void attach(Group group, int after, int until) {
    int line = after;
    for (int i = 0; i < group.parts.size(); i++) {
      Part part = group.parts.get(i);
      List<Comment> before = comments.between(line, part.line);
      if (i > 0) {
        deeper(group.parts.get(i - 1).value, before, group.column);
      }
      before.forEach(it -> part.before.add(it.text()));
      int next = i + 1 < group.parts.size() ? group.parts.get(i + 1).line : until;
      attach(part, next);
      line = Math.max(part.line, part.value.lastLine);
    }
    if (until == comments.lines()) {
      List<Comment> rest = comments.between(line, until);
      deeper(group.parts.get(group.parts.size() - 1).value, rest, group.column);
      rest.forEach(it -> group.tail.add(it.text()));
    }
  }

  private void attach(Part part, int until) {
    if (part.value instanceof Group inner && !inner.flow && !inner.parts.isEmpty()) {
      boolean sameLine = part.key.isEmpty() && inner.firstLine == part.line;
      part.beside = sameLine ? "" : comments.beside(part.line);
      attach(
          inner, sameLine ? inner.firstLine - 1 : part.line, Math.min(until, inner.lastLine + 1));
    } else if (!(part.value instanceof Word word && word.block)) {
      part.beside = comments.beside(Math.max(part.line, part.value.lastLine));
      comments.between(part.line, part.value.firstLine).stream()
          .filter(it -> !it.text().isEmpty())
          .forEach(it -> part.before.add(it.text()));
      String besideKey = part.value.firstLine > part.line ? comments.beside(part.line) : "";
      if (part.beside.isEmpty()) {
        part.beside = besideKey;
      } else if (!besideKey.isEmpty()) {
        part.before.add(besideKey);
      }
    }
  }

  /** Takes from the beginning of {@code comments} those that are indented as what is in a group. */
  private static void deeper(Node value, List<Comment> comments, int column) {
    if (!(value instanceof Group group) || group.flow || group.parts.isEmpty()) {
      return;
    }
    int count = 0;
    for (int i = 0; i < comments.size(); i++) {
      if (comments.get(i).column() > column || isItem(comments.get(i), group, column)) {
        count = i + 1;
      } else if (!comments.get(i).text().isEmpty()) {
        break;
      }
    }
    List<Comment> mine = new ArrayList<>(comments.subList(0, count));
    comments.subList(0, count).clear();
    deeper(group.parts.get(group.parts.size() - 1).value, mine, group.column);
    mine.forEach(it -> group.tail.add(it.text()));
  }

  /** A list may be indented as its key is; an item that was commented out belongs to it. */
  private static boolean isItem(Comment comment, Group group, int column) {
    return !group.mapping
        && group.column == column
        && comment.column() == column
        && comment.text().startsWith("# - ");
  }

  private String slice(Mark start, Mark end) {
    return new String(text, start.getIndex(), end.getIndex() - start.getIndex());
  }

  private static Mark start(Event event) {
    return event.getStartMark().orElseThrow();
  }

  private static Mark end(Event event) {
    return event.getEndMark().orElseThrow();
  }
}
