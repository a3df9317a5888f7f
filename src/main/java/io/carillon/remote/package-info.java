/**
 * For Java back ends that talk to a hub elsewhere: publish, look, subscribe, by HTTP. Needs the JDK and jackson-core, no
 * container; in the hub itself nobody uses it.
 */
@NullMarked
package io.carillon.remote;

import org.jspecify.annotations.NullMarked;
