/** From TensorFlow's graphs to ONNX. */
package juxta.engine.export.onnx;
