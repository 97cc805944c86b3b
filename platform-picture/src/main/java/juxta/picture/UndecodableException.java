package juxta.picture;

import java.util.Optional;

/** Bytes that cannot be decoded to a picture; the message says why in a few words. */
public final class UndecodableException extends Exception {
  private static final long serialVersionUID = 1;

  /** What is the matter. */
  public enum Fault {
    /** No picture, or of a format that is not taken. */
    FORMAT,
    /** More pixels than are taken. */
    SIZE,
    /** More memory than there is. */
    MEMORY,
    /** Decoding took longer than it may. */
    TIME,
    /** Damaged or cut off. */
    DAMAGE
  }

  /** What is the matter. */
  private final Fault fault;

  /** The size that the header claims. */
  private final transient Optional<ImageSize> size;

  private UndecodableException(
      Fault fault, String message, Optional<ImageSize> size, Throwable cause) {
    super(message, cause);
    this.fault = fault;
    this.size = size;
  }

  static UndecodableException format(String message) {
    return new UndecodableException(Fault.FORMAT, message, Optional.empty(), null);
  }

  static UndecodableException size(ImageSize size, long most) {
    return new UndecodableException(
        Fault.SIZE, size + " is more than " + most + " pixels", Optional.of(size), null);
  }

  static UndecodableException time(Exception cause) {
    return new UndecodableException(Fault.TIME, "takes too long", Optional.empty(), cause);
  }

  static UndecodableException memory(Throwable cause) {
    return new UndecodableException(
        Fault.MEMORY, "there is not enough memory to decode it", Optional.empty(), cause);
  }

  /** Of what a decoder threw: Java's own for PNG wraps that there is no memory left. */
  static UndecodableException damage(Exception cause) {
    for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
      if (inner instanceof OutOfMemoryError) {
        return memory(cause);
      }
    }
    String message =
        cause.getMessage() == null
            ? cause.getClass().getSimpleName()
            : cause.getMessage().lines().findFirst().orElse("").strip();
    return new UndecodableException(Fault.DAMAGE, message, Optional.empty(), cause);
  }

  /**
   * What is the matter.
   *
   * @return the kind of fault
   */
  public Fault fault() {
    return fault;
  }

  /**
   * The size that the header claims.
   *
   * @return the size where it is the fault, else empty
   */
  public Optional<ImageSize> size() {
    return size;
  }
}
