package juxta.engine.catalogue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import juxta.api.Comparison;
import juxta.api.DataKind;
import juxta.api.DataSummary;
import juxta.api.Dataset;
import juxta.api.DatasetProvider;
import juxta.api.Evaluation;
import juxta.api.Evaluator;
import juxta.api.GraphScope;
import juxta.api.Loss;
import juxta.api.Method;
import juxta.api.Plan;
import juxta.api.Score;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.Setup;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Components that have settings and do nothing. */
public final class Fakes {
  private Fakes() {}

  /** A method without an encoder, whose preset is given. */
  public record FakeMethod(
      String id, Map<String, String> sets, boolean ownLoss, List<Setting<?>> settings)
      implements Method {
    @Override
    public String summary() {
      return "a fake";
    }

    @Override
    public boolean usesEncoder() {
      return false;
    }

    @Override
    public boolean usesLoss(Settings own) {
      return !ownLoss;
    }

    @Override
    public Map<String, String> preset(String name, DataSummary data) {
      return sets;
    }

    @Override
    public Plan plan(Setup setup) {
      throw new UnsupportedOperationException();
    }
  }

  public record FakeLoss(String id, List<Setting<?>> settings) implements Loss {
    @Override
    public String summary() {
      return "a fake";
    }

    @Override
    public Operand<TFloat32> apply(GraphScope scope, Comparison comparison, Settings own) {
      throw new UnsupportedOperationException();
    }
  }

  public record FakeEvaluator(String id, List<Setting<?>> settings) implements Evaluator {
    @Override
    public String summary() {
      return "a fake";
    }

    @Override
    public Set<String> functions() {
      return Set.of();
    }

    @Override
    public List<Score> evaluate(Evaluation evaluation) {
      throw new UnsupportedOperationException();
    }
  }

  public record FakeData(String id, List<Setting<?>> settings) implements DatasetProvider {
    @Override
    public String summary() {
      return "a fake";
    }

    @Override
    public DataKind kind() {
      return DataKind.IMAGES;
    }

    @Override
    public Dataset open(Request request) {
      throw new UnsupportedOperationException();
    }
  }
}
