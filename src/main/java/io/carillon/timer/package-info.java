/** The only clock: EJB timers that say "beat" and "sweep". */
@NullMarked
package io.carillon.timer;

import org.jspecify.annotations.NullMarked;
