/** For administrators: who is connected, and the end of it. */
@NullMarked
package io.carillon.admin;

import org.jspecify.annotations.NullMarked;
