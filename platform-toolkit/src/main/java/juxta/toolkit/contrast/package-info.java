/** Similarities, targets, queues: the pieces that most contrastive objectives are made of. */
package juxta.toolkit.contrast;
