package juxta.launcher.cli;

import java.util.List;
import org.apache.commons.cli.Options;

/** A word of the command line. */
interface Command {
  /** The word. */
  String name();

  /** One line for the list of commands. */
  String summary();

  /** What follows the word. */
  String usage();

  /** Examples and explanations below the options. */
  default String more() {
    return "";
  }

  Options options();

  /** Does it; returns the exit status. */
  int run(Arguments arguments);

  /** Parses and does it. */
  default int run(List<String> words) {
    return run(Arguments.parse(name(), options(), words));
  }
}
