package juxta.launcher.cli;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import juxta.launcher.run.SideBySide;

/** Shows what several runs say at once, each line with the place of its run. */
final class BranchLines implements SideBySide.Listener {
  private static final Pattern PROGRESS = Pattern.compile("(.*?) +(\\d+%) .* ETA ([\\d:]+)");

  private final Terminal terminal;
  private final int total;
  private final Map<Integer, String> running = new TreeMap<>();

  BranchLines(Terminal terminal, int total) {
    this.terminal = terminal;
    this.total = total;
  }

  @Override
  public void said(int number, String line) {
    Matcher progress = PROGRESS.matcher(line);
    String place = "[" + number + "/" + total + "] ";
    if (terminal.live() && progress.matches()) {
      running.put(
          number,
          place + progress.group(1) + " " + progress.group(2) + " ETA " + progress.group(3));
    } else {
      running.remove(number); // what it was doing is over, or goes on with another line
      terminal.say(line.startsWith(place) ? line : place + line);
    }
    show();
  }

  @Override
  public void ended(int number) {
    running.remove(number);
    show();
  }

  private void show() {
    if (!running.isEmpty()) {
      terminal.show(running.values().stream().collect(Collectors.joining("   ")));
    }
  }
}
