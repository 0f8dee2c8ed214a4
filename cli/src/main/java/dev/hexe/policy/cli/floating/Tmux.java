package dev.hexe.policy.cli.floating;

import dev.hexe.policy.profiles.site.FloatSize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tmux that this runs in, with a client attached that can show a popup. */
public final class Tmux {
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,5}) ([0-9]{1,5})");
  private static final int SECONDS = 10;

  /** Popups have borders of one line and column on each side. */
  private static final int SMALLEST = 3;

  private final int columns;
  private final int lines;

  private Tmux(int columns, int lines) {
    this.columns = columns;
    this.lines = lines;
  }

  /** The one around this process; empty where there is none, or nobody sees it. */
  public static Optional<Tmux> around(Map<String, String> environment) {
    if (environment.getOrDefault("TMUX", "").isEmpty()) {
      return Optional.empty();
    }
    Matcher size = SIZE.matcher(ask("#{client_width} #{client_height}"));
    return size.matches()
        ? Optional.of(new Tmux(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2))))
        : Optional.empty();
  }

  private static String ask(String format) {
    try {
      Process process =
          new ProcessBuilder("tmux", "display-message", "-p", format)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
              .start();
      String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
      return ended && process.exitValue() == 0 ? answer.strip() : "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  /**
   * The command that opens a popup and ends with what runs in it.
   *
   * @param command for the shell that tmux starts
   */
  public List<String> popup(
      FloatSize size, Optional<String> title, String directory, String command) {
    int width = part(columns, size.width());
    int height = part(lines, size.height());
    List<String> words = new ArrayList<>(List.of("tmux", "display-popup", "-E"));
    words.addAll(List.of("-w", String.valueOf(width), "-h", String.valueOf(height)));
    words.addAll(List.of("-x", String.valueOf(place(columns - width, size.x()))));
    // The number is that of the line below the popup.
    words.addAll(List.of("-y", String.valueOf(place(lines - height, size.y()) + height)));
    words.addAll(List.of("-d", literal(directory)));
    title.ifPresent(it -> words.addAll(List.of("-T", literal(it))));
    words.add(command);
    return words;
  }

  private static int part(int whole, int percent) {
    return Math.min(whole, Math.max(SMALLEST, whole * percent / 100));
  }

  private static int place(int room, int percent) {
    return Math.max(0, room * percent / 100);
  }

  /** Tmux would expand formats, and run commands in them. */
  private static String literal(String text) {
    return text.replace("#", "##");
  }
}
