/** WebSocket without the container's: the hub's own frames on the connections of Undertow, Tomcat and Grizzly (docs/adr/0017, 0023). */
@NullMarked
package io.carillon.transport.websocket.direct;

import org.jspecify.annotations.NullMarked;
