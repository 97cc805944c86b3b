package juxta.site;

/**
 * A page.
 *
 * @param address where it lies below the site's folder, with {@code /}
 * @param title its title
 * @param body HTML of its content
 */
record Page(String address, String title, String body) {
  /** The way from this page to the site's folder, empty or ending with {@code /}. */
  static String up(String address) {
    return "../".repeat((int) address.chars().filter(c -> c == '/').count());
  }
}
