package juxta.toolkit.graph;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import juxta.api.UserException;
import org.bytedeco.javacpp.BytePointer;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_SessionOptions;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.proto.ConfigProto;

/**
 * A server of TensorFlow that runs sessions.
 *
 * @param target such as {@code grpc://127.0.0.1:4711}
 * @param millis after which a run that has not ended fails
 * @param explain says what a fault of a run means
 * @param gone asked now and then while a run is under way: whether it cannot end any more, because
 *     somebody who has a part in it is gone
 */
public record Remote(
    String target,
    long millis,
    Function<RuntimeException, RuntimeException> explain,
    BooleanSupplier gone) {
  /** What a server of TensorFlow did not answer in time. */
  private static final class Silence extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Silence(long millis) {
      super("Deadline of " + millis + " ms is over");
    }
  }

  /**
   * Does something that needs the server. TensorFlow has a limit of time of its own, which it does
   * not keep where a worker answers but goes no further; the thread is left to itself then.
   *
   * @throws RuntimeException what went wrong, explained
   */
  <R> R within(Callable<R> what) {
    FutureTask<R> task = new FutureTask<>(what);
    Thread thread = new Thread(task, "juxta-remote");
    thread.setDaemon(true);
    thread.start();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis + GRACE);
    int missed = 0;
    try {
      while (true) {
        try {
          return task.get(LOOK, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          missed = gone.getAsBoolean() ? missed + 1 : 0;
          if (missed == MISSED || System.nanoTime() > end) {
            throw explain.apply(new Silence(millis));
          }
        }
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof TensorFlowException fault
          ? explain.apply(fault)
          : e.getCause() instanceof RuntimeException other
              ? other
              : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Milliseconds after TensorFlow's own limit. */
  private static final long GRACE = 5_000;

  /** Milliseconds between two looks whether all are there. */
  private static final long LOOK = 3_000;

  /** Looks in a row at which somebody was missing: one may be the network's. */
  private static final int MISSED = 2;

  /** Opens a session, for which TensorFlow Java has no public way. */
  Session open(Graph graph, ConfigProto config) {
    try {
      Field handle = Graph.class.getDeclaredField("nativeHandle");
      Constructor<Session> constructor =
          Session.class.getDeclaredConstructor(Graph.class, TF_Session.class);
      handle.setAccessible(true);
      constructor.setAccessible(true);
      return constructor.newInstance(graph, session((TF_Graph) handle.get(graph), target, config));
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException | RuntimeException e) {
      if (e instanceof IllegalStateException opened) {
        throw opened;
      }
      throw new UserException(
          "workers need a way into TensorFlow that Java keeps closed; start with bin/juxta, or with"
              + " --add-opens tensorflow/org.tensorflow=juxta.toolkit",
          e);
    }
  }

  /** A session of the library below. */
  static TF_Session session(TF_Graph graph, String target, ConfigProto config) {
    byte[] bytes = config.toByteArray();
    try (TF_Status status = TF_Status.newStatus();
        TF_SessionOptions options = TF_SessionOptions.newSessionOptions();
        BytePointer proto = new BytePointer(bytes)) {
      if (!target.isEmpty()) {
        tensorflow.TF_SetTarget(options, target);
      }
      tensorflow.TF_SetConfig(options, proto, bytes.length, status);
      TF_Session session = tensorflow.TF_NewSession(graph, options, status);
      if (tensorflow.TF_GetCode(status) != tensorflow.TF_OK) {
        throw new IllegalStateException(tensorflow.TF_Message(status).getString());
      }
      return session;
    }
  }
}
