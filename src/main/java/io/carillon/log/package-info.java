/** The implementations of {@link io.carillon.core.Log}. */
@NullMarked
package io.carillon.log;

import org.jspecify.annotations.NullMarked;
