package juxta.toolkit.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.api.Parameter;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.io.Npz;
import juxta.toolkit.io.PlainJson;
import juxta.toolkit.nn.BatchNorm;

/**
 * A network whose batch normalisation was folded into its convolutions, as it comes out of
 * TensorFlow Lite: an {@code .npz} with the weights (HWIO, depthwise HWC1) and biases, and a {@code
 * .json} that lists the operations ({@code ops}: {@code type}, {@code inputs}, {@code output},
 * {@code weight}, {@code bias}) and names the pooled {@code features}. What comes after those, the
 * classifier, is left out.
 *
 * <p>Convolutions are matched with an encoder's in order; shapes must agree. Where the encoder has
 * batch normalisation, it becomes what adds the bias and changes nothing else: weight 1, bias,
 * running mean 0, running variance 1 - epsilon.
 *
 * @param file where it was read from
 * @param convolutions the convolutions that the features are computed with, in order
 */
public record FoldedNetwork(Path file, List<Convolution> convolutions) {
  /**
   * A convolution.
   *
   * @param name name of the weight in the file
   * @param weight [k, k, in, out], depthwise [k, k, channels, 1]
   * @param bias [out]
   */
  public record Convolution(String name, Value weight, Value bias) {}

  /**
   * Copies.
   *
   * @param file see the record
   * @param convolutions see the record
   */
  public FoldedNetwork {
    convolutions = List.copyOf(convolutions);
  }

  /**
   * Reads a network.
   *
   * @param npz the weights; the description lies beside them under the same name with {@code .json}
   * @return the network
   * @throws UserException if one of the files is unreadable or they do not fit
   */
  public static FoldedNetwork read(Path npz) {
    String name = npz.getFileName().toString();
    Path json = npz.resolveSibling(name.substring(0, name.length() - ".npz".length()) + ".json");
    FoldedDescription description = FoldedDescription.of(json, PlainJson.read(json));
    List<Convolution> convolutions = new ArrayList<>();
    try (Npz arrays = Npz.open(npz)) {
      for (FoldedDescription.Op op : description.behindFeatures()) {
        convolutions.add(
            new Convolution(op.weight(), arrays.value(op.weight()), arrays.value(op.bias())));
      }
    }
    return new FoldedNetwork(npz, convolutions);
  }

  /**
   * The values of an encoder's parameters.
   *
   * @param parameters all of them, in the order in which the encoder makes them
   * @return values by full name, in the graph's layout
   * @throws UserException if the encoder has other convolutions
   */
  public Map<String, Value> values(List<Parameter<?>> parameters) {
    Map<String, Value> values = new LinkedHashMap<>();
    int used = 0;
    for (Parameter<?> parameter : parameters) {
      if (parameter.shape().size() == 4) {
        if (used == convolutions.size()) {
          throw misfit("has more than its " + used + " convolutions");
        }
        used++;
      } else if (used == 0) {
        throw misfit("begins with '" + parameter.name() + "', which is no convolution");
      }
      Value value = value(parameter, convolutions.get(used - 1));
      if (!value.shape().equals(parameter.shape())) {
        throw misfit(
            "has '"
                + parameter.name()
                + "' of shape "
                + parameter.shape()
                + " where '"
                + convolutions.get(used - 1).name()
                + "' gives "
                + value.shape());
      }
      values.put(parameter.name(), value);
    }
    if (used != convolutions.size()) {
      throw misfit("has " + used + " convolutions, the file " + convolutions.size());
    }
    return values;
  }

  private UserException misfit(String how) {
    return new UserException(
        file + ": is not of the chosen encoder, which " + how + "; choose the encoder that fits");
  }

  private Value value(Parameter<?> parameter, Convolution convolution) {
    if (parameter.shape().size() == 4) {
      return convolution.weight();
    }
    String role = parameter.name().substring(parameter.name().lastIndexOf('.') + 1);
    int channels = convolution.bias().data().remaining() / 4;
    return switch (role) {
      case "bias" -> convolution.bias();
      case "weight" -> filled(channels, 1);
      case "running_mean" -> filled(channels, 0);
      case "running_var" -> filled(channels, 1 - BatchNorm.EPSILON);
      default -> throw misfit("has '" + parameter.name() + "', which no convolution has");
    };
  }

  private static Value filled(int size, float value) {
    float[] values = new float[size];
    java.util.Arrays.fill(values, value);
    return Tensors.floats(new long[] {size}, values);
  }
}
