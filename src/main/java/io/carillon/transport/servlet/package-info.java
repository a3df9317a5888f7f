/** Non-blocking output of an asynchronous request, as SSE and long-poll need it. */
@NullMarked
package io.carillon.transport.servlet;

import org.jspecify.annotations.NullMarked;
