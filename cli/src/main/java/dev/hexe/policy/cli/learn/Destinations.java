package dev.hexe.policy.cli.learn;

import dev.hexe.policy.cli.log.NetworkRecord;
import dev.hexe.policy.cli.why.Observed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Makes destinations of what was asked of the gateway, and of connections that never got there. */
public final class Destinations {
  private static final Pattern NAME =
      Pattern.compile(
          "(?=.{1,253}$)[a-z0-9_][a-z0-9_-]*(\\.[a-z0-9_][a-z0-9_-]*)*\\.[a-z][a-z0-9-]*");

  private static final Pattern LITERAL =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-f:]*:[0-9a-f:.]*");

  /** Of the Internet: what is left of all addresses without those of one's own networks. */
  private static final Pattern PRIVATE =
      Pattern.compile(
          "(0|10|127|169\\.254|192\\.168|172\\.(1[6-9]|2[0-9]|3[01])|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|22[4-9]|2[3-5][0-9])\\..*|::.*|f[cdef].*");

  /** What stands for names in a sandbox. */
  private static final Pattern STANDS_FOR_NAME =
      Pattern.compile("198\\.1[89]\\..*|fd68:6578:6500:.*");

  private static final Pattern LISTED_AS = Pattern.compile("not listed as `([^`]*)`");

  /** The gateway's reason, where somebody was asked. */
  private static final String ANSWERED_NO = "asked, and answered with no";

  /** The host's resolvers: it is the gateway that answers names. */
  private static final int NAMES = 53;

  private static final List<Integer> WEB = List.of(80, 443);

  private final boolean withinBase;
  private final List<Grant> grants = new ArrayList<>();
  private final List<Question> questions = new ArrayList<>();

  private Destinations(boolean withinBase) {
    this.withinBase = withinBase;
  }

  /**
   * What was asked for.
   *
   * @param withinBase whether the base allows all of the network, so that to list less takes no
   *     question
   */
  public static Lesson of(List<NetworkRecord> log, List<Observed> observed, boolean withinBase) {
    Destinations all = new Destinations(withinBase);
    log.stream().filter(it -> !it.isEnd()).forEach(all::take);
    observed.stream().filter(Observed::isOfSocket).forEach(all::take);
    return new Lesson(all.grants, List.of(), all.questions, List.of()).and(Lessons.NOTHING);
  }

  private void take(NetworkRecord it) {
    Optional<String> said = refusedOnPurpose(it);
    if (said.isPresent()) {
      decline(it, said.get());
      return;
    }
    if (it.protocol().equals("name") && !(it.isRefused() && it.reason().startsWith("not listed"))) {
      return; // a name that is allowed, or leads nowhere, whatever is listed
    }
    String end = it.protocol().equals("udp") ? "/udp" : "";
    if (it.port() == 0) {
      WEB.forEach(port -> add(it.host(), port, end));
    } else {
      add(it.host(), it.port(), end);
    }
    Matcher resolved = LISTED_AS.matcher(it.reason());
    if (resolved.find()) {
      addOwn(resolved.group(1));
    }
  }

  /** Somebody has decided against it, in the profile or at the terminal. */
  private static Optional<String> refusedOnPurpose(NetworkRecord it) {
    if (it.isRefused() && it.reason().startsWith("deny ")) {
      return Optional.of("the profile refuses it by `" + it.reason() + "`");
    }
    return it.isRefused() && it.reason().equals(ANSWERED_NO)
        ? Optional.of("it was asked about, and answered with no")
        : Optional.empty();
  }

  private void decline(NetworkRecord it, String because) {
    boolean isHost = NAME.matcher(it.host()).matches() || LITERAL.matcher(it.host()).matches();
    Question question =
        new Question("reach " + (isHost ? it.host() : "a host"), because, "", "a program");
    if (!questions.contains(question)) {
      questions.add(question);
    }
  }

  private void take(Observed it) {
    boolean connects = it.want().equals("connect") || it.want().equals("send");
    if (!connects || it.port() == 0 || it.port() == NAMES || it.error().isEmpty()) {
      return;
    }
    if (STANDS_FOR_NAME.matcher(it.address()).matches()) {
      questions.add(
          new Question(
              "connect to port " + it.port() + " of a name that is listed",
              "the address stands for a name, and this port of it is not listed",
              "",
              Spelling.program(it.command())));
    } else {
      add(it.address(), it.port(), "");
    }
  }

  private void add(String host, int port, String end) {
    boolean loopback = host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    boolean literal = LITERAL.matcher(host).matches();
    if (!loopback && !literal && !NAME.matcher(host).matches()) {
      return;
    }
    String shown = loopback ? "localhost" : host.contains(":") ? "[" + host + "]" : host;
    String destination = shown + ":" + port + end;
    if (loopback || (literal && PRIVATE.matcher(host).matches())) {
      addOwn(destination);
    } else {
      grants.add(new Grant(Place.ALLOW, destination, ""));
    }
  }

  /** A service of this host's, or of a network that is not everybody's. */
  private void addOwn(String destination) {
    if (!destination.matches("[a-z0-9.:\\[\\]/]{3,80}")) {
      return;
    }
    if (withinBase) {
      grants.add(new Grant(Place.ALLOW, destination, ""));
    } else {
      questions.add(
          new Question(
              "connect to " + destination,
              "it is a service of this host or of a network of one's own",
              "network: {allow: [\"" + destination + "\"]}",
              "a program"));
    }
  }

  /** Options that let a run ask for whatever it wants, where the base allows all of the network. */
  public static List<String> wide() {
    List<Integer> ports =
        List.of(
            21, 22, 25, 80, 110, 143, 389, 443, 465, 587, 636, 853, 873, 993, 995, 1433, 1521, 3000,
            3306, 4873, 5000, 5222, 5432, 5671, 5672, 6379, 6443, 8000, 8080, 8081, 8443, 8888,
            9000, 9092, 9200, 9418, 11211, 27017);
    return ports.stream().flatMap(port -> Stream.of("--allow", "*:" + port)).toList();
  }

  /** Options under which a run without a network reaches nothing, and asks the gateway for it. */
  public static List<String> nothing() {
    return List.of("--allow", "nothing.invalid:443");
  }
}
