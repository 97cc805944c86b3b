package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import juxta.launcher.browser.Browser;
import juxta.launcher.browser.Tab;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The search page in Chromium, used as people use it. Pictures of it are left in {@code
 * target/page}. Without Chromium on the path, or named by {@code -Djuxta.chromium}, this is
 * skipped.
 */
class PageTest {
  private static final Path PICTURES = Path.of("target", "page");
  private static final String CARDS = "document.querySelectorAll('#cards .card').length";

  @TempDir private static Path root;
  private static Opened opened;
  private static Browser browser;
  private Tab tab;

  @BeforeAll
  static void open() {
    Optional<Path> chromium = Browser.find();
    assumeTrue(chromium.isPresent(), "no Chromium on the path: the page is not tested");
    Shell shell = Shell.in(root);
    Pairs.addTo(shell);
    Path run = root.resolve("run");
    Outcome outcome = shell.run(Pairs.TRAIN + " --out %s", run);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    opened = new Opened(shell, run);
    browser = Browser.start(chromium.get(), root.resolve("profile"));
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
    if (opened != null) {
      opened.close();
      assertThat(opened.faults()).isEmpty();
    }
  }

  @BeforeEach
  void visit() {
    tab = visit(1200, 900, false, false);
  }

  @AfterEach
  void noFaults() {
    assertThat(tab.faults()).isEmpty();
  }

  private static Tab visit(int width, int height, boolean phone, boolean dark) {
    Tab tab = browser.tab(width, height, phone, dark);
    tab.open(opened.address(), "document.querySelector('#status').innerText.includes('pairs-')");
    return tab;
  }

  private void awaitCards(int number) {
    tab.await(CARDS + " === " + number + " && !document.querySelector('#cards.busy')");
  }

  private String anyText() {
    return tab.eval("run.examples[0]").asText();
  }

  @Test
  void aQueryIsTypedAndCardsAreRead() {
    tab.picture(PICTURES.resolve("desktop-empty.png"));
    String text = anyText();
    tab.type(text); // the cursor is in the query box from the beginning
    tab.key("Enter");
    awaitCards(10);
    assertThat(tab.text("#found")).isEqualTo("The 10 best of 90 images for “" + text + "”");
    assertThat(tab.texts(".rank"))
        .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
    assertThat(tab.text(".card .text").toLowerCase()).isEqualTo(text);
    assertThat(tab.text(".card .match")).isEqualTo("same description");
    for (String score : tab.texts(".score b")) {
      assertThat(Double.parseDouble(score.replace("−", "-"))).isBetween(-1.0, 1.0);
    }
    tab.await(
        "[...document.querySelectorAll('.frame img')].slice(0, 3)"
            + ".every(i => i.naturalWidth === 48)");
    tab.choose("#k", "6");
    awaitCards(6);
    tab.picture(PICTURES.resolve("desktop-results.png"));
    assertThat(tab.eval("document.querySelector('#found').getAttribute('aria-live')").asText())
        .isEqualTo("polite");
  }

  /** What is shown has an address that shows it again, with as many results as asked for. */
  @Test
  void aSearchIsALink() {
    String text = anyText();
    String address = opened.address() + "?k=4&where=split%3Dtest&q=";
    tab.open(address + URLEncoder.encode(text, StandardCharsets.UTF_8), CARDS + " === 4");
    assertThat(tab.text("#found")).isEqualTo("The 4 best of 24 images for “" + text + "”");
    assertThat(tab.eval("document.querySelector('#query').value").asText()).isEqualTo(text);
    assertThat(tab.text("#filter-count")).isEqualTo("1 filter");
    tab.choose("#k", "6");
    awaitCards(6);
    assertThat(tab.eval("location.search").asText()).startsWith("?k=6&where=split%3Dtest&q=");
    tab.eval("document.querySelector('#query').value = 'female & male?'");
    tab.click("button.main");
    tab.await("document.querySelector('#found').innerText.includes('“female & male?”')");
    assertThat(tab.eval("new URLSearchParams(location.search).get('q')").asText())
        .isEqualTo("female & male?");
    tab.eval("history.back()");
    tab.await("document.querySelector('#found').innerText.includes('" + text + "')");
    awaitCards(6);
    tab.eval("document.body.focus()");
    tab.click("#random");
    tab.await("!document.querySelector('#truth').hidden");
    assertThat(tab.eval("location.search").asText()).isEmpty();
  }

