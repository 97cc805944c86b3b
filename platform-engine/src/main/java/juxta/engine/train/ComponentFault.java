package juxta.engine.train;

import java.util.Optional;
import java.util.function.Supplier;
import juxta.api.UserException;
import juxta.engine.catalogue.Registered;

/**
 * Something that a component did which it must not: it threw what is no user's mistake, or gave
 * back what makes no sense. The engine says where; whose code it was, its cause tells.
 */
public final class ComponentFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Registered<?> component;

  /** What was asked of it. */
  private final String where;

  private ComponentFault(Registered<?> component, String where, Throwable cause) {
    super(what(cause) + " in " + where, cause);
    this.component = component;
    this.where = where;
  }

  /** What a component gave back makes no sense; is itself the cause of a fault. */
  private static final class Nonsense extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    Nonsense(String what) {
      super(what);
    }
  }

  /**
   * The component, where the engine knows it.
   *
   * @return the component, empty for what only its frames on the stack tell
   */
  public Optional<Registered<?>> component() {
    return Optional.ofNullable(component);
  }

  /**
   * What was asked of it.
   *
   * @return such as {@code plan()} or {@code the step function of phase 'train'}
   */
  public String where() {
    return where;
  }

  /**
   * What it did.
   *
   * @return what it threw, or what was wrong with what it gave back, for people
   */
  public String what() {
    return what(getCause());
  }

  private static String what(Throwable cause) {
    String message = cause.getMessage();
    if (cause instanceof Nonsense) {
      return message;
    }
    String name = cause.getClass().getSimpleName();
    return "threw " + (message == null || message.isBlank() ? name : name + ": " + message);
  }

  /**
   * Whether it threw nothing, but gave back what makes no sense.
   *
   * @return true if there is no trace of its own code
   */
  public boolean isNonsense() {
    return getCause() instanceof Nonsense;
  }

  /**
   * Calls a component.
   *
   * @param component the component
   * @param where what is asked of it
   * @param call the call
   * @param <R> the result
   * @return the result, never null
   * @throws ComponentFault in place of whatever is no mistake of a user and no stop
   */
  public static <R> R in(Registered<?> component, String where, Supplier<R> call) {
    try {
      R result = call.get();
      if (result == null) {
        throw new Nonsense("returned null");
      }
      return result;
    } catch (Throwable e) {
      throw of(component, where, e);
    }
  }

  /**
   * Calls a part of which it is not known here which component it is of.
   *
   * @param where what is asked of it
   * @param call the call
   * @param <R> the result
   * @return the result, never null
   * @throws ComponentFault in place of whatever is no mistake of a user and no stop
   */
  public static <R> R in(String where, Supplier<R> call) {
    return in(null, where, call);
  }

  /**
   * Says of a fault which component it is of, where that was not known.
   *
   * @param component the component
   * @return this fault, or one that names the component
   */
  public ComponentFault of(Registered<?> component) {
    return this.component == null ? new ComponentFault(component, where, getCause()) : this;
  }

  /**
   * What a component gave back makes no sense.
   *
   * @param where what was asked of it
   * @param what what is wrong with the answer, such as {@code returned a loss of shape [8]}
   * @return the fault
   */
  public static ComponentFault nonsense(String where, String what) {
    return new ComponentFault(null, where, new Nonsense(what));
  }

  private static RuntimeException of(Registered<?> component, String where, Throwable thrown) {
    if (thrown instanceof ComponentFault known) {
      return component == null ? known : known.of(component);
    }
    boolean fatal =
        thrown instanceof VirtualMachineError && !(thrown instanceof StackOverflowError);
    if (fatal || thrown instanceof LinkageError) {
      throw (Error) thrown; // linkage errors are explained by the plug-in's versions
    }
    if (thrown instanceof UserException user) {
      return user;
    }
    if (thrown instanceof Interruption stopped) {
      return stopped;
    }
    return new ComponentFault(component, where, thrown);
  }
}
