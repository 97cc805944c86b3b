package juxta.launcher.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A tab of the browser, as a person uses it. */
public final class Tab {
  /** Looks again and again, in the page, until something is so. */
  private static final String AWAIT =
      """
      new Promise((done, failed) => {
        const end = Date.now() + 15000;
        const look = () => {
          if (%s) done(true);
          else if (Date.now() > end) failed(new Error('never came: ' + document.body.innerText));
          else setTimeout(look, 15);
        };
        look();
      })""";

  private static final Map<String, Integer> KEYS =
      Map.of(
          "Enter",
          13,
          "Escape",
          27,
          " ",
          32,
          "ArrowLeft",
          37,
          "ArrowUp",
          38,
          "ArrowRight",
          39,
          "ArrowDown",
          40,
          "/",
          191,
          "Tab",
          9);

  private final Browser browser;
  private final String session;

  Tab(Browser browser, String session) {
    this.browser = browser;
    this.session = session;
  }

  private JsonNode call(String method, Object... arguments) {
    return browser.call(session, method, arguments);
  }

  void begin(int width, int height, boolean phone, boolean dark) {
    call("Page.enable");
    call("Runtime.enable");
    call("Log.enable");
    call("DOM.enable");
    call(
        "Emulation.setDeviceMetricsOverride",
        "width",
        width,
        "height",
        height,
        "deviceScaleFactor",
        1,
        "mobile",
        phone);
    call(
        "Emulation.setEmulatedMedia",
        "features",
        List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light")));
  }

  /** Opens an address and waits until a condition holds in the page. */
  public void open(String address, String condition) {
    call("Page.navigate", "url", address);
    await("location.href.startsWith('" + address + "') && document.readyState === 'complete'");
    await(condition);
  }

  /** Computes an expression in the page. */
  public JsonNode eval(String expression) {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            "expression",
            expression,
            "awaitPromise",
            true,
            "returnByValue",
            true);
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(answer.at("/exceptionDetails/exception/description").asText());
    }
    return answer.at("/result/value");
  }

  /** Waits until a condition holds in the page. */
  public void await(String condition) {
    eval(AWAIT.formatted(condition));
  }

  /** The text of an element as a person reads it. */
  public String text(String selector) {
    return eval("document.querySelector('" + selector + "').innerText").asText();
  }

  /** The texts of all such elements. */
  public List<String> texts(String selector) {
    List<String> all = new ArrayList<>();
    eval("[...document.querySelectorAll('" + selector + "')].map(e => e.innerText)")
        .forEach(text -> all.add(text.asText()));
    return all;
  }

  /** Clicks into the middle of an element. */
  public void click(String selector) {
    JsonNode at =
        eval(
            "(() => { const e = document.querySelector('"
                + selector
                + "'); e.scrollIntoView({block: 'center'}); const r = e.getBoundingClientRect();"
                + " return [r.x + r.width / 2, r.y + r.height / 2]; })()");
    for (String type : List.of("mousePressed", "mouseReleased")) {
      call(
          "Input.dispatchMouseEvent",
          "type",
          type,
          "x",
          at.get(0),
          "y",
          at.get(1),
          "button",
          "left",
          "clickCount",
          1);
    }
  }

  /** Chooses a value of a list. */
  public void choose(String selector, String value) {
    eval(
        "(() => { const e = document.querySelector('"
            + selector
            + "'); e.value = '"
            + value
            + "'; e.dispatchEvent(new Event('change', {bubbles: true})); })()");
  }

  /** Types text where the cursor is. */
  public void type(String text) {
    call("Input.insertText", "text", text);
  }

  /** Presses and releases a key. */
  public void key(String key) {
    int code = KEYS.get(key);
    boolean writes = key.length() == 1 || key.equals("Enter");
    String text = key.equals("Enter") ? "\r" : writes ? key : "";
    List<Object> down =
        new ArrayList<>(
            List.of(
                "type",
                writes ? "keyDown" : "rawKeyDown",
                "key",
                key,
                "windowsVirtualKeyCode",
                code));
    if (writes) {
      down.addAll(List.of("text", text));
    }
    call("Input.dispatchKeyEvent", down.toArray());
    call("Input.dispatchKeyEvent", "type", "keyUp", "key", key, "windowsVirtualKeyCode", code);
  }

  /** Drops a file from a folder onto an element. */
  public void drop(String selector, Path file) {
    JsonNode at =
        eval(
            "(() => { const r = document.querySelector('"
                + selector
                + "').getBoundingClientRect(); return [r.x + 9, r.y + 9]; })()");
    Map<String, Object> data =
        Map.of(
            "items",
            List.of(),
            "files",
            List.of(file.toAbsolutePath().toString()),
            "dragOperationsMask",
            1);
    for (String type : List.of("dragEnter", "dragOver", "drop")) {
      call("Input.dispatchDragEvent", "type", type, "x", at.get(0), "y", at.get(1), "data", data);
    }
  }

  /** What a person does with "choose a file". */
  public void file(String selector, Path file) {
    int root = call("DOM.getDocument").at("/root/nodeId").asInt();
    int node =
        call("DOM.querySelector", "nodeId", root, "selector", selector).get("nodeId").asInt();
    call(
        "DOM.setFileInputFiles",
        "nodeId",
        node,
        "files",
        List.of(file.toAbsolutePath().toString()));
  }

  /** Faults of scripts, and refusals by the page's own policy. */
  public List<String> faults() {
    List<String> all = new ArrayList<>();
    browser
        .events(session, "Runtime.exceptionThrown")
        .forEach(e -> all.add(e.at("/params/exceptionDetails").toString()));
    browser.events(session, "Log.entryAdded").stream()
        .map(e -> e.at("/params/entry"))
        // a question that the server refuses is told as a message on the page
        .filter(entry -> !entry.path("source").asText().equals("network"))
        .forEach(entry -> all.add(entry.toString()));
    return all;
  }

  /** Keeps a picture of the whole page. */
  public void picture(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      // those far below are loaded when somebody scrolls there
      await("[...document.images].every(i => i.complete || i.loading === 'lazy')");
      String data =
          call("Page.captureScreenshot", "format", "png", "captureBeyondViewport", true)
              .get("data")
              .asText();
      Files.write(file, Base64.getDecoder().decode(data));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