  /** Nothing that turns writing around, or breaks lines, comes from a link into the page. */
  @Test
  void whatALinkSaysIsShownAsItIs() {
    tab.open(opened.address() + "?k=10&q=female%0A%E2%80%AEx%1B%5B31m", CARDS + " === 10");
    assertThat(tab.text("#found")).endsWith("“female\\n\\u202ex\\u001b[31m”");
  }

  @Test
  void emptyAndUnknownQueriesGetAMessageAndNoRanking() {
    tab.click("button.main");
    tab.await("!document.querySelector('#message').hidden");
    assertThat(tab.text("#message")).contains("Write what the image should show");
    tab.type("xyzzy plugh");
    tab.key("Enter");
    tab.await("document.querySelector('#message').innerText.includes('known')");
    assertThat(tab.text("#message")).startsWith("No word of this description is known");
    assertThat(tab.eval(CARDS).asInt()).isZero();
    tab.picture(PICTURES.resolve("desktop-unknown.png"));
  }

  @Test
  void dropDownsPutTheSentenceTogether() {
    assertThat(tab.texts("#compose-fields label").stream().map(t -> t.lines().findFirst().get()))
        .containsExactly("Age group", "Sex", "Diagnosis");
    tab.choose("#compose-fields select[data-field=sex]", "female");
    tab.await("document.querySelector('#query').value === 'female patient.'");
    tab.choose("#compose-fields select[data-field=diagnosis]", "gingivitis");
    tab.await("document.querySelector('#query').value === 'female patient with gingivitis.'");
    awaitCards(10);
    assertThat(tab.text("#found")).contains("“female patient with gingivitis.”");
  }

  @Test
  void aPictureIsDropped() throws IOException {
    Path picture = root.resolve("film.png");
    String id = tab.eval("fetchJson('/api/search?q=female').then(a => a.results[0].id)").asText();
    try (InputStream in =
        URI.create(opened.address() + "api/picture/" + id + "?side=2048").toURL().openStream()) {
      Files.write(picture, in.readAllBytes());
    }
    tab.drop("#drop", picture);
    awaitCards(10);
    assertThat(tab.text("#found")).isEqualTo("The 10 best of 90 images like your picture");
    assertThat(tab.text(".card .match")).isEqualTo("same picture");
    assertThat(tab.text("#drop-lead")).isEqualTo("film.png");
    tab.await("document.querySelector('#preview').naturalWidth === 48");
    tab.picture(PICTURES.resolve("desktop-picture.png"));
    tab.click("#clear-picture");
    awaitCards(0);

    Path text = Files.writeString(root.resolve("notes.txt"), "no picture");
    tab.file("#file", text);
    tab.await("document.querySelector('#message').innerText.includes('not a picture')");
    tab.file("#file", picture);
    awaitCards(10);
    assertThat(tab.eval("document.querySelector('#message').hidden").asBoolean()).isTrue();
  }

  @Test
  void everythingIsReachedByKeys() {
    tab.type(anyText());
    tab.key("Enter");
    awaitCards(10);
    tab.key("ArrowDown");
    String focused = "[...document.querySelectorAll('.card')].indexOf(document.activeElement)";
    assertThat(tab.eval(focused).asInt()).isZero();
    tab.key("ArrowRight");
    assertThat(tab.eval(focused).asInt()).isEqualTo(1);
    tab.key(" ");
    tab.await("document.querySelector('#large').open");
    tab.key("Escape");
    tab.await("!document.querySelector('#large').open");
    assertThat(tab.eval(focused).asInt()).isEqualTo(1);
    tab.key("Enter");
    tab.await("document.querySelector('#found').innerText.includes('like the one you chose')");
    awaitCards(10);
    tab.key("/");
    String active = "document.activeElement.id";
    assertThat(tab.eval(active).asText()).isEqualTo("query");
    assertThat(tab.eval("document.querySelector('#query').value").asText()).isEmpty();
    tab.type("female");
    tab.key("Enter");
    awaitCards(10);
    tab.key("Escape");
    awaitCards(0);
    assertThat(tab.eval("document.querySelector('#query').value").asText()).isEmpty();
  }

  @Test
  void aRandomTestTextShowsTheRankOfItsImage() {
    tab.click("#random");
    awaitCards(10);
    assertThat(tab.text("#truth")).contains("has rank").contains("of 90 images");
    assertThat(tab.eval("document.querySelector('#query').value").asText()).contains("patient");
    tab.picture(PICTURES.resolve("desktop-random.png"));
    tab.key("Escape");
    tab.await("document.querySelector('#truth').hidden");
  }

