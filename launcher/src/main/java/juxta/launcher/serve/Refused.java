package juxta.launcher.serve;

/** A request that is not answered, with the reply in its place. */
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Reply reply;

  Refused(int status, String line) {
    super(line);
    this.reply = Reply.problem(status, line);
  }

  Refused(Reply reply) {
    super("" + reply.status());
    this.reply = reply;
  }

  Reply reply() {
    return reply;
  }
}
