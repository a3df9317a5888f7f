/** The JavaScript client, as far as it can be tested without a browser. */
@NullMarked
package io.carillon.js;

import org.jspecify.annotations.NullMarked;
