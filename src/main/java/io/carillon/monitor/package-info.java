/** What operators look at: {@code /metrics} for Prometheus, {@code /health} for balancers, an MXBean for JMX. */
@NullMarked
package io.carillon.monitor;

import org.jspecify.annotations.NullMarked;
