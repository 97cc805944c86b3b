package juxta.launcher.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Chromium without a window, driven over its DevTools protocol. One thread uses it at a time. */
public final class Browser implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String READY = "DevTools listening on ";
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");

  private final Process process;
  private final WebSocket socket;
  private final List<JsonNode> events = new ArrayList<>();
  private int last;

  private Browser(Process process, WebSocket socket) {
    this.process = process;
    this.socket = socket;
  }

  /** Where Chromium lies: the system property {@code juxta.chromium}, or the path. */
  public static Optional<Path> find() {
    String named = System.getProperty("juxta.chromium", "");
    if (!named.isEmpty()) {
      return Optional.of(Path.of(named));
    }
    return NAMES.stream()
        .flatMap(
            name ->
                Stream.of(System.getenv("PATH").split(":")).map(dir -> Path.of(dir).resolve(name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts it with a profile of its own. */
  public static Browser start(Path program, Path profile) {
    try {
      Process process =
          new ProcessBuilder(
                  program.toString(),
                  "--headless=new",
                  "--no-sandbox", // as root, in a container; it only visits our own page
                  "--disable-gpu",
                  "--disable-dev-shm-usage",
                  "--disable-extensions",
                  "--disable-background-networking",
                  "--disable-component-update",
                  "--disable-default-apps",
                  "--disable-sync",
                  "--no-first-run",
                  "--hide-scrollbars",
                  "--force-color-profile=srgb",
                  "--remote-debugging-port=0",
                  "--user-data-dir=" + profile,
                  "about:blank")
              .redirectErrorStream(true)
              .start();
      BufferedReader said =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      List<String> lines = new ArrayList<>();
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        if (line.startsWith(READY)) {
          Thread rest = new Thread(() -> drain(said), "browser-output");
          rest.setDaemon(true);
          rest.start();
          return new Browser(process, new WebSocket(URI.create(line.substring(READY.length()))));
        }
        lines.add(line);
      }
      throw new IOException("the browser did not start: " + lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A browser whose output nobody takes would stop. */
  private static void drain(BufferedReader said) {
    try (said) {
      said.transferTo(Writer.nullWriter());
    } catch (IOException e) {
      System.getLogger("browser").log(System.Logger.Level.DEBUG, "the browser has ended", e);
    }
  }

  /** A fresh tab. */
  public Tab tab(int width, int height, boolean phone, boolean dark) {
    String context = call("", "Target.createBrowserContext").get("browserContextId").asText();
    String target =
        call("", "Target.createTarget", "url", "about:blank", "browserContextId", context)
            .get("targetId")
            .asText();
    String session =
        call("", "Target.attachToTarget", "targetId", target, "flatten", true)
            .get("sessionId")
            .asText();
    Tab tab = new Tab(this, session);
    tab.begin(width, height, phone, dark);
    return tab;
  }

  /** Calls a method of the protocol; arguments are names and values in turn. */
  JsonNode call(String session, String method, Object... arguments) {
    ObjectNode message = JSON.createObjectNode();
    int id = ++last;
    message.put("id", id).put("method", method);
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    ObjectNode parameters = message.putObject("params");
    for (int i = 0; i < arguments.length; i += 2) {
      parameters.set((String) arguments[i], JSON.valueToTree(arguments[i + 1]));
    }
    try {
      socket.send(JSON.writeValueAsString(message));
      while (true) {
        JsonNode answer = JSON.readTree(socket.receive());
        if (answer.path("id").asInt() != id) {
          events.add(answer);
        } else if (answer.has("error")) {
          throw new IllegalStateException(method + ": " + answer.get("error"));
        } else {
          return answer.get("result");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(method, e);
    }
  }

  /** What the browser told of a tab so far. */
  List<JsonNode> events(String session, String method) {
    return events.stream()
        .filter(e -> e.path("sessionId").asText().equals(session))
        .filter(e -> e.path("method").asText().equals(method))
        .toList();
  }

  @Override
  public void close() {
    try {
      socket.close();
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
