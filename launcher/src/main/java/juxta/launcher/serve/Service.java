package juxta.launcher.serve;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import juxta.api.UserException;

/**
 * Answers requests. Large pictures have a thread of their own, one for all of them: they take
 * seconds and memory, and whoever asks for anything else does not wait for them.
 */
final class Service implements Handler, AutoCloseable {
  private static final String API = "/api";
  private static final int THREADS = 8;
  private static final int WAITING = 1024;

  private final Guard guard;
  private final Api api;
  private final Consumer<String> faults;
  private final Lane quick = new Lane("serve", THREADS, WAITING);
  private final Lane pictures;

  /** With so many large pictures waiting at most. */
  Service(Guard guard, Api api, int waiting, Consumer<String> faults) {
    this.guard = guard;
    this.api = api;
    this.pictures = new Lane("serve-picture", 1, waiting);
    this.faults = faults;
  }

  @Override
  public Optional<Reply> refusal(Head head) {
    try {
      boolean asks = head.path().startsWith(API + "/");
      guard.check(head.headers(), !asks);
      if (asks) {
        Api.require(head.method(), head.path().substring(API.length()));
      } else if (!head.method().equals("GET") && !head.method().equals("HEAD")) {
        throw new Refused(
            Reply.problem(Reply.NOT_ALLOWED, "only GET, HEAD is possible here")
                .with("Allow", "GET, HEAD"));
      }
      return Optional.empty();
    } catch (Refused e) {
      return Optional.of(e.reply());
    }
  }

  @Override
  public void answer(Request request, Consumer<Reply> to) {
    if (!quick.take(() -> quickly(request, to))) {
      to.accept(Reply.busy());
    }
  }

  private void quickly(Request request, Consumer<Reply> to) {
    guarded(request, () -> isLargePicture(request) ? later(request, to) : now(request))
        .ifPresent(to);
  }

  /** Nothing, for the answer comes later; or that too many wait. */
  private Optional<Reply> later(Request request, Consumer<Reply> to) {
    boolean taken = pictures.take(() -> guarded(request, () -> now(request)).ifPresent(to));
    return taken ? Optional.empty() : Optional.of(Reply.busy());
  }

  private boolean isLargePicture(Request request) {
    return request.head().path().equals(API + Api.UPLOAD) && api.isLarge(request.body());
  }

  private Optional<Reply> now(Request request) {
    String path = request.head().path();
    try {
      return Optional.of(
          path.startsWith(API + "/")
              ? api.answer(path.substring(API.length()), request)
              : Assets.at(path)
                  .orElseThrow(
                      () -> new Refused(Reply.NOT_FOUND, "there is nothing at this address")));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Optional<Reply> guarded(Request request, Supplier<Optional<Reply>> work) {
    try {
      return work.get();
    } catch (Refused e) {
      return Optional.of(e.reply());
    } catch (UserException e) {
      return Optional.of(Reply.problem(Reply.BAD_REQUEST, String.join("; ", e.problems())));
    } catch (RuntimeException | OutOfMemoryError e) {
      if (!request.gone().getAsBoolean()) {
        faults.accept("fault in " + request.head().path() + ": " + e);
      }
      return Optional.of(Reply.problem(Reply.FAULT, "something went wrong here; try again"));
    }
  }

  @Override
  public void close() {
    quick.close();
    pictures.close();
  }
}
