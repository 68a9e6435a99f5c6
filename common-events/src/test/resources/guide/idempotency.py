import sqlite3
import sys

sys.path.insert(0, sys.argv[1])
sys.dont_write_bytecode = True
from receiver import handle, keep_product, prepare

database = sqlite3.connect(":memory:")
prepare(database)


def delivered(webhook_id, version, quantity):
    product = {"product_id": "prd_1", "version": version, "quantity": quantity}
    return handle(database, webhook_id, lambda d: keep_product(d, product))


def fails(_):
    raise RuntimeError("no")


print("first", delivered("evt_1", 1, 5))
print("again", delivered("evt_1", 1, 5))
print("newer", delivered("evt_3", 3, 2))
print("late", delivered("evt_2", 2, 4))
try:
    handle(database, "evt_4", fails)
except RuntimeError:
    print("failed")
print("retried", delivered("evt_4", 4, 1))
print(database.execute("SELECT version, quantity FROM product").fetchall())
