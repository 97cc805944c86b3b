package juxta.launcher.serve;

import com.sun.net.httpserver.Headers;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps other web pages out. The server has no passwords: whoever reaches it may use it. A page
 * from elsewhere that is open in the same browser can reach it, too, and is recognised by the
 * headers that the browser, not the page, writes. A foreign name that was made to point here (DNS
 * rebinding) is recognised by the header {@code Host}.
 */
final class Guard {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final String ADDRESS = "[0-9.]+|\\[[0-9a-fA-F:.]+\\]";

  private final String bound;
  private final boolean open;

  /** For a server that listens at a name or an address. */
  Guard(String bound) {
    this.bound = bound.toLowerCase(Locale.ROOT);
    this.open = !loopback(bound);
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
    String host = only(headers, "Host").orElse("");
    if (!allowed(host)) {
      throw new Refused(
          Reply.FORBIDDEN,
          "this server does not answer to the name '"
              + host.replaceAll("[^A-Za-z0-9.:\\[\\]-]", "?")
              + "'; use the address that it printed when it started");
    }
    Optional<String> origin = only(headers, "Origin");
    if (origin.isPresent() && !origin.get().equalsIgnoreCase("http://" + host)) {
      throw foreign();
    }
    // to open the page from a link elsewhere is fine; to have a page elsewhere ask is not
    Optional<String> site = only(headers, "Sec-Fetch-Site");
    if (!page && site.isPresent() && !Set.of("same-origin", "none").contains(site.get())) {
      throw foreign();
    }
  }

  private static Refused foreign() {
    return new Refused(Reply.FORBIDDEN, "only the search page itself may ask this");
  }

  private boolean allowed(String host) {
    String name = host.replaceFirst(":[0-9]{1,5}$", "").toLowerCase(Locale.ROOT);
    // an address cannot be made to point elsewhere, a name can
    return LOOPBACK.contains(name) || name.equals(bound) || (open && name.matches(ADDRESS));
  }

  private static Optional<String> only(Headers headers, String name) {
    List<String> values = headers.get(name);
    if (values != null && values.size() > 1) {
      throw new Refused(Reply.BAD_REQUEST, "the header " + name + " stands there twice");
    }
    return values == null ? Optional.empty() : Optional.of(values.get(0).strip());
  }
}
