/** What is wrong with a signature, a payload, a url or a filter, and what would be right. Nothing is stored or sent. */
@NullMarked
package io.stockhook.subscription.validation;

import org.jspecify.annotations.NullMarked;
