package juxta.engine.hardware;

import java.util.List;
import java.util.Optional;
import juxta.api.UserException;

/** The devices of a machine, as TensorFlow finds them. */
public interface Devices {
  /**
   * The processor.
   *
   * @return the device
   */
  Device.OnProcessor processor();

  /**
   * Whether TensorFlow's library is one that can use cards.
   *
   * @return true for a GPU build
   */
  boolean gpuBuild();

  /**
   * A card that TensorFlow opens.
   *
   * @param number from 0
   * @return the card, empty if TensorFlow does not find it
   */
  Optional<Card> card(int number);

  /**
   * How many cards the driver shows.
   *
   * @return a number, 0 without a driver
   */
  int cardCount();

  /**
   * Opens cards for sessions that use them side by side. To be called before one of them is opened
   * alone: TensorFlow numbers the cards of a process once.
   *
   * @param numbers from 0, in the order in which sessions will name them
   */
  void openTogether(List<Integer> numbers);

  /**
   * Why TensorFlow finds no card, or not this one, and what to do.
   *
   * @param number from 0
   * @return such as {@code no NVIDIA driver is loaded (no libcuda.so.1); install one}
   */
  String lack(int number);

  /**
   * Why steps cannot be compiled for a card, and what to do.
   *
   * @return one line, empty if they can
   */
  Optional<String> objectionToXla();

  /**
   * The device for what a user asked for.
   *
   * @param choice what was asked for
   * @return the device
   * @throws UserException if it was a card that cannot be used, saying what is missing
   */
  default Device choose(DeviceChoice choice) {
    if (choice instanceof DeviceChoice.Gpu gpu) {
      if (!gpuBuild()) {
        throw new UserException(
            "device: gpu:"
                + gpu.number()
                + " was asked for, but this is TensorFlow's build for processors; make a GPU build"
                + " with ./mvnw -Pgpu,cuda -DskipTests package, or use --device cpu");
      }
      return card(gpu.number())
          .<Device>map(Device.OnCard::new)
          .orElseThrow(
              () ->
                  new UserException(
                      "device: gpu:"
                          + gpu.number()
                          + " was asked for, but "
                          + lack(gpu.number())
                          + ", or use --device cpu"));
    }
    if (choice instanceof DeviceChoice.Auto && gpuBuild()) {
      return card(0).<Device>map(Device.OnCard::new).orElseGet(this::processor);
    }
    return processor();
  }

  /**
   * What a user should know about a choice that was left to Juxta.
   *
   * @param choice what was asked for
   * @return a line if this is a GPU build that found no card
   */
  default Optional<String> remark(DeviceChoice choice) {
    return choice instanceof DeviceChoice.Auto && gpuBuild() && card(0).isEmpty()
        ? Optional.of("no card is used: " + lack(0) + "; --device cpu leaves this line out")
        : Optional.empty();
  }

  /**
   * The devices of this machine. What a process has found out once does not change.
   *
   * @return the devices
   */
  static Devices here() {
    return MachineDevices.Here.DEVICES;
  }
}
