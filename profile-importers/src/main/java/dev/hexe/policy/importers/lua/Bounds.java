package dev.hexe.policy.importers.lua;

import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.Deque;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.DebugLib;

/**
 * Counts what a script does, and knows at which line it is. Lua's own functions for debugging are
 * not there.
 */
final class Bounds extends DebugLib {
  private static final long MOST_INSTRUCTIONS = 20_000_000;
  private static final long MOST_MEMORY = 64L << 20;
  private static final int DEEPEST = 150;

  private final Deque<Frame> frames = new ArrayDeque<>();
  private final com.sun.management.ThreadMXBean threads =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final long thread = Thread.currentThread().getId();
  private final long before = threads.getThreadAllocatedBytes(thread);
  private long instructions;

  private static final class Frame {
    private final int[] lines;
    private int line;

    private Frame(int[] lines) {
      this.lines = lines;
    }
  }

  @Override
  public LuaValue call(LuaValue name, LuaValue globals) {
    globals.checkglobals().debuglib = this;
    return NIL;
  }

  @Override
  public void onCall(LuaFunction function) {
    push(new int[0]);
  }

  @Override
  public void onCall(LuaClosure closure, Varargs arguments, LuaValue[] stack) {
    push(closure.p.lineinfo == null ? new int[0] : closure.p.lineinfo);
  }

  private void push(int[] lines) {
    if (frames.size() > DEEPEST) {
      throw new BoundReached("calls are nested deeper than " + DEEPEST);
    }
    frames.push(new Frame(lines));
  }

  @Override
  public void onReturn() {
    frames.poll();
  }

  @Override
  public void onInstruction(int at, Varargs varargs, int top) {
    Frame frame = frames.peek();
    if (frame != null && at < frame.lines.length) {
      frame.line = frame.lines[at];
    }
    if (++instructions > MOST_INSTRUCTIONS) {
      throw new BoundReached("it takes more than " + MOST_INSTRUCTIONS + " steps");
    }
    if (threads.getThreadAllocatedBytes(thread) - before > MOST_MEMORY) {
      throw new BoundReached("it takes more memory than a configuration does");
    }
  }

  @Override
  public String traceback(int level) {
    return "";
  }

  /** The line that is being run; 0 where none is. */
  int line() {
    return frames.stream().filter(it -> it.line > 0).mapToInt(it -> it.line).findFirst().orElse(0);
  }
}
