package juxta.launcher.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import juxta.api.UserException;
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
    Guard open = new Guard("0.0.0.0", Optional.empty());
    for (String host : new String[] {"10.1.2.3:8080", "[fe80::1]:8080", "localhost", "0.0.0.0"}) {
      assertThat(lets(open, host)).as(host).isTrue();
    }
    for (String host : new String[] {"evil.example", "10.1.2.3.evil.example", "", "[x]"}) {
      assertThat(lets(open, host)).as(host).isFalse();
    }
  }

  @Test
  void theNameThatItWasBoundTo() {
    Guard named = new Guard("127.0.0.2", Optional.empty());
    assertThat(lets(named, "127.0.0.2:99")).isTrue();
    assertThat(lets(named, "127.0.0.3")).isFalse();
    assertThat(Guard.loopback("127.0.0.2")).isTrue();
    assertThat(Guard.loopback("0.0.0.0")).isFalse();
    assertThat(Guard.loopback("no.such.name.invalid")).isFalse();
  }

  private static int asked(Guard guard, String... headers) {
    Headers all = new Headers();
    for (String header : headers) {
      all.add(header.split(": ", 2)[0], header.split(": ", 2)[1]);
    }
    try {
      guard.check(all, true);
      return 200;
    } catch (Refused e) {
      return e.reply().status();
    }
  }

  private static String basic(String pair) {
    return "Authorization: Basic "
        + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aTokenKeepsStrangersOut() {
    Guard guard = new Guard("0.0.0.0", Optional.of("correct-horse"));
    String host = "Host: 10.1.2.3:8080";
    assertThat(asked(guard, host)).isEqualTo(401);
    for (String wrong :
        new String[] {
          "Authorization: Bearer correct-horsE",
          "Authorization: Bearer ",
          "Authorization: Bearer correct-horse-battery",
          "Authorization: correct-horse",
          "Authorization: Basic %%%",
          basic("correct-horse:"),
          basic("x:wrong-horse-x"),
          basic(":")
        }) {
      assertThat(asked(guard, host, wrong)).as(wrong).isEqualTo(401);
    }
    assertThat(asked(guard, host, "Authorization: Bearer correct-horse")).isEqualTo(200);
    assertThat(asked(guard, host, basic("anybody:correct-horse"))).isEqualTo(200);
    assertThat(asked(guard, "Host: search.example", basic("a:correct-horse"))).isEqualTo(200);
    assertThat(
            asked(
                guard,
                "Host: search.example",
                "Origin: https://search.example",
                basic("a:correct-horse")))
        .isEqualTo(200);
    assertThat(
            asked(
                guard,
                "Host: search.example",
                "Origin: https://evil.example",
                basic("a:correct-horse")))
        .isEqualTo(403);
  }

  @Test
  void nothingIsOpenedWithoutOne() {
    for (String bind : new String[] {"0.0.0.0", "::", "192.168.0.9", "no.such.name.invalid"}) {
      assertThatThrownBy(() -> SearchServer.check(bind, Optional.empty()))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("--bind " + bind + " would show the run, its images")
          .hasMessageContaining("--token WORD");
      SearchServer.check(bind, Optional.of("correct-horse"));
    }
    SearchServer.check("localhost", Optional.empty());
    for (String word : new String[] {"", "short", "with blanks in it", "new\nline-in-it"}) {
      assertThatThrownBy(() -> SearchServer.check("127.0.0.1", Optional.of(word)))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("--token takes");
    }
  }
}
