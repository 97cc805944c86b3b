/** What a run can be put together from. */
package juxta.engine.catalogue;
