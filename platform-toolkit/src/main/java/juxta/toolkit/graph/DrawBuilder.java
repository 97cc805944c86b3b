package juxta.toolkit.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Operation;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;

/** Makes a random draw that is noted where it is rehearsed, and cut where it is for a part. */
final class DrawBuilder implements OperationBuilder {
  private final Site site;
  private final OperationBuilder builder;
  private final String type;
  private final Ops home;
  private final List<Consumer<OperationBuilder>> rest = new ArrayList<>();
  private Output<?> size;

  DrawBuilder(Site site, OperationBuilder builder, String type, Ops home) {
    this.site = site;
    this.builder = builder;
    this.type = type;
    this.home = home;
  }

  @Override
  public Operation build() {
    Operation made = builder.build();
    if (site.inPart()) {
      return site.rows(made, type);
    }
    site.note(new Draw(type, made, size, List.copyOf(rest), home, site.cut()));
    return made;
  }

  @Override
  public OperationBuilder addInput(Output<?> input) {
    builder.addInput(input);
    if (size == null) {
      size = input; // all these types take the shape first
    } else {
      rest.add(b -> b.addInput(input));
    }
    return this;
  }

  @Override
  public OperationBuilder addControlInput(Operation control) {
    builder.addControlInput(control);
    return this;
  }

  @Override
  public OperationBuilder setDevice(String device) {
    builder.setDevice(device);
    return this;
  }

  private OperationBuilder also(Consumer<OperationBuilder> step) {
    step.accept(builder);
    rest.add(step);
    return this;
  }

  @Override
  public OperationBuilder addInputList(Output<?>[] inputs) {
    return also(b -> b.addInputList(inputs));
  }

  @Override
  public OperationBuilder setAttr(String name, String[] value) {
    return also(b -> b.setAttr(name, value));
  }

  @Override
  public OperationBuilder setAttr(String name, String value) {
    return also(b -> b.setAttr(name, value));
  }

  @Override
  public OperationBuilder setAttr(String name, byte[] value) {
    return also(b -> b.setAttr(name, value));
  }

  @Override
  public OperationBuilder setAttr(String name, long value) {
    return also(b -> b.setAttr(name, value));
  }

  @Override
  public OperationBuilder setAttr(String name, long[] value) {
    return also(b -> b.setAttr(name, value));
  }

  @Override
  public OperationBuilder setAttr(String name, float value) {
    return also(b -> b.setAttr(name, value));
  }

  @Override
  public OperationBuilder setAttr(String name, float[] value) {
    return also(b -> b.setAttr(name, value));
  }

  @Override
  public OperationBuilder setAttr(String name, boolean value) {
    return also(b -> b.setAttr(name, value));
  }

  @Override
  public OperationBuilder setAttr(String name, boolean[] value) {
    return also(b -> b.setAttr(name, value));
  }

  @Override
  public OperationBuilder setAttr(String name, DataType value) {
    return also(b -> b.setAttr(name, value));
  }

  @Override
  public OperationBuilder setAttr(String name, DataType[] value) {
    return also(b -> b.setAttr(name, value));
  }

  @Override
  public OperationBuilder setAttr(String name, Tensor value) {
    return also(b -> b.setAttr(name, value));
  }

  @Override
  public OperationBuilder setAttr(String name, Tensor[] value) {
    return also(b -> b.setAttr(name, value));
  }

  @Override
  public OperationBuilder setAttr(String name, Shape value) {
    return also(b -> b.setAttr(name, value));
  }

  @Override
  public OperationBuilder setAttr(String name, Shape[] value) {
    return also(b -> b.setAttr(name, value));
  }

  @Override
  public OperationBuilder setAttr(String name, ConcreteFunction value) {
    return also(b -> b.setAttr(name, value));
  }

  @Override
  public OperationBuilder setAttr(String name, ConcreteFunction[] value) {
    return also(b -> b.setAttr(name, value));
  }

  @Override
  public OperationBuilder setAttr(String name, AttrValue value) {
    return also(b -> b.setAttr(name, value));
  }
}
