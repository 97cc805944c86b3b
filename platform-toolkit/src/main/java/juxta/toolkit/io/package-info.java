/** Weights on disk: safetensors, layouts, atomic writes. */
package juxta.toolkit.io;
