/** What methods see of data, without a training: the views that their steps draw. */
package juxta.engine.preview;
