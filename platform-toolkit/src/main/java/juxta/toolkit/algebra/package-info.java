/** Linear algebra in double precision: products, eigenvectors, Cholesky factors. */
package juxta.toolkit.algebra;
