/**
 * The hub itself: a log of publications, an index of it by channel, and connections that read it at their own pace.
 *
 * <p>Knows only the JDK. Everything that touches a container, a wire form or a disk reaches it through a port:
 * {@link io.carillon.core.Log}, {@link io.carillon.core.Outlet}, {@link io.carillon.core.Encoder}.
 */
@NullMarked
package io.carillon.core;

import org.jspecify.annotations.NullMarked;
