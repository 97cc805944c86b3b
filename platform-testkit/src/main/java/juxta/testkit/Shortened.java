package juxta.testkit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import juxta.api.DataKind;
import juxta.api.DataSummary;
import juxta.api.Encoder;
import juxta.api.Method;
import juxta.api.Phase;
import juxta.api.Plan;
import juxta.api.Reference;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.Tour;
import juxta.api.TrainingPhase;

/**
 * A method whose training phases end after a few steps of their schedules, and are validated, where
 * they are, one step before.
 *
 * @param whole the method
 */
record Shortened(Method whole) implements Method {
  /** Steps of each phase. */
  static final int STEPS = 3;

  @Override
  public Plan plan(Setup setup) {
    return each(whole.plan(setup), Shortened::cut);
  }

  /** The same plan with other training phases. */
  static Plan each(Plan plan, UnaryOperator<Phase.Training> change) {
    List<Phase> phases =
        plan.phases().stream()
            .map(p -> p instanceof Phase.Training training ? change.apply(training) : p)
            .toList();
    return new Plan(phases, plan.functions());
  }

  private static Phase.Training cut(Phase.Training phase) {
    return new Phase.Training(phase.name(), artefacts -> cut(phase.create().apply(artefacts)));
  }

  private static TrainingPhase cut(TrainingPhase phase) {
    Optional<TrainingPhase.Validation> validation =
        phase
            .validation()
            .map(
                v ->
                    new TrainingPhase.Validation(
                        Math.min(v.every(), STEPS - 1),
                        v.measure(),
                        v.lowerIsBetter(),
                        v.keepBest(),
                        v.patience()));
    return new TrainingPhase(
        Math.min(phase.steps(), STEPS),
        phase.sampler(),
        phase.schedules(),
        phase.step(),
        phase.keepsOptimizer(),
        validation);
  }

  @Override
  public Method among(List<Method> all) {
    return new Shortened(whole.among(all));
  }

  @Override
  public Method withEncoders(List<Encoder> all) {
    return new Shortened(whole.withEncoders(all));
  }

  @Override
  public String id() {
    return whole.id();
  }

  @Override
  public String summary() {
    return whole.summary();
  }

  @Override
  public List<Setting<?>> settings() {
    return whole.settings();
  }

  @Override
  public Optional<Reference> reference() {
    return whole.reference();
  }

  @Override
  public Set<DataKind> kinds() {
    return whole.kinds();
  }

  @Override
  public boolean usesEncoder() {
    return whole.usesEncoder();
  }

  @Override
  public boolean usesLoss(Settings settings) {
    return whole.usesLoss(settings);
  }

  @Override
  public Set<String> presets() {
    return whole.presets();
  }

  @Override
  public Map<String, String> preset(String name, DataSummary data) {
    return whole.preset(name, data);
  }

  @Override
  public Optional<Tour> tour() {
    return whole.tour();
  }
}
