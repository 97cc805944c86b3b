/** Search in the images of a data set with a trained model. */
package juxta.launcher.search;
