package juxta.launcher;

import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.PrintStream;
import java.util.Locale;
import juxta.launcher.cli.Branch;
import juxta.launcher.cli.Home;
import juxta.launcher.cli.Juxta;
import juxta.launcher.cli.LogLines;
import juxta.launcher.cli.Terminal;
import juxta.launcher.cli.Width;
import juxta.launcher.plugins.PluginWatch;

/** Entry point of the process. */
public final class Main {
  private Main() {}

  /**
   * Runs the command line.
   *
   * @param words the command line
   */
  public static void main(String[] words) {
    // TensorFlow Java names operations by numbers that it writes with the digits of the locale, and
    // allows none but 0 to 9 in a name; no locale decides what stands in files and tables
    Locale.setDefault(Locale.ROOT);
    Terminal terminal = terminal();
    // a plug-in that closes what it prints to closes its own way there, not ours
    System.setOut(unclosed(System.out));
    System.setErr(unclosed(System.err));
    LogLines.to(terminal);
    int status = new Juxta(terminal, Home.ofProcess()).run(words);
    PluginWatch.limitEnd(status, line -> terminal.say("juxta: " + line));
    System.exit(status);
  }

  /**
   * The start script says whether a person watches; then lines are overwritten on the terminal
   * itself, past the filter that the script puts behind the error stream.
   */
  private static Terminal terminal() {
    int width = Width.ofProcess();
    if (Branch.number().isPresent()) { // whoever leads tells what it says from what others say
      return new Terminal(System.out, System.out, false, width);
    }
    if (Boolean.getBoolean("juxta.live")) {
      try {
        return new Terminal(
            System.out, new PrintStream(new FileOutputStream("/dev/tty", true), true), true, width);
      } catch (FileNotFoundException e) {
        return new Terminal(System.out, System.err, false, width);
      }
    }
    return new Terminal(System.out, System.err, false, width);
  }

  private static PrintStream unclosed(PrintStream stream) {
    return new PrintStream(
        new FilterOutputStream(stream) {
          @Override
          public void write(byte[] bytes, int from, int length) {
            stream.write(bytes, from, length);
          }

          @Override
          public void close() {
            stream.flush();
          }
        },
        true);
  }
}
