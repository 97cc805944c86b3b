package juxta.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import juxta.api.Augmentation;
import juxta.api.Component;
import juxta.api.DatasetProvider;
import juxta.api.Encoder;
import juxta.api.Evaluator;
import juxta.api.Loss;
import juxta.api.Method;
import juxta.api.Settings;
import juxta.engine.catalogue.Services;
import org.junit.jupiter.api.DynamicTest;

/**
 * What every plug-in promises, as tests. A plug-in's own test class is as short as this:
 *
 * <pre>{@code
 * class ContractTest {
 *   @TestFactory
 *   Stream<DynamicTest> contract() {
 *     return PluginContract.ofModule(MyMethod.class.getModule());
 *   }
 * }
 * }</pre>
 *
 * <p>A test that fails says what was promised and what was found. Components run with their default
 * settings, on the platform's own engine and on a few small generated images or, where they do not
 * treat images, scans; methods with their preset {@code small} where they have one, and with an
 * encoder, an augmentation and a loss of the testkit's own. Only methods on scans run with the
 * encoder and the augmentation that their preset names, where the plug-in has them: decoders ask
 * for the maps of their own encoder. What does not apply to a component is skipped and says why.
 */
public final class PluginContract {
  private PluginContract() {}

  /**
   * All that components of their kind promise.
   *
   * @param components the components, as their public constructors make them
   * @return a test for each promise of each component
   */
  public static Stream<DynamicTest> of(Component... components) {
    return of(Map.of(), components);
  }

  /**
   * All that components of their kind promise, with other settings than their own: narrow networks
   * and small patches are tried in less time.
   *
   * @param settings values by key: of methods as they stand, of encoders after {@code encoder.}, of
   *     augmentations after {@code augmentation.}, of evaluators after their id
   * @param components the components, as their public constructors make them
   * @return a test for each promise of each component
   * @throws IllegalArgumentException if no component has a setting
   */
  public static Stream<DynamicTest> of(Map<String, String> settings, Component... components) {
    Parts.check(List.of(components), settings);
    return Arrays.stream(components).flatMap(c -> tests(c, all(c, settings)));
  }

  /**
   * All that the components of a module promise, made as the platform makes them.
   *
   * @param module a plug-in
   * @return a test for each promise of each component
   */
  public static Stream<DynamicTest> ofModule(Module module) {
    return ofModule(module, component -> true);
  }

  /**
   * All that the components of a module promise, with other settings than their own.
   *
   * @param module a plug-in
   * @param settings values by key, see {@link #of(Map, Component...)}
   * @return a test for each promise of each component
   * @throws IllegalArgumentException if no component has a setting
   */
  public static Stream<DynamicTest> ofModule(Module module, Map<String, String> settings) {
    return ofModule(module, component -> true, settings);
  }

  /**
   * All that the module promises, and some of its components.
   *
   * @param module a plug-in
   * @param chosen which components are held to their contract: large encoders take long
   * @return a test for each promise
   */
  public static Stream<DynamicTest> ofModule(Module module, Predicate<Component> chosen) {
    return ofModule(module, chosen, Map.of());
  }

  /**
   * All that the module promises, and some of its components with other settings than their own.
   *
   * @param module a plug-in
   * @param chosen which components are held to their contract
   * @param settings values by key, see {@link #of(Map, Component...)}
   * @return a test for each promise
   * @throws IllegalArgumentException if no chosen component has a setting
   */
  public static Stream<DynamicTest> ofModule(
      Module module, Predicate<Component> chosen, Map<String, String> settings) {
    return Stream.concat(
        ModuleContract.promises(module).stream().map(p -> p.test(String.valueOf(module.getName()))),
        module.isNamed()
            ? of(
                settings,
                Services.providedBy(module).stream().filter(chosen).toArray(Component[]::new))
            : Stream.empty());
  }

  /**
   * What any component promises about its description: id, summary, settings. Nothing is built,
   * opened or run.
   *
   * @param components the components
   * @return a test for each promise of each component
   */
  public static Stream<DynamicTest> described(Component... components) {
    return Arrays.stream(components).flatMap(c -> tests(c, ComponentContract.promises(c)));
  }

  /**
   * What a provider promises of data that lie at a path.
   *
   * @param provider the provider
   * @param path where the data lie
   * @param settings values of the provider's settings by key
   * @return a test for each promise
   */
  public static Stream<DynamicTest> data(
      DatasetProvider provider, Path path, Map<String, String> settings) {
    return tests(
        provider, DatasetContract.promises(provider, Optional.of(path), Settings.of(settings)));
  }

  /**
   * What a provider promises of data that need no path.
   *
   * @param provider the provider
   * @param settings values of the provider's settings by key
   * @return a test for each promise
   */
  public static Stream<DynamicTest> data(DatasetProvider provider, Map<String, String> settings) {
    return tests(
        provider, DatasetContract.promises(provider, Optional.empty(), Settings.of(settings)));
  }

  private static Stream<DynamicTest> tests(Component component, List<Promise> promises) {
    return promises.stream().map(promise -> promise.test(component.id()));
  }

  private static List<Promise> all(Component component, Map<String, String> settings) {
    List<Promise> promises = new ArrayList<>(ComponentContract.promises(component));
    if (component instanceof Method method) {
      promises.addAll(MethodContract.promises(method, settings));
    }
    if (component instanceof Encoder encoder) {
      promises.addAll(EncoderContract.promises(encoder, settings));
    }
    if (component instanceof Augmentation augmentation) {
      promises.addAll(
          AugmentationContract.promises(augmentation, Parts.settings(augmentation, settings)));
    }
    if (component instanceof Loss loss) {
      promises.addAll(LossContract.promises(loss));
    }
    if (component instanceof Evaluator evaluator) {
      promises.addAll(EvaluatorContract.promises(evaluator, Parts.settings(evaluator, settings)));
    }
    if (component instanceof DatasetProvider provider) {
      promises.addAll(DatasetContract.promises(provider, Optional.empty(), Settings.DEFAULTS));
    }
    return promises;
  }
}
