package juxta.launcher.plugins;

import java.util.ServiceConfigurationError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import juxta.engine.catalogue.Fault;

/** Says in a plug-in user's words what an exception from a plug-in means. */
final class Failures {
  private static final Pattern CLASS_FILE = Pattern.compile("class file version (\\d+)");
  private static final int JAVA_OF_CLASS_FILE = 44;

  private Failures() {}

  /**
   * Why a part of a jar cannot be used.
   *
   * @param what the part and what was asked of it, such as {@code constructor of a.B}
   */
  static Fault fault(String jar, String what, Throwable thrown, Platform platform) {
    Throwable cause = unwrap(thrown);
    if (cause instanceof UnsupportedClassVersionError) {
      Matcher version = CLASS_FILE.matcher(String.valueOf(cause.getMessage()));
      return newerJava(jar, version.find() ? Integer.parseInt(version.group(1)) : 0);
    }
    if (cause instanceof ExceptionInInitializerError && cause.getCause() != null) {
      return thrown(jar, "static initialiser reached by the " + what, cause.getCause());
    }
    if (cause instanceof ClassFormatError) {
      return new Fault(
          jar, "has a damaged class (" + name(cause) + ")", "copy or download it again");
    }
    if (cause instanceof NoClassDefFoundError) {
      return new Fault(
          jar,
          "lacks class "
              + String.valueOf(cause.getMessage()).replace('/', '.')
              + ", met by the "
              + what,
          "put the jar that has the class beside it, or " + build(platform));
    }
    if (cause instanceof UnsatisfiedLinkError) {
      return new Fault(
          jar,
          "lacks a native library, met by the " + what + " (" + cause.getMessage() + ")",
          "get a build of it for this operating system");
    }
    if (cause instanceof LinkageError) {
      return new Fault(
          jar,
          "was built for other versions, the " + what + " failed with " + name(cause),
          build(platform));
    }
    if (cause instanceof ServiceConfigurationError) {
      return new Fault(
          jar,
          "provides a service wrongly (" + cause.getMessage() + ")",
          "a provider is a public class that is in the jar and has a public constructor without"
              + " parameters");
    }
    return thrown(jar, what, cause);
  }

  static Fault newerJava(String jar, int classFile) {
    String java =
        classFile > JAVA_OF_CLASS_FILE
            ? "Java " + (classFile - JAVA_OF_CLASS_FILE)
            : "a newer Java";
    return new Fault(
        jar,
        "was compiled for " + java + ", this is Java " + Runtime.version().feature(),
        "start Juxta with "
            + java
            + ", or get a build of it for Java "
            + Runtime.version().feature());
  }

  /** Such as {@code IllegalStateException: no licence}. */
  static String name(Throwable thrown) {
    String message = thrown.getMessage();
    String name = thrown.getClass().getSimpleName();
    return message == null || message.isBlank() ? name : name + ": " + message;
  }

  /** Rethrows what is no plug-in's doing. */
  static void rethrowFatal(Throwable thrown) {
    if (thrown instanceof VirtualMachineError fatal && !(thrown instanceof StackOverflowError)) {
      throw fatal;
    }
  }

  private static String build(Platform platform) {
    return "get a build of it for " + platform.versions();
  }

  private static Fault thrown(String jar, String what, Throwable cause) {
    return new Fault(
        jar,
        "the " + what + " threw " + name(cause),
        "report it to the plug-in's author, or remove the jar");
  }

  private static Throwable unwrap(Throwable thrown) {
    boolean wrapper =
        thrown instanceof ServiceConfigurationError
            || thrown.getCause() instanceof ExceptionInInitializerError;
    return wrapper && thrown.getCause() != null ? unwrap(thrown.getCause()) : thrown;
  }
}
