package juxta.inference;

/**
 * A folder, file or input that cannot be used. The message is one line that says what is wrong,
 * where, and what to do.
 *
 * @since 0.1
 */
public final class InferenceException extends RuntimeException {
  private static final long serialVersionUID = 1;

  InferenceException(String message) {
    super(message);
  }

  InferenceException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The first line of what a library says, which may be many. */
  static String reason(Throwable cause) {
    String message = cause.getMessage();
    return message == null || message.isBlank()
        ? cause.getClass().getSimpleName()
        : message.strip().lines().findFirst().orElseThrow();
  }
}
