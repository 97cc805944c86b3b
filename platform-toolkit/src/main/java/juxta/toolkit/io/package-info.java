/** Files: weights as safetensors, NumPy arrays, plain data as JSON and pickles, atomic writes. */
package juxta.toolkit.io;
