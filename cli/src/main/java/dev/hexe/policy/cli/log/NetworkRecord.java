package dev.hexe.policy.cli.log;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.annotations.SerializedName;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A line of the log: a decision, or the end of a connection. */
public final class NetworkRecord {
  private static final Gson GSON = new Gson();

  @SerializedName("event")
  private @Nullable String event;

  @SerializedName("time")
  private @Nullable String time;

  @SerializedName("sandbox")
  private @Nullable String sandbox;

  @SerializedName("profile")
  private @Nullable String profile;

  @SerializedName("protocol")
  private @Nullable String protocol;

  @SerializedName("host")
  private @Nullable String host;

  @SerializedName("address")
  private @Nullable String address;

  @SerializedName("port")
  private int port;

  @SerializedName("verdict")
  private @Nullable String verdict;

  @SerializedName("reason")
  private @Nullable String reason;

  @SerializedName("sent")
  private long sent;

  @SerializedName("received")
  private long received;

  private NetworkRecord() {}

  /** What a line says; empty where it is none of the gateway's. */
  public static Optional<NetworkRecord> of(String line) {
    try {
      NetworkRecord record = GSON.fromJson(line, NetworkRecord.class);
      return record == null || record.event == null || record.time == null
          ? Optional.empty()
          : Optional.of(record);
    } catch (JsonParseException e) {
      return Optional.empty();
    }
  }

  /** When it was written; empty where the text is no time. */
  public Optional<Instant> time() {
    try {
      return Optional.of(Instant.parse(said(time)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The process id of the sandbox's supervisor, as {@code ps} shows it. */
  public String sandbox() {
    return said(sandbox);
  }

  /** The profile's name. */
  public String profile() {
    return said(profile);
  }

  /** {@code name}, {@code tcp} or {@code udp}. */
  public String protocol() {
    return said(protocol);
  }

  /** The name that was asked for, or the address. */
  public String host() {
    return said(host);
  }

  /** The port, or 0. */
  public int port() {
    return port;
  }

  /** The host as it was asked for, with the port where there is one, and the address it came to. */
  public String destination() {
    String named = said(host).contains(":") && port != 0 ? "[" + host + "]" : said(host);
    String whole = port == 0 ? named : named + ":" + port;
    return said(address).isEmpty() || said(address).equals(host)
        ? whole
        : whole + " (" + address + ")";
  }

  /** Whether it was not let through. */
  public boolean isRefused() {
    return said(verdict).equals("refused");
  }

  /** Whether it tells of the end of a connection. */
  public boolean isEnd() {
    return said(event).equals("connection");
  }

  /** Why, or for the end of a connection the bytes that went each way. */
  public String reason() {
    return isEnd() ? "ended; " + sent + " bytes sent, " + received + " received" : said(reason);
  }

  private static String said(@Nullable String text) {
    return Objects.requireNonNullElse(text, "");
  }
}
