/** Every setting in one place: its key, default, bounds and words; and where values come from. */
@NullMarked
package io.carillon.config;

import org.jspecify.annotations.NullMarked;
