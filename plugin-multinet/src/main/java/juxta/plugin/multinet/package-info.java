/** Multi-network contrastive learning from whole images, their neighbours and their parts. */
package juxta.plugin.multinet;
