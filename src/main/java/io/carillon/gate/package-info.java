/** What every request passes first: who is it, may it come in at all; and the tickets that browsers need. */
@NullMarked
package io.carillon.gate;

import org.jspecify.annotations.NullMarked;
