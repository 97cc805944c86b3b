/**
 * Data sets: readers of the field's usual formats, and a generator that needs no download.
 *
 * @provides juxta.api.DatasetProvider
 */
module juxta.plugin.datasets {
  requires de.siegmar.fastcsv;
  requires io.jhdf;
  requires java.desktop;
  requires juxta.toolkit;

  provides juxta.api.DatasetProvider with
      juxta.plugin.datasets.Shapes,
      juxta.plugin.datasets.Cifar10,
      juxta.plugin.datasets.Cifar100,
      juxta.plugin.datasets.Stl10,
      juxta.plugin.datasets.TinyImageNet,
      juxta.plugin.datasets.ImageFolder,
      juxta.plugin.datasets.Mnist,
      juxta.plugin.datasets.FashionMnist,
      juxta.plugin.datasets.MedMnist,
      juxta.plugin.datasets.Volumes,
      juxta.plugin.datasets.Shapes3d,
      juxta.plugin.datasets.ImageText,
      juxta.plugin.datasets.Dental,
      juxta.plugin.datasets.Instances,
      juxta.plugin.datasets.Revisited,
      juxta.plugin.datasets.ImagesWithMasks;
}
