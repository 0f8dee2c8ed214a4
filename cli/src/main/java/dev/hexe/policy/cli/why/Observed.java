package dev.hexe.policy.cli.why;

/**
 * A call that failed inside and would have worked on the host.
 *
 * @param want what was tried: {@code look}, {@code read}, {@code write}, {@code execute}, {@code
 *     create}, {@code remove}, {@code rename}, {@code change}, {@code connect}, {@code bind},
 *     {@code send}, {@code signal}, {@code trace}, {@code limit}, {@code gain} or {@code call}
 * @param call the system call; of a limit on the whole sandbox one of the names below
 * @param error the kernel's name of the error, or of a signal; empty where it has worked
 * @param path as seen inside; empty where there is none
 * @param absent the first part of it that is not there inside; empty where all is
 * @param second the other path of a renaming; empty
 * @param address of the network; or the name of an abstract socket, of a host that was asked for,
 *     that the host itself was to get, or of an attribute; or the size of a limit; empty
 * @param port of the address; 0
 * @param number a process, or flags
 * @param count how often
 * @param process the first one that tried, as seen outside
 * @param inside the same as seen inside
 * @param command its command line
 */
public record Observed(
    String want,
    String call,
    String error,
    String path,
    String absent,
    String second,
    String address,
    int port,
    long number,
    long count,
    long process,
    long inside,
    String command) {
  static final String TIME = "time";
  static final String MEMORY = "memory";
  static final String MEMORY_ELSEWHERE = "memory-elsewhere";
  static final String PROCESSES = "pids";

  /** A limit on all in the sandbox, which no call has shown. */
  static Observed limit(String name, String error, long count) {
    return new Observed("limit", name, error, "", "", "", "", 0, 0, count, 0, 0, "");
  }

  /** What has to be there for it: the whole path, or the part that both share. */
  String subject() {
    return second.isEmpty() || !error.equals("EXDEV") ? path : path + " -> " + second;
  }

  /** Whether it is about a socket. */
  public boolean isOfSocket() {
    return want.equals("connect") || want.equals("bind") || want.equals("send");
  }

  /** Whether it was taken down although it was not refused. */
  public boolean hasWorked() {
    return error.isEmpty() && !isOfGain();
  }

  /** Tells that a program failed without the rights that its file gives. */
  boolean isOfGain() {
    return want.equals("gain");
  }

  /** Tells that it is of the whole sandbox and of no process alone. */
  boolean isOfSandbox() {
    return want.equals("limit") && process == 0;
  }

  /** The same, tried as often as both. */
  Observed and(Observed other, String common) {
    return new Observed(
        want,
        call,
        error,
        common,
        absent,
        second,
        address,
        port,
        number,
        count + other.count,
        process,
        inside,
        command);
  }
}
