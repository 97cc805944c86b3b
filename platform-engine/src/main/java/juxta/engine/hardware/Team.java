package juxta.engine.hardware;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import juxta.api.UserException;

/**
 * Devices of this machine that share the work on each batch.
 *
 * @param devices one or more, all of them cards or all the processor
 */
public record Team(List<Device> devices) {
  private static final Pattern MEMBER = Pattern.compile("(cpu|gpu):([0-9]{1,4})");

  /**
   * Copies.
   *
   * @param devices see the record
   */
  public Team {
    devices = List.copyOf(devices);
  }

  /**
   * Reads a user's words.
   *
   * @param words {@code all}, or devices with commas between: cards as {@code gpu:0,gpu:1}, or as
   *     {@code cpu:0,cpu:1} the processor so many times, for trying things out
   * @param here the devices of this machine
   * @return the team
   * @throws UserException if there are no such devices
   */
  public static Team of(String words, Devices here) {
    if (words.equals("all")) {
      return all(here);
    }
    List<Integer> numbers = new ArrayList<>();
    String kind = "";
    for (String word : words.split(",", -1)) {
      Matcher member = MEMBER.matcher(word.strip());
      if (!member.matches()) {
        throw new UserException(
            "devices: '"
                + word.strip()
                + "' is none of cpu:N, gpu:N; write gpu:0,gpu:1 for two cards, or all");
      }
      if (!kind.isEmpty() && !kind.equals(member.group(1))) {
        throw new UserException(
            "devices: '" + words + "' mixes cards and the processor; name one kind only");
      }
      kind = member.group(1);
      int number = Integer.parseInt(member.group(2));
      if (numbers.contains(number)) {
        throw new UserException(
            "devices: '" + words + "' names " + kind + ":" + number + " twice; name it once");
      }
      numbers.add(number);
    }
    return kind.equals("gpu") ? cards(numbers, here) : processors(numbers, words, here);
  }

  private static Team all(Devices here) {
    int cards = here.gpuBuild() ? here.cardCount() : 0;
    if (cards == 0) {
      return new Team(List.of(here.choose(new DeviceChoice.Auto())));
    }
    return cards(IntStream.range(0, cards).boxed().toList(), here);
  }

  private static Team cards(List<Integer> numbers, Devices here) {
    if (here.gpuBuild()) {
      here.openTogether(numbers);
    }
    return new Team(
        numbers.stream().map(number -> here.choose(new DeviceChoice.Gpu(number))).toList());
  }

  private static Team processors(List<Integer> numbers, String words, Devices here) {
    if (numbers.stream().anyMatch(number -> number >= numbers.size())) {
      throw new UserException(
          "devices: '"
              + words
              + "' leaves numbers out; "
              + numbers.size()
              + " times the processor are "
              + String.join(
                  ",", IntStream.range(0, numbers.size()).mapToObj(i -> "cpu:" + i).toList()));
    }
    return new Team(numbers.stream().<Device>map(number -> here.processor()).toList());
  }

  /**
   * The device that holds the weights.
   *
   * @return the first
   */
  public Device first() {
    return devices.get(0);
  }
}