  @Test
  void filtersNarrowTheSearch() {
    tab.type("female");
    tab.key("Enter");
    awaitCards(10);
    tab.click("#filters summary");
    tab.choose("#filter-fields select[data-field=split]", "test");
    tab.await("document.querySelector('#found').innerText.includes('of 24 images')");
    assertThat(tab.text("#filter-count")).isEqualTo("1 filter");
    assertThat(tab.texts(".facts")).allMatch(facts -> facts.contains("test image"));
    tab.picture(PICTURES.resolve("desktop-filters.png"));
  }

  @Test
  void theModelHasCurvesAndSettings() {
    tab.click("#tab-model");
    tab.await("document.querySelectorAll('.curve path').length > 0");
    assertThat(tab.texts(".curve figcaption")).anyMatch(text -> text.startsWith("Loss"));
    assertThat(tab.text("#settings")).contains("pairs").contains("batch");
    assertThat(tab.text("#scores")).contains("not scored yet");
    tab.picture(PICTURES.resolve("desktop-model.png"));
  }

  @Test
  void aPhoneShowsItAllWithoutScrollingSideways() {
    for (boolean dark : List.of(false, true)) {
      tab = visit(360, 740, true, dark);
      String mode = dark ? "dark" : "light";
      tab.picture(PICTURES.resolve("phone-" + mode + "-empty.png"));
      tab.type(anyText());
      tab.key("Enter");
      awaitCards(10);
      tab.click("#filters summary");
      assertThat(
              tab.eval(
                      "document.querySelector('#query').scrollHeight - document.querySelector('#query').clientHeight")
                  .asInt())
          .as("all of the query is seen")
          .isZero();
      String overflow =
          "document.documentElement.scrollWidth - document.documentElement.clientWidth";
      assertThat(tab.eval(overflow).asInt()).isZero();
      tab.picture(PICTURES.resolve("phone-" + mode + "-results.png"));
      tab.click("#tab-model");
      tab.await("document.querySelectorAll('.curve path').length > 0");
      assertThat(tab.eval(overflow).asInt()).isZero();
      tab.picture(PICTURES.resolve("phone-" + mode + "-model.png"));
      assertThat(tab.faults()).isEmpty();
    }
    tab = visit(1200, 900, false, true);
    tab.type(anyText());
    tab.key("Enter");
    awaitCards(10);
    tab.picture(PICTURES.resolve("desktop-dark-results.png"));
  }

  /** A model without texts: what does not fit is not shown. */
  @Test
  void imagesOnly() {
    Shell shell = Shell.in(root.resolve("images"));
    Path run = root.resolve("images/run");
    Outcome outcome = shell.run("train simclr " + Shell.TINY + " --epochs 1 --out %s", run);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    try (Opened images = new Opened(shell, run)) {
      tab = browser.tab(1200, 900, false, false);
      tab.open(images.address(), "document.querySelector('#status').innerText.includes('simclr-')");
      for (String hidden : List.of("#by-text", "#compose", "#help-text", "#help-mark")) {
        String shown = "document.querySelector('" + hidden + "').offsetParent !== null";
        assertThat(tab.eval(shown).asBoolean()).as(hidden).isFalse();
      }
      assertThat(tab.text("#drop-lead")).isEqualTo("Search with a picture");
      tab.picture(PICTURES.resolve("images-empty.png"));
      tab.click("#random");
      awaitCards(10);
      assertThat(tab.text("#truth")).contains("has rank").contains("of 143 images");
      tab.picture(PICTURES.resolve("images-random.png"));
      tab.click(".card .more");
      tab.await("document.querySelector('#found').innerText.includes('like the one you chose')");
      awaitCards(10);
      assertThat(tab.faults()).isEmpty();
      assertThat(images.faults()).isEmpty();
    }
  }

  /** What stands in texts is shown as it is, never understood as markup. */
  @Test
  void markupInAQueryIsText() {
    tab.type("female <img src=x onerror=document.title=1><b>x</b>");
    tab.key("Enter");
    awaitCards(10);
    assertThat(tab.text("#found")).contains("<img src=x onerror=document.title=1><b>x</b>");
    assertThat(tab.eval("document.querySelectorAll('#found *').length").asInt()).isZero();
  }
}
