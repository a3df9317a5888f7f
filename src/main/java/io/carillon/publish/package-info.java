/** The HTTP interface: publish, history, presence; and every error as a problem (RFC 9457). */
@NullMarked
package io.carillon.publish;

import org.jspecify.annotations.NullMarked;
