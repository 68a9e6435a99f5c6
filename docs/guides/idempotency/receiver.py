"""Handles each event once, however often it is delivered. Needs Python 3.8 and nothing else."""

import sqlite3


def prepare(database):
    database.execute("CREATE TABLE IF NOT EXISTS handled (webhook_id TEXT PRIMARY KEY, at TEXT DEFAULT CURRENT_TIMESTAMP)")
    database.execute("CREATE TABLE IF NOT EXISTS product (id TEXT PRIMARY KEY, version INTEGER, quantity INTEGER)")
    database.commit()


def handle(database, webhook_id, work):
    """Does the work unless it was done for this webhook-id before, and says whether it did.

    The id and the work are one transaction: if the work fails, the id is not kept either, and the retry finds it new.
    """
    with database:
        new = database.execute("INSERT INTO handled (webhook_id) VALUES (?) ON CONFLICT DO NOTHING", (webhook_id,))
        if new.rowcount == 0:
            return False
        work(database)
        return True


def keep_product(database, data):
    """Takes over a product unless a later state of it came first."""
    database.execute(
        """
        INSERT INTO product (id, version, quantity) VALUES (:product_id, :version, :quantity)
        ON CONFLICT (id) DO UPDATE SET version = excluded.version, quantity = excluded.quantity
        WHERE excluded.version > product.version
        """,
        data,
    )
