package juxta.plugin.datasets.text;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import juxta.api.TextTemplate;

/**
 * What a radiograph's record says, and the sentences that say it. An empty part is unknown: it is
 * left out, with the words around it. Parts are lower case with single blanks.
 *
 * @param ageGroup for example {@code middle-aged}
 * @param sex {@code female}, {@code male}, or what the record has
 * @param race as the record has it
 * @param diagnosis for example {@code stage ii periodontitis}
 * @param region for example {@code 36}
 */
public record Description(
    String ageGroup, String sex, String race, String diagnosis, String region) {
  public Description {
    ageGroup = tidy(ageGroup);
    sex = sex(tidy(sex));
    race = tidy(race);
    diagnosis = tidy(diagnosis);
    region = tidy(region);
  }

  /** Single blanks and none at the ends. */
  static String singleBlanks(String text) {
    return text.replaceAll("[\\s\\p{Z}]+", " ").strip();
  }

  private static String tidy(String text) {
    return singleBlanks(text).toLowerCase(Locale.ROOT);
  }

  private static String sex(String word) {
    return switch (word) {
      case "f" -> "female";
      case "m" -> "male";
      default -> word;
    };
  }

  /** Whether nothing is known at all. */
  boolean empty() {
    return parts(ageGroup, sex, race, diagnosis, region).isEmpty();
  }

  /** The canonical sentence. */
  public static final TextTemplate TEMPLATE =
      new TextTemplate(
          "[{age-group} ][{sex} ][{race} ]patient[ with {diagnosis}][, tooth region {region}].");

  /** The {@link #TEMPLATE} with what is known; empty if that is nothing. */
  public String text() {
    return TEMPLATE.text(
        Map.of(
            "age-group", ageGroup,
            "sex", sex,
            "race", race,
            "diagnosis", diagnosis,
            "region", region));
  }

  /** The ways to say it: the canonical sentence and three more, all different. */
  public List<String> captions() {
    String someone = (patient().matches("[aeiou].*") ? "an " : "a ") + patient();
    return List.of(
        text(),
        "radiograph of "
            + someone
            + with(", region ", region)
            + with(", showing ", diagnosis)
            + ".",
        (diagnosis.isEmpty() ? "seen" : diagnosis)
            + with(" at tooth region ", region)
            + " in "
            + someone
            + ".",
        Stream.of(
                with("diagnosis: ", diagnosis),
                "patient: " + parts(ageGroup, sex, race).stream().collect(Collectors.joining(" ")),
                with("tooth region: ", region))
            .filter(part -> !part.isEmpty() && !part.equals("patient: "))
            .collect(Collectors.joining("; ", "", ".")));
  }

  private String patient() {
    return Stream.concat(parts(ageGroup, sex, race).stream(), Stream.of("patient"))
        .collect(Collectors.joining(" "));
  }

  private static List<String> parts(String... parts) {
    return Stream.of(parts).filter(part -> !part.isEmpty()).toList();
  }

  private static String with(String words, String part) {
    return part.isEmpty() ? "" : words + part;
  }
}
