/**
 * The fault bench: real hubs in processes of their own that are killed, starved, cut off and lied to, while publishers
 * and subscribers write down what they were told. Afterwards {@link io.carillon.faults.Checker} holds the one against the
 * other.
 *
 * <p>docs/testing-faults.md says what it does and how to run it.
 */
package io.carillon.faults;
