package juxta.engine.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import juxta.api.Comparison;
import juxta.api.Component;
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
import juxta.api.UserException;
import juxta.engine.catalogue.Catalogue;
import juxta.engine.catalogue.Plugin;
import juxta.engine.catalogue.Registered;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Components that have settings and do nothing. */
final class FakeCatalogue implements Catalogue {
  private final Plugin plugin =
      new Plugin("fake", "1", Path.of("."), new TreeMap<>(), new TreeMap<>());
  private final List<Component> components;

  FakeCatalogue(Component... components) {
    this.components = List.of(components);
  }

  @Override
  public List<Plugin> plugins() {
    return List.of(plugin);
  }

  @Override
  public <C extends Component> List<Registered<C>> all(Class<C> service) {
    return components.stream()
        .filter(service::isInstance)
        .map(c -> new Registered<>(service.cast(c), plugin))
        .toList();
  }

  @Override
  public <C extends Component> Optional<Registered<C>> find(Class<C> service, String id) {
    return all(service).stream().filter(r -> r.id().equals(id)).findFirst();
  }

  @Override
  public <C extends Component> Registered<C> require(Class<C> service, String id) {
    return find(service, id).orElseThrow(() -> new UserException("no '" + id + "'"));
  }

  /** A method without an encoder, whose preset is given. */
  record FakeMethod(String id, Map<String, String> sets, boolean ownLoss, List<Setting<?>> settings)
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

  record FakeLoss(String id, List<Setting<?>> settings) implements Loss {
    @Override
    public String summary() {
      return "a fake";
    }

    @Override
    public Operand<TFloat32> apply(GraphScope scope, Comparison comparison, Settings own) {
      throw new UnsupportedOperationException();
    }
  }

  record FakeEvaluator(String id, List<Setting<?>> settings) implements Evaluator {
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

  record FakeData(String id, List<Setting<?>> settings) implements DatasetProvider {
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
