package juxta.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * Turns what records hold into what a graph can take, on the host: text into token ids. Called from
 * several threads at once; the same record gives the same values each time.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Preparation {
  /**
   * What the function's body is given in place of the record.
   *
   * @return fields of fixed shapes, none of them text
   */
  List<Field> fields();

  /**
   * Prepares one record.
   *
   * @param record the values of the function's {@link ModelFunction#inputs}, by field
   * @return a value for each of {@link #fields}, by field
   */
  Map<String, Value> of(Map<String, Value> record);

  /**
   * Why a record that a user made up, such as a typed query, can have no meaningful answer.
   *
   * @param record the values of the function's inputs, by field
   * @return what is wrong and what to do, in one line; empty if nothing is
   */
  default Optional<String> objection(Map<String, Value> record) {
    return Optional.empty();
  }

  /**
   * What it does to texts, for programs that use an exported model.
   *
   * @return the {@code tokenizer.json} of Hugging Face's library tokenizers that gives the ids of
   *     {@link #of}; empty if there is none
   */
  default Optional<String> description() {
    return Optional.empty();
  }
}
