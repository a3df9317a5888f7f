/** WebSocket: one endpoint, a thin shell over the hub. */
@NullMarked
package io.carillon.transport.websocket;

import org.jspecify.annotations.NullMarked;
