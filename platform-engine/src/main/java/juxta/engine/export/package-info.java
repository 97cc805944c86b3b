/** Trained models as files that other programs read. */
package juxta.engine.export;
