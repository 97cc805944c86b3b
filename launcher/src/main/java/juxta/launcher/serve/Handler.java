package juxta.launcher.serve;

import java.util.Optional;
import java.util.function.Consumer;

/** What is done with requests. */
interface Handler {
  /** Why a request is not answered, as far as its head tells; nothing that takes time. */
  Optional<Reply> refusal(Head head);

  /** Has a request answered; returns at once, the answer may come from any thread. */
  void answer(Request request, Consumer<Reply> to);
}
