package io.stockhook.inventory.stock;

/**
 * A line of the ledger.
 *
 * @param position where it stands; a product's movements have rising positions
 * @param view what it says
 */
record Movement(long position, MovementView view) {}
