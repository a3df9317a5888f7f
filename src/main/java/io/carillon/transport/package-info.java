/** Non-blocking output of an asynchronous request, as SSE and long-poll need it. */
@NullMarked
package io.carillon.transport;

import org.jspecify.annotations.NullMarked;
