/** Measurements that take a running hub and print figures; they judge nothing. Started by the scripts in {@code bench/}. */
package io.carillon.bench;
