/** What the demo page shows when nobody publishes. Off by default. */
@NullMarked
package io.carillon.demo;

import org.jspecify.annotations.NullMarked;
