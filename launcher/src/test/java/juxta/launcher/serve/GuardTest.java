package juxta.launcher.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import org.junit.jupiter.api.Test;

/** Names of servers that are open to a network; HostileTest asks one that is not. */
class GuardTest {
  private static boolean lets(Guard guard, String host) {
    Headers headers = new Headers();
    headers.add("Host", host);
    try {
      guard.check(headers, true);
      return true;
    } catch (Refused e) {
      assertThat(e.reply().status()).isEqualTo(Reply.FORBIDDEN);
      return false;
    }
  }

  @Test
  void anAddressCannotBeMadeToPointElsewhereANameCan() {
    Guard open = new Guard("0.0.0.0");
    for (String host : new String[] {"10.1.2.3:8080", "[fe80::1]:8080", "localhost", "0.0.0.0"}) {
      assertThat(lets(open, host)).as(host).isTrue();
    }
    for (String host : new String[] {"evil.example", "10.1.2.3.evil.example", "", "[x]"}) {
      assertThat(lets(open, host)).as(host).isFalse();
    }
  }

  @Test
  void theNameThatItWasBoundTo() {
    Guard named = new Guard("127.0.0.2");
    assertThat(lets(named, "127.0.0.2:99")).isTrue();
    assertThat(lets(named, "127.0.0.3")).isFalse();
    assertThat(Guard.loopback("127.0.0.2")).isTrue();
    assertThat(Guard.loopback("0.0.0.0")).isFalse();
    assertThat(Guard.loopback("no.such.name.invalid")).isFalse();
  }
}
