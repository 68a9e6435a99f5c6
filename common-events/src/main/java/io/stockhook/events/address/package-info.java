/** Which urls and addresses a delivery may go to. */
@NullMarked
package io.stockhook.events.address;

import org.jspecify.annotations.NullMarked;
