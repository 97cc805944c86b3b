package juxta.api;

import java.util.List;
import org.apiguardian.api.API;

/**
 * Something that the user can mend: a wrong setting, unreadable data, parts that do not fit. Each
 * problem is one line that says what is wrong, where, and what to do. The launcher prints the lines
 * without a stack trace and exits with status 2.
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class UserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Each as it was given; what List.copyOf makes can be written. */
  @SuppressWarnings("serial")
  private final List<String> problems;

  /**
   * One problem.
   *
   * @param problem what is wrong, where, and what to do
   */
  public UserException(String problem) {
    super(problem);
    this.problems = List.of(problem);
  }

  /**
   * One problem that was found because of another fault.
   *
   * @param problem what is wrong, where, and what to do
   * @param cause the fault behind it
   */
  public UserException(String problem, Throwable cause) {
    super(problem, cause);
    this.problems = List.of(problem);
  }

  /**
   * Several problems, reported together.
   *
   * @param problems one line each, at least one
   */
  public UserException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /**
   * The problems as they were given. What they quote may hold anything, ends of lines too: whoever
   * shows a problem makes it printable.
   *
   * @return at least one
   */
  public List<String> problems() {
    return problems;
  }
}
