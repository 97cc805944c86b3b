package juxta.testkit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import juxta.api.Phase;
import juxta.api.Plan;
import juxta.api.TaskContext;

/** Notes the parameters that tasks write: afterwards nothing tells them from first values. */
final class Written {
  private Written() {}

  /** The same plan, whose tasks add the names of what they write. */
  static Plan noted(Set<String> names, Plan plan) {
    List<Phase> phases =
        plan.phases().stream()
            .map(
                phase ->
                    phase instanceof Phase.Task task
                        ? new Phase.Task(
                            task.name(), context -> task.body().accept(noted(names, context)))
                        : phase)
            .toList();
    return new Plan(phases, plan.functions());
  }

  private static TaskContext noted(Set<String> names, TaskContext context) {
    return (TaskContext)
        Proxy.newProxyInstance(
            TaskContext.class.getClassLoader(),
            new Class<?>[] {TaskContext.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("write") && arguments[0] instanceof Map<?, ?> values) {
                values.keySet().forEach(name -> names.add((String) name));
              }
              try {
                return method.invoke(context, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
