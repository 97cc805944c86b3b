/** The functions that trained models of the usual kinds have. */
package juxta.toolkit.model;
