/** Proves that the parts of Jakarta EE which the hub stands on deploy on every server. Goes when the hub itself does that. */
@NullMarked
package io.carillon.skeleton;

import org.jspecify.annotations.NullMarked;
