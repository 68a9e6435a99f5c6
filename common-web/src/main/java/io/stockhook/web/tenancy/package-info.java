/** The wall between tenants: every transaction tells PostgreSQL whose rows it may see. */
@NullMarked
package io.stockhook.web.tenancy;

import org.jspecify.annotations.NullMarked;
