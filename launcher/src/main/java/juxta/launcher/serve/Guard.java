package juxta.launcher.serve;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps strangers and other web pages out. Whoever reaches a server on a loopback address may use
 * it; any other has a token, which a browser asks for and sends as the password of any user. A page
 * from elsewhere that is open in the same browser can reach the server, too, and is recognised by
 * the headers that the browser, not the page, writes. A foreign name that was made to point here
 * (DNS rebinding) is recognised by the header {@code Host}.
 */
final class Guard {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final String ADDRESS = "[0-9.]+|\\[[0-9a-fA-F:.]+\\]";

  private final String bound;
  private final boolean open;
  private final Optional<String> token;

  /** For a server that listens at a name or an address. */
  Guard(String bound, Optional<String> token) {
    this.bound = bound.toLowerCase(Locale.ROOT);
    this.open = !loopback(bound);
    this.token = token;
  }

  /** Whether only programs on this machine reach it. */
  static boolean loopback(String name) {
    try {
      return InetAddress.getByName(name).isLoopbackAddress();
    } catch (java.net.UnknownHostException e) {
      return false;
    }
  }

  /** Throws if the request comes from elsewhere. */
  void check(Headers headers, boolean page) {
    String host = headers.only("Host").orElse("");
    if (!allowed(host)) {
      throw new Refused(
          Reply.FORBIDDEN,
          "this server does not answer to the name '"
              + host.replaceAll("[^A-Za-z0-9.:\\[\\]-]", "?")
              + "'; use the address that it printed when it started");
    }
    if (token.isPresent() && !headers.only("Authorization").filter(this::knows).isPresent()) {
      throw new Refused(
          Reply.problem(Reply.UNKNOWN, "the token is missing or wrong; it was set with --token")
              .with("WWW-Authenticate", "Basic realm=\"juxta\", charset=\"UTF-8\""));
    }
    Optional<String> origin = headers.only("Origin");
    if (origin.isPresent() && !ours(origin.get(), host)) {
      throw foreign();
    }
    // to open the page from a link elsewhere is fine; to have a page elsewhere ask is not
    Optional<String> site = headers.only("Sec-Fetch-Site");
    if (!page && site.isPresent() && !Set.of("same-origin", "none").contains(site.get())) {
      throw foreign();
    }
  }

  /** Behind a proxy that speaks TLS the page is of https. */
  private boolean ours(String origin, String host) {
    return origin.equalsIgnoreCase("http://" + host)
        || (token.isPresent() && origin.equalsIgnoreCase("https://" + host));
  }

  /** Compared in a time that says nothing of where the first difference is. */
  private boolean knows(String said) {
    String[] words = said.split(" +", 2);
    String offered = "";
    if (words.length == 2 && words[0].equalsIgnoreCase("Bearer")) {
      offered = words[1];
    } else if (words.length == 2 && words[0].equalsIgnoreCase("Basic")) {
      offered = password(words[1]);
    }
    return MessageDigest.isEqual(
        offered.getBytes(StandardCharsets.UTF_8),
        token.orElse("").getBytes(StandardCharsets.UTF_8));
  }

  private static String password(String coded) {
    try {
      String pair = new String(Base64.getDecoder().decode(coded), StandardCharsets.UTF_8);
      return pair.substring(pair.indexOf(':') + 1);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static Refused foreign() {
    return new Refused(Reply.FORBIDDEN, "only the search page itself may ask this");
  }

  private boolean allowed(String host) {
    String name = host.replaceFirst(":[0-9]{1,5}$", "").toLowerCase(Locale.ROOT);
    // an address cannot be made to point elsewhere; a name can, but who asks has the token, and a
    // proxy may pass its own name on
    boolean other = token.isPresent() ? !name.isEmpty() : open && name.matches(ADDRESS);
    return LOOPBACK.contains(name) || name.equals(bound) || other;
  }
}
