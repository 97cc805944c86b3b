package juxta.toolkit.image;

/**
 * What a recipe does to an image, in this order: crop (with mirroring), colour jitter, grayscale,
 * blur, solarize, normalise. Start from {@link #CROP_FLIP} and change what differs.
 *
 * @param source where the numbers come from, for users
 * @param crop share of the image's area that a global view shows
 * @param localCrop share of the image's area that a local view shows
 * @param flip probability of mirroring left and right
 * @param jitter random colours
 * @param gray probability of losing all colours
 * @param blur probability of a Gaussian blur
 * @param blurKernel length of the blur's kernel as a share of the side; 0 keeps the whole Gaussian
 * @param solarize probability of inverting bright values
 * @param sampling kernel of all resizing
 * @param normalisation what values are in the end
 * @param testCrop whether small images, too, are resized by 256/224 and cropped for evaluation
 */
public record Recipe(
    String source,
    Range crop,
    Range localCrop,
    double flip,
    ColourJitter jitter,
    double gray,
    PerView blur,
    double blurKernel,
    PerView solarize,
    Sampling sampling,
    Normalisation normalisation,
    boolean testCrop) {
  /** Random resized crop and mirroring alone, as linear probes train on. */
  public static final Recipe CROP_FLIP =
      new Recipe(
          "torchvision's reference training: RandomResizedCrop, RandomHorizontalFlip",
          new Range(0.08, 1),
          new Range(0.05, 0.35),
          0.5,
          ColourJitter.NONE,
          0,
          PerView.all(0),
          0.1,
          PerView.all(0),
          Sampling.BILINEAR,
          Normalisation.IMAGENET,
          false);

  /**
   * The same with another source.
   *
   * @param text paper section or file of the reference implementation
   * @return a new recipe
   */
  public Recipe from(String text) {
    return new Recipe(
        text,
        crop,
        localCrop,
        flip,
        jitter,
        gray,
        blur,
        blurKernel,
        solarize,
        sampling,
        normalisation,
        testCrop);
  }

  /**
   * The same with other crops.
   *
   * @param low least share of the area
   * @param high greatest share of the area
   * @return a new recipe
   */
  public Recipe crop(double low, double high) {
    return new Recipe(
        source,
        new Range(low, high),
        localCrop,
        flip,
        jitter,
        gray,
        blur,
        blurKernel,
        solarize,
        sampling,
        normalisation,
        testCrop);
  }

  /**
   * The same with other local crops.
   *
   * @param low least share of the area
   * @param high greatest share of the area
   * @return a new recipe
   */
  public Recipe localCrop(double low, double high) {
    return new Recipe(
        source,
        crop,
        new Range(low, high),
        flip,
        jitter,
        gray,
        blur,
        blurKernel,
        solarize,
        sampling,
        normalisation,
        testCrop);
  }

  /**
   * The same with another probability of mirroring.
   *
   * @param probability in [0, 1]
   * @return a new recipe
   */
  public Recipe flip(double probability) {
    return new Recipe(
        source,
        crop,
        localCrop,
        probability,
        jitter,
        gray,
        blur,
        blurKernel,
        solarize,
        sampling,
        normalisation,
        testCrop);
  }

  /**
   * The same with other colours.
   *
   * @param colours the jitter
   * @param grayProbability probability of losing all colours
   * @return a new recipe
   */
  public Recipe colours(ColourJitter colours, double grayProbability) {
    return new Recipe(
        source,
        crop,
        localCrop,
        flip,
        colours,
        grayProbability,
        blur,
        blurKernel,
        solarize,
        sampling,
        normalisation,
        testCrop);
  }

  /**
   * The same with another blur.
   *
   * @param probability by view
   * @param kernel length of the kernel as a share of the side; 0 keeps the whole Gaussian
   * @return a new recipe
   */
  public Recipe blur(PerView probability, double kernel) {
    return new Recipe(
        source,
        crop,
        localCrop,
        flip,
        jitter,
        gray,
        probability,
        kernel,
        solarize,
        sampling,
        normalisation,
        testCrop);
  }

  /**
   * The same with other solarizing.
   *
   * @param probability by view
   * @return a new recipe
   */
  public Recipe solarize(PerView probability) {
    return new Recipe(
        source,
        crop,
        localCrop,
        flip,
        jitter,
        gray,
        blur,
        blurKernel,
        probability,
        sampling,
        normalisation,
        testCrop);
  }

  /**
   * The same with another kernel.
   *
   * @param kernel how to resize
   * @return a new recipe
   */
  public Recipe sampling(Sampling kernel) {
    return new Recipe(
        source,
        crop,
        localCrop,
        flip,
        jitter,
        gray,
        blur,
        blurKernel,
        solarize,
        kernel,
        normalisation,
        testCrop);
  }

  /**
   * The same with another normalisation.
   *
   * @param statistics what values are in the end
   * @return a new recipe
   */
  public Recipe normalisation(Normalisation statistics) {
    return new Recipe(
        source,
        crop,
        localCrop,
        flip,
        jitter,
        gray,
        blur,
        blurKernel,
        solarize,
        sampling,
        statistics,
        testCrop);
  }

  /**
   * The same with or without the test crop of small images.
   *
   * @param crops whether small images, too, are resized by 256/224 and cropped for evaluation
   * @return a new recipe
   */
  public Recipe testCrop(boolean crops) {
    return new Recipe(
        source,
        crop,
        localCrop,
        flip,
        jitter,
        gray,
        blur,
        blurKernel,
        solarize,
        sampling,
        normalisation,
        crops);
  }
}
