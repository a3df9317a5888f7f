/**
 * Connections that a server gives away, for what the hub writes to itself (docs/adr/0017, 0023). What is named after a server is made for
 * it, and loaded by no other.
 */
@NullMarked
package io.carillon.wire;

import org.jspecify.annotations.NullMarked;
