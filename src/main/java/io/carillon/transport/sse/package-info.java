/** Server-sent events: a JAX-RS resource over a sink and a broadcaster of our own. */
@NullMarked
package io.carillon.transport.sse;

import org.jspecify.annotations.NullMarked;
