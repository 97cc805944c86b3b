package juxta.toolkit.graph;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.TensorFlow;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.proto.ConfigProto;

/**
 * A device that TensorFlow opens for a session. Java's own {@link org.tensorflow.Session} does not
 * tell, so this asks the library below it.
 *
 * @param name such as {@code /job:localhost/replica:0/task:0/device:GPU:0}
 * @param type such as {@code CPU} or {@code GPU}
 * @param memory bytes that TensorFlow may use of its memory
 */
public record SessionDevice(String name, String type, long memory) {
  /**
   * The devices of a session, which is opened for it and closed again.
   *
   * @param config the session's configuration; the cards that it makes visible keep their numbers
   *     for as long as the process runs
   * @return the devices, none if TensorFlow refuses the configuration
   */
  public static List<SessionDevice> of(ConfigProto config) {
    try {
      return of("", config);
    } catch (IllegalStateException e) {
      return List.of();
    }
  }

  /**
   * The devices of a server of TensorFlow.
   *
   * @param target such as {@code grpc://127.0.0.1:4711}
   * @param millis how long to wait for its answers
   * @return the devices
   * @throws IllegalStateException with TensorFlow's words if it does not answer
   */
  public static List<SessionDevice> at(String target, int millis) {
    return of(target, ConfigProto.newBuilder().setOperationTimeoutInMs(millis).build());
  }

  private static List<SessionDevice> of(String target, ConfigProto config) {
    TensorFlow.version(); // loads the native library
    List<SessionDevice> devices = new ArrayList<>();
    try (TF_Status status = TF_Status.newStatus();
        TF_Graph graph = TF_Graph.newGraph()) {
      TF_Session session = Remote.session(graph, target, config);
      TF_DeviceList list = tensorflow.TF_SessionListDevices(session, status);
      if (tensorflow.TF_GetCode(status) != tensorflow.TF_OK) {
        throw new IllegalStateException(tensorflow.TF_Message(status).getString());
      }
      for (int i = 0; i < tensorflow.TF_DeviceListCount(list); i++) {
        devices.add(
            new SessionDevice(
                tensorflow.TF_DeviceListName(list, i, status).getString(),
                tensorflow.TF_DeviceListType(list, i, status).getString(),
                tensorflow.TF_DeviceListMemoryBytes(list, i, status)));
      }
      tensorflow.TF_DeleteDeviceList(list);
      tensorflow.TF_CloseSession(session, status);
      tensorflow.TF_DeleteSession(session, status);
    }
    return devices;
  }
}
