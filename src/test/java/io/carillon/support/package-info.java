/** What tests of several packages share. */
package io.carillon.support;
