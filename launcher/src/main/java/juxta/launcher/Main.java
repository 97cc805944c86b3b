package juxta.launcher;

import juxta.launcher.cli.Home;
import juxta.launcher.cli.Juxta;
import juxta.launcher.cli.Terminal;

/** Entry point of the process. */
public final class Main {
  private Main() {}

  /**
   * Runs the command line.
   *
   * @param words the command line
   */
  public static void main(String[] words) {
    boolean live = System.console() != null && !"dumb".equals(System.getenv("TERM"));
    Terminal terminal = new Terminal(System.out, System.err, live);
    System.exit(new Juxta(terminal, Home.ofProcess()).run(words));
  }
}
