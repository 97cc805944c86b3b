package juxta.engine.cluster;

import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.TensorFlow;

/**
 * What a process runs. A worker says it by the name of the job that its server is started as, which
 * is part of the names of its devices: so TensorFlow's own protocol carries it.
 *
 * @param juxta version of Juxta
 * @param tensorflow version of TensorFlow
 * @param reads whether it says what data it has, see {@link Notice}
 */
record Build(String juxta, String tensorflow, boolean reads) {
  private static final String READS = "/data";

  private static final Pattern JOB = Pattern.compile("/job:juxta_([a-zA-Z0-9_]*)/.*");
  private static final Pattern ESCAPE = Pattern.compile("_([0-9a-f]{2})");

  /** What this process runs. */
  static Build here() {
    String juxta =
        Optional.ofNullable(Build.class.getModule().getDescriptor())
            .flatMap(ModuleDescriptor::rawVersion)
            .orElse("development"); // on the class path, too
    return new Build(juxta, TensorFlow.version(), false);
  }

  /** The same, saying what data it has or not. */
  Build reading(boolean does) {
    return new Build(juxta, tensorflow, does);
  }

  /** The name of the job: TensorFlow allows letters, digits and underscores. */
  String job() {
    StringBuilder name = new StringBuilder("juxta_");
    String words = juxta + "/" + tensorflow + (reads ? READS : "");
    for (byte b : words.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z';
      name.append(
          plain ? Character.toString((char) b) : String.format(Locale.ROOT, "_%02x", b & 0xff));
    }
    return name.toString();
  }

  /** What a device's name says, empty if it is none of a worker's. */
  static Optional<Build> of(String device) {
    Matcher job = JOB.matcher(device);
    if (!job.matches()) {
      return Optional.empty();
    }
    Matcher escape = ESCAPE.matcher(job.group(1));
    String words =
        escape.replaceAll(
            found ->
                Matcher.quoteReplacement(
                    Character.toString((char) Integer.parseInt(found.group(1), 16))));
    boolean reads = words.endsWith(READS);
    String versions = reads ? words.substring(0, words.length() - READS.length()) : words;
    int slash = versions.indexOf('/');
    return slash < 0
        ? Optional.empty()
        : Optional.of(
            new Build(versions.substring(0, slash), versions.substring(slash + 1), reads));
  }

  @Override
  public String toString() {
    return "Juxta " + juxta + " with TensorFlow " + tensorflow;
  }
}
