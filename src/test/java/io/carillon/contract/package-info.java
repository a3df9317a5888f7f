/**
 * What every transport promises on every server, tried from outside on the WAR as it was built.
 *
 * <p>A promise is an interface with default test methods; a {@code *IT} names the transport and the deployment.
 */
package io.carillon.contract;
