/**
 * The hub's wire forms: what publications and answers look like on each transport, and what clients may say. Specified in
 * {@code docs/protocol.md}; the golden files of the tests hold both to it.
 *
 * <p>Writing is by hand into one array, because every delivery goes through it; JSON is read by jackson-core.
 */
@NullMarked
package io.carillon.protocol;

import org.jspecify.annotations.NullMarked;
