package dev.hexe.policy.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * The server that a client of TLS names in the first thing it says, see RFC 8446 and RFC 6066. What
 * was looked at once is not looked at again, however small the pieces are that it comes in.
 */
final class ClientHello {
  /** The state of what has come so far. */
  enum State {
    /** More bytes are needed to tell. */
    INCOMPLETE,
    /** It is something else. */
    NOT_TLS,
    /** It names no server. */
    UNNAMED,
    NAMED,
    /** It begins as TLS and goes on as nothing that is known. */
    MALFORMED
  }

  /**
   * The result of a search.
   *
   * @param state how far it goes
   * @param name the server's, in lower case
   */
  record Result(State state, Optional<String> name) {
    private static Result of(State state) {
      return new Result(state, Optional.empty());
    }
  }

  private static final int HANDSHAKE = 22;
  private static final int CLIENT_HELLO = 1;
  private static final int OLD_LENGTH = 0x80;
  private static final int NEWEST_MAJOR = 3;
  private static final int RECORD_HEADER = 5;
  private static final int LONGEST_RECORD = 1 << 14;
  private static final int LONGEST = 1 << 14;
  private static final int SERVER_NAME = 0;
  private static final int HOST_NAME = 0;

  /** What the records held that have come as a whole. */
  private final ByteBuf handshake = Unpooled.buffer(0);

  private int seen;

  /** How much memory it takes. */
  int held() {
    return handshake.capacity();
  }

  /** Looks at all that has come so far, without taking it. */
  Result look(ByteBuf bytes) {
    if (!bytes.isReadable()) {
      return Result.of(State.INCOMPLETE);
    }
    if (bytes.getUnsignedByte(bytes.readerIndex()) != HANDSHAKE) {
      return Result.of(old(bytes));
    }
    try {
      State state = collect(bytes.slice().skipBytes(seen));
      return state == State.NAMED ? body(handshake) : Result.of(state);
    } catch (IndexOutOfBoundsException e) {
      return Result.of(State.MALFORMED);
    }
  }

  /**
   * The form of SSL 2, which servers still read and which has no place for a name: RFC 5246, E.2.
   */
  private static State old(ByteBuf bytes) {
    int start = bytes.readerIndex();
    int length = bytes.readableBytes();
    boolean isOther =
        bytes.getUnsignedByte(start) < OLD_LENGTH
            || (length > 2 && bytes.getUnsignedByte(start + 2) != CLIENT_HELLO)
            || (length > 3 && bytes.getUnsignedByte(start + 3) > NEWEST_MAJOR);
    if (isOther) {
      return State.NOT_TLS;
    }
    return length > 3 ? State.UNNAMED : State.INCOMPLETE;
  }

  /** Puts the fragments of the first handshake message together; NAMED when it is complete. */
  private State collect(ByteBuf bytes) {
    while (bytes.readableBytes() >= RECORD_HEADER) {
      int start = bytes.readerIndex();
      int length = bytes.getUnsignedShort(start + 3);
      if (bytes.getUnsignedByte(start) != HANDSHAKE
          || bytes.getUnsignedByte(start + 1) != NEWEST_MAJOR
          || length == 0
          || length > LONGEST_RECORD) {
        return State.MALFORMED;
      }
      if (bytes.readableBytes() < RECORD_HEADER + length) {
        return State.INCOMPLETE;
      }
      handshake.writeBytes(bytes.skipBytes(RECORD_HEADER), length);
      seen += RECORD_HEADER + length;
      State state = message();
      if (state != State.INCOMPLETE) {
        return state;
      }
    }
    return State.INCOMPLETE;
  }

  private State message() {
    if (handshake.getUnsignedByte(0) != CLIENT_HELLO) {
      return State.MALFORMED;
    }
    if (handshake.readableBytes() < 4) {
      return State.INCOMPLETE;
    }
    int wanted = handshake.getUnsignedMedium(1) + 4;
    if (wanted > LONGEST) {
      return State.MALFORMED;
    }
    if (handshake.readableBytes() < wanted) {
      return State.INCOMPLETE;
    }
    handshake.writerIndex(wanted);
    return State.NAMED;
  }

  private static Result body(ByteBuf hello) {
    hello.skipBytes(4 + 2 + 32);
    hello.skipBytes(hello.readUnsignedByte());
    hello.skipBytes(hello.readUnsignedShort());
    hello.skipBytes(hello.readUnsignedByte());
    if (!hello.isReadable()) {
      return Result.of(State.UNNAMED);
    }
    ByteBuf extensions = hello.readSlice(hello.readUnsignedShort());
    Result found = Result.of(State.UNNAMED);
    while (extensions.isReadable()) {
      int type = extensions.readUnsignedShort();
      ByteBuf extension = extensions.readSlice(extensions.readUnsignedShort());
      if (type == SERVER_NAME) {
        if (found.state() == State.NAMED) {
          return Result.of(State.MALFORMED);
        }
        found = serverName(extension);
      }
    }
    return found;
  }

  private static Result serverName(ByteBuf extension) {
    if (!extension.isReadable()) {
      return Result.of(State.MALFORMED);
    }
    ByteBuf names = extension.readSlice(extension.readUnsignedShort());
    int type = names.readUnsignedByte();
    ByteBuf name = names.readSlice(names.readUnsignedShort());
    if (type != HOST_NAME || names.isReadable() || !name.isReadable()) {
      return Result.of(State.MALFORMED);
    }
    String text = name.toString(StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    String bare = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    return new Result(State.NAMED, Optional.of(bare));
  }
}
