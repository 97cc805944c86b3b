package juxta.launcher.serve;

/**
 * What one client may take from the others.
 *
 * @param connections open at the same time; beyond that the one that has been idle longest is
 *     closed
 * @param headSeconds from the first byte of a request to the end of its headers
 * @param idleSeconds between two requests
 * @param bodySeconds for a body, however fast it comes
 * @param graceSeconds after which a body must have come at {@code bytesASecond} on the average
 * @param bytesASecond the least pace of a body
 * @param replySeconds for taking an answer
 * @param bodyBytes bytes of large bodies held at the same time; others wait
 * @param waiting large bodies that wait, and large pictures that wait to be decoded; what comes
 *     then is told to come again later
 */
record Limits(
    int connections,
    long headSeconds,
    long idleSeconds,
    long bodySeconds,
    long graceSeconds,
    long bytesASecond,
    long replySeconds,
    long bodyBytes,
    int waiting) {
  /** A quarter of the memory is for bodies, and room for one of the largest. */
  static Limits ofProcess() {
    long bodies = Math.max(Body.MOST_BYTES, Math.min(1 << 28, memory() / 4));
    return new Limits(
        512, Long.getLong("juxta.serve.head-seconds", 10), 30, 120, 10, 16 << 10, 60, bodies, 32);
  }

  private static long memory() {
    return Runtime.getRuntime().maxMemory();
  }
}
