/**
 * What is faster where requests are served by Undertow, which is WildFly. Nothing else knows this package, and nothing in it has an
 * annotation that a container looks for: other servers never load it. Undertow finds it by {@code META-INF/services}.
 */
@NullMarked
package io.carillon.undertow;

import org.jspecify.annotations.NullMarked;
