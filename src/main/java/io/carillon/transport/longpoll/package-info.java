/** Long-poll: an asynchronous servlet. */
@NullMarked
package io.carillon.transport.longpoll;

import org.jspecify.annotations.NullMarked;
