/** Polls that come again on the same connection, and are not read again (docs/adr/0028, 0031). */
@NullMarked
package io.carillon.polling;

import org.jspecify.annotations.NullMarked;
