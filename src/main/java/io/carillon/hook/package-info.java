/** What the hub tells a server of yours by itself: who joins and leaves, as signed posts. */
@NullMarked
package io.carillon.hook;

import org.jspecify.annotations.NullMarked;
