/** What the JAX-RS resources share. */
@NullMarked
package io.carillon.rest;

import org.jspecify.annotations.NullMarked;
