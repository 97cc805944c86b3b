package juxta.engine.train;

/** Looks at a model between steps of its training. Nothing of the training depends on it. */
public interface Lookout {
  /**
   * The steps of a training phase begin.
   *
   * @param phase name of the phase
   * @param records records a step
   */
  void phase(String phase, long records);

  /** A step is done. */
  void step();

  /**
   * Whether to look now.
   *
   * @param done steps of the phase that are done
   * @param steps steps of the phase
   * @param perEpoch steps of an epoch
   * @return true to be shown the weights
   */
  boolean due(long done, long steps, long perEpoch);

  /**
   * Looks.
   *
   * @param store all weights of this moment, to be read only
   * @param done steps of the phase that are done
   * @param epoch passes over the data so far
   */
  void look(ParameterStore store, long done, double epoch);

  /** The phase has ended, by itself or not. */
  void end();

  /** Never looks. */
  Lookout NONE =
      new Lookout() {
        @Override
        public void phase(String phase, long records) {}

        @Override
        public void step() {}

        @Override
        public boolean due(long done, long steps, long perEpoch) {
          return false;
        }

        @Override
        public void look(ParameterStore store, long done, double epoch) {}

        @Override
        public void end() {}
      };
}
