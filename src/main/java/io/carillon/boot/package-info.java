/** The only wiring: what the hub is made of, when it starts and how it goes down. */
@NullMarked
package io.carillon.boot;

import org.jspecify.annotations.NullMarked;
