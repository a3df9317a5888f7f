/** For applications that have the hub inside: a bean to speak to it, and CDI events of what it does. */
@NullMarked
package io.carillon.cdi;

import org.jspecify.annotations.NullMarked;
