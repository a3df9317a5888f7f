/**
 * Clients for tests, written from the wire contract alone: they share no code with the hub, so that an error in its
 * encoders cannot hide in a decoder of the same hand.
 *
 * <p>{@link io.carillon.client.Subscriber} is one well-behaved client of any transport, {@link
 * io.carillon.client.MassClient} thousands of them on one thread, {@link io.carillon.client.RawClient} one that behaves
 * badly, {@link io.carillon.client.Publisher} the other side.
 */
package io.carillon.client;
