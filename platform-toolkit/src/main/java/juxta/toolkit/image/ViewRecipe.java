package juxta.toolkit.image;

/**
 * How views are made of an image, in this order: crop (with mirroring), colour jitter, grayscale,
 * blur, solarize, normalise. Start from {@link #CROP_FLIP} and change what differs.
 *
 * @param source where the numbers come from, for users
 * @param crop which part a view shows
 * @param colours what is done to its colours
 * @param blur how it is blurred
 * @param finish what all views have in common
 */
public record ViewRecipe(
    String source, Cropping crop, Colouring colours, Blurring blur, Finish finish) {
  /** Random resized crop and mirroring alone, as linear probes train on. */
  public static final ViewRecipe CROP_FLIP =
      new ViewRecipe(
          "torchvision's reference training: RandomResizedCrop, RandomHorizontalFlip",
          new Cropping(new Range(0.08, 1), new Range(0.05, 0.35), 0.5),
          new Colouring(ColourJitter.NONE, 0, PerView.all(0)),
          new Blurring(PerView.all(0), 0.1),
          new Finish(Sampling.BILINEAR, Normalisation.IMAGENET, false));

  /**
   * The same with another source.
   *
   * @param text paper section or file of the reference implementation
   * @return a new recipe
   */
  public ViewRecipe from(String text) {
    return new ViewRecipe(text, crop, colours, blur, finish);
  }

  /**
   * The same with other crops.
   *
   * @param low least share of the area
   * @param high greatest share of the area
   * @return a new recipe
   */
  public ViewRecipe crop(double low, double high) {
    return with(new Cropping(new Range(low, high), crop.local(), crop.flip()));
  }

  /**
   * The same with other local crops.
   *
   * @param low least share of the area
   * @param high greatest share of the area
   * @return a new recipe
   */
  public ViewRecipe localCrop(double low, double high) {
    return with(new Cropping(crop.global(), new Range(low, high), crop.flip()));
  }

  /**
   * The same with another probability of mirroring.
   *
   * @param probability in [0, 1]
   * @return a new recipe
   */
  public ViewRecipe flip(double probability) {
    return with(new Cropping(crop.global(), crop.local(), probability));
  }

  /**
   * The same with other colours.
   *
   * @param jitter the jitter
   * @param grayProbability probability of losing all colours
   * @return a new recipe
   */
  public ViewRecipe colours(ColourJitter jitter, double grayProbability) {
    return with(new Colouring(jitter, grayProbability, colours.solarize()));
  }

  /**
   * The same with another blur.
   *
   * @param probability by view
   * @param kernel length of the kernel as a share of the side; 0 keeps the whole Gaussian
   * @return a new recipe
   */
  public ViewRecipe blur(PerView probability, double kernel) {
    return new ViewRecipe(source, crop, colours, new Blurring(probability, kernel), finish);
  }

  /**
   * The same with other solarizing.
   *
   * @param probability by view
   * @return a new recipe
   */
  public ViewRecipe solarize(PerView probability) {
    return with(new Colouring(colours.jitter(), colours.gray(), probability));
  }

  /**
   * The same with another kernel.
   *
   * @param kernel how to resize
   * @return a new recipe
   */
  public ViewRecipe sampling(Sampling kernel) {
    return with(new Finish(kernel, finish.normalisation(), finish.testCrop()));
  }

  /**
   * The same with another normalisation.
   *
   * @param statistics what values are in the end
   * @return a new recipe
   */
  public ViewRecipe normalisation(Normalisation statistics) {
    return with(new Finish(finish.sampling(), statistics, finish.testCrop()));
  }

  /**
   * The same with or without the test crop of small images.
   *
   * @param crops whether small images, too, are resized by 256/224 and cropped for evaluation
   * @return a new recipe
   */
  public ViewRecipe testCrop(boolean crops) {
    return with(new Finish(finish.sampling(), finish.normalisation(), crops));
  }

  private ViewRecipe with(Cropping other) {
    return new ViewRecipe(source, other, colours, blur, finish);
  }

  private ViewRecipe with(Colouring other) {
    return new ViewRecipe(source, crop, other, blur, finish);
  }

  private ViewRecipe with(Finish other) {
    return new ViewRecipe(source, crop, colours, blur, other);
  }
}
