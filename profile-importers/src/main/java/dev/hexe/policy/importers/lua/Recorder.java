package dev.hexe.policy.importers.lua;

import org.luaj.vm2.LuaTable;

/** Hears what a script tells the program that it configures. */
public interface Recorder {
  /**
   * A function that is known was called.
   *
   * @param function as in {@code ses.layout.define}
   * @param argument a table, as it was at that moment; the last one where there are several
   * @param name the text before it, where there is one; else empty
   */
  void called(String function, LuaTable argument, String name, int line);

  /** A table was given to the program as a whole: assigned to a part of it, or returned. */
  void given(String what, LuaTable table, int line);

  /** Something else was called or asked for. */
  void ignored(String what, int line);

  /** What is in another file was asked for; it is not read, and what stands for it is empty. */
  void unread(String what, int line);
}
