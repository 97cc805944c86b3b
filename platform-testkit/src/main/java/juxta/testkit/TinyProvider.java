package juxta.testkit;

import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.DatasetProvider;

/**
 * Gives data that are there.
 *
 * @param data the data
 */
record TinyProvider(Dataset data) implements DatasetProvider {
  @Override
  public String id() {
    return Tiny.ID;
  }

  @Override
  public String summary() {
    return "generated records";
  }

  @Override
  public DataKind kind() {
    return data.kind();
  }

  @Override
  public Dataset open(Request request) {
    return data;
  }
}
