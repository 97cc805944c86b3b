package juxta.launcher.serve;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;

/**
 * A client: its requests, one after the other, and their answers. Nothing here waits; the thread of
 * {@link Connections} calls it when bytes can be read or written and as time goes by, and uses it
 * alone but for {@link #gone}.
 */
final class Connection {
  private static final int FIRST = 1 << 12;
  private static final int LONGEST_HEAD = 1 << 16;
  private static final long LINGER_SECONDS = 5;
  private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};

  /** What is being done. */
  private enum State {
    /** A head is read, or waited for. */
    HEAD,
    /** A large body waits until there is room; it is not read. */
    WAITING,
    /** A body is read. */
    BODY,
    /** Somebody works on the answer; the client is watched. */
    WORK,
    /** The answer is written. */
    REPLY,
    /** The last answer is written; what still comes is dropped, so that the client can read it. */
    LINGER
  }

  private final SocketChannel channel;
  private final SelectionKey key;
  private final Connections all;
  private final Limits limits;
  private ByteBuffer input = ByteBuffer.allocate(FIRST); // what was read lies before its position
  private State state = State.HEAD;
  private long since;
  private boolean fresh = true;
  private Head head;
  private Body body;
  private long wanted;
  private boolean reserved;
  private int sending;
  private boolean last;
  private ByteBuffer[] output = {};
  private volatile boolean gone;

  Connection(SocketChannel channel, SelectionKey key, Connections all, Limits limits, long now) {
    this.channel = channel;
    this.key = key;
    this.all = all;
    this.limits = limits;
    this.since = now;
  }

  /** Whether the client has left; any thread may ask. */
  boolean gone() {
    return gone;
  }

  /** Whether it has no request that is being answered. */
  boolean idle() {
    return state == State.HEAD;
  }

  /** When it began to do what it does. */
  long since() {
    return since;
  }

  /** The bytes that its body needs room for. */
  long wanted() {
    return wanted;
  }

  private void enter(State next, int interest) {
    state = next;
    since = all.now();
    if (key.isValid()) {
      key.interestOps(interest);
    }
  }

  void readable() throws IOException {
    if (state == State.LINGER) {
      ByteBuffer dropped = all.scratch();
      if (channel.read(dropped) < 0) {
        close();
      }
      return;
    }
    if (state == State.BODY) {
      ByteBuffer some = all.scratch();
      if (channel.read(some) < 0) {
        close();
        return;
      }
      some.flip();
      takeBody(some);
      if (some.hasRemaining()) { // the next request came along
        room(some.remaining());
        input.put(some);
      }
      return;
    }
    if (!input.hasRemaining()) {
      if (state == State.WORK) {
        key.interestOps(0); // it sends more than it was answered; it is read on later
        return;
      }
      room(input.capacity());
    }
    if (channel.read(input) < 0) {
      // one that sends no more may wait for its answer, but browsers and curl do not do that: they
      // have left, and whoever works for them is freed
      close();
      return;
    }
    if (state == State.HEAD) {
      if (fresh) {
        fresh = false;
        since = all.now();
      }
      takeHead();
    }
  }

  private void room(int more) {
    ByteBuffer larger = ByteBuffer.allocate(input.position() + more);
    larger.put(input.flip());
    input = larger;
  }

  private void takeHead() throws IOException {
    int end = endOfHead();
    if (end < 0) {
      if (input.position() >= LONGEST_HEAD) {
        refuse(Reply.problem(Reply.BAD_REQUEST, "the address or the headers are too long"));
      }
      return;
    }
    byte[] bytes = new byte[end];
    input.flip().get(bytes);
    input.position(end + END_OF_HEAD.length).compact();
    try {
      head = Head.parse(bytes);
      last = head.last();
      Optional<Reply> refusal = all.handler().refusal(head);
      if (refusal.isPresent()) {
        refuse(refusal.get());
        return;
      }
      Optional<Body> coming = head.body();
      if (coming.isEmpty()) {
        work(new byte[0]);
        return;
      }
      body = coming.get();
      wanted = body.most();
      if (body.most() <= Uploads.SMALL) {
        readBody();
        return;
      }
      switch (all.uploads().wish(this, wanted)) {
        case TAKEN -> {
          reserved = true;
          readBody();
        }
        case WAITING -> enter(State.WAITING, 0);
        default -> refuse(Reply.busy());
      }
    } catch (Refused e) {
      refuse(e.reply());
    }
  }

  /** Where the empty line begins; lines before the first one are skipped (RFC 9112, 2.2). */
  private int endOfHead() {
    input.flip();
    while (input.remaining() >= 2
        && input.get(input.position()) == '\r'
        && input.get(input.position() + 1) == '\n') {
      input.position(input.position() + 2);
    }
    input.compact();
    for (int i = 0; i + END_OF_HEAD.length <= input.position(); i++) {
      if (input.get(i) == '\r'
          && input.get(i + 1) == '\n'
          && input.get(i + 2) == '\r'
          && input.get(i + 3) == '\n') {
        return i;
      }
    }
    return -1;
  }

  /** There is room for the body that waited. */
  void admitted() {
    reserved = true;
    try {
      readBody();
    } catch (IOException e) {
      close();
    }
  }

  private void readBody() throws IOException {
    enter(State.BODY, SelectionKey.OP_READ);
    if (head.headers().says("Expect", "100-continue")) {
      channel.write(
          ByteBuffer.wrap("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
    }
    input.flip();
    takeBody(input);
    input.compact();
  }

  private void takeBody(ByteBuffer from) throws IOException {
    try {
      if (body.take(from)) {
        work(body.bytes());
      }
    } catch (Refused e) {
      refuse(e.reply());
    }
  }

  private void work(byte[] bytes) {
    body = null;
    enter(State.WORK, SelectionKey.OP_READ);
    all.handler().answer(new Request(head, bytes, this::gone), reply -> all.deliver(this, reply));
  }

  /** Answers before all of the request was read: what still comes of it is dropped. */
  private void refuse(Reply reply) throws IOException {
    last = true;
    reply(reply);
  }

  /** Sends an answer. */
  void reply(Reply reply) throws IOException {
    free();
    if (gone) {
      return;
    }
    sending = reply.body().length;
    all.sends(sending);
    boolean bodiless = head != null && head.method().equals("HEAD");
    output =
        new ByteBuffer[] {
          ByteBuffer.wrap(head(reply)), ByteBuffer.wrap(bodiless ? new byte[0] : reply.body())
        };
    enter(State.REPLY, SelectionKey.OP_WRITE);
    writable();
  }

  private byte[] head(Reply reply) {
    StringBuilder text = new StringBuilder("HTTP/1.1 " + reply.status() + " " + reply.reason());
    text.append("\r\nDate: ")
        .append(DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
    text.append("\r\nContent-Type: ").append(reply.type());
    text.append("\r\nContent-Length: ").append(reply.body().length);
    text.append("\r\nConnection: ").append(last ? "close" : "keep-alive").append("\r\n");
    for (Map.Entry<String, String> header : reply.all().entrySet()) {
      text.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
    }
    return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  void writable() throws IOException {
    if (state != State.REPLY) {
      return;
    }
    channel.write(output);
    if (output[output.length - 1].hasRemaining() || output[0].hasRemaining()) {
      return;
    }
    sent();
    head = null;
    if (last) {
      channel.shutdownOutput();
      enter(State.LINGER, SelectionKey.OP_READ);
      return;
    }
    enter(State.HEAD, SelectionKey.OP_READ);
    fresh = input.position() == 0;
    if (!fresh) {
      takeHead();
    }
  }

  /** Ends what takes too long. */
  void tick(long now) throws IOException {
    double seconds = (now - since) / 1e9;
    switch (state) {
      case HEAD -> {
        // a browser keeps a connection for its next question
        if (seconds > (fresh ? limits.idleSeconds() : limits.headSeconds())) {
          close();
        }
      }
      case WAITING -> {
        if (seconds > limits.bodySeconds()) {
          refuse(Reply.busy());
        }
      }
      case BODY -> {
        boolean slow =
            seconds > limits.graceSeconds() && body.size() < seconds * limits.bytesASecond();
        if (slow || seconds > limits.bodySeconds()) {
          refuse(Reply.problem(Reply.TOO_SLOW, "the picture comes too slowly; try again"));
        }
      }
      case REPLY -> {
        if (seconds > limits.replySeconds()) {
          close();
        }
      }
      case LINGER -> {
        if (seconds > LINGER_SECONDS) {
          close();
        }
      }
      default -> {} // whoever works on it has limits of its own
    }
  }

  private void sent() {
    output = new ByteBuffer[0];
    all.sends(-sending);
    sending = 0;
  }

  private void free() {
    if (state == State.WAITING) {
      all.uploads().leave(this);
    }
    if (reserved) {
      reserved = false;
      all.uploads().free(wanted);
    }
  }

  void close() {
    gone = true;
    key.cancel();
    try {
      channel.close();
    } catch (IOException e) {
      System.getLogger(Connection.class.getName())
          .log(System.Logger.Level.DEBUG, "not closed properly", e);
    }
    all.left(this);
    sent();
    free();
  }
}
