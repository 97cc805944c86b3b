package juxta.text;

import java.util.List;

/**
 * A list of tokens that is no vocabulary.
 *
 * @since 0.1
 */
public final class VocabularyException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /** What is wrong. */
  private final transient List<String> problems;

  VocabularyException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /**
   * What is wrong.
   *
   * @return one line each
   */
  public List<String> problems() {
    return problems;
  }
}
