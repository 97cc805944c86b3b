/** Which records make up the batches. */
package juxta.toolkit.data;
