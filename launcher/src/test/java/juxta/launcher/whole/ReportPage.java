package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import juxta.launcher.browser.Browser;
import juxta.launcher.browser.Tab;

/** A report in a browser; what it looks like stays in {@code target/report}. */
final class ReportPage {
  private static final Path PICTURES = Path.of("target", "report");
  private static final int HEIGHT = 900;

  private ReportPage() {}

  /** Opens a page, with all that can be folded away unfolded. */
  static Tab visit(Browser browser, Path page, int width, boolean phone, boolean dark) {
    Tab tab = browser.tab(width, HEIGHT, phone, dark);
    tab.open(page.toUri().toString().replace("file:/", "file:///").replace("/////", "///"), "true");
    tab.eval("document.querySelectorAll('details').forEach(d => d.open = true)");
    return tab;
  }

  /** All that a page must be, whatever it shows. */
  static void holds(Tab tab, String picture) {
    tab.await("[...document.images].every(i => i.complete && i.naturalWidth > 0)");
    assertThat(
            tab.eval("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                .asInt())
        .as("nothing to scroll to sideways")
        .isZero();
    assertThat(
            tab.eval(
                "performance.getEntriesByType('resource').map(e => e.name)"
                    + ".filter(n => !n.startsWith('data:'))"))
        .isEmpty();
    assertThat(tab.eval("document.scripts.length").asInt()).isZero();
    assertThat(tab.faults()).isEmpty();
    tab.picture(PICTURES.resolve(picture + ".png"));
  }
}
