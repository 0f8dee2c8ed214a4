package dev.hexe.policy.profiles.format;

import java.util.ArrayList;
import java.util.List;

/** A piece of YAML with the text it was written in, and with the comments that belong to it. */
abstract class Node {
  final int firstLine;
  final int lastLine;

  Node(int firstLine, int lastLine) {
    this.firstLine = firstLine;
    this.lastLine = lastLine;
  }

  /** What is written between two brackets, or in one word. */
  boolean isOnOneLine() {
    return true;
  }

  /** A single value, quotes and all. */
  static final class Word extends Node {
    final String raw;
    final String value;

    /** Whether it is a text in lines of its own, behind {@code |} or {@code >}. */
    final boolean block;

    Word(int firstLine, int lastLine, String raw, String value, boolean block) {
      super(firstLine, lastLine);
      this.raw = raw;
      this.value = value;
      this.block = block;
    }

    @Override
    boolean isOnOneLine() {
      return !block;
    }
  }

  /** A list or a mapping. */
  static final class Group extends Node {
    final boolean mapping;
    final boolean flow;

    /** As it was written, where a comment inside leaves no other way; else empty. */
    final String verbatim;

    final int column;
    final List<Part> parts;

    /** Comments behind the last part. */
    final List<String> tail = new ArrayList<>();

    Group(
        int firstLine,
        int lastLine,
        boolean mapping,
        boolean flow,
        String verbatim,
        int column,
        List<Part> parts) {
      super(firstLine, lastLine);
      this.mapping = mapping;
      this.flow = flow;
      this.verbatim = verbatim;
      this.column = column;
      this.parts = parts;
    }

    @Override
    boolean isOnOneLine() {
      return flow || parts.isEmpty();
    }
  }

  /** An entry of a mapping, or an item of a list, which has no key. */
  static final class Part {
    final String key;
    final String name;
    final int line;
    final Node value;

    /** Lines before it: comments, and empty ones. */
    final List<String> before = new ArrayList<>();

    /** The comment on its line; empty where there is none. */
    String beside = "";

    Part(String key, String name, int line, Node value) {
      this.key = key;
      this.name = name;
      this.line = line;
      this.value = value;
    }
  }
}
