/** For administrators: who is connected, and the end of it; what the console shows. */
@NullMarked
package io.carillon.admin;

import org.jspecify.annotations.NullMarked;
