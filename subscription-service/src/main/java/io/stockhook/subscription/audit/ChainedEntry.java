package io.stockhook.subscription.audit;

/**
 * An entry at its place in its tenant's chain.
 *
 * @param id its place among all entries
 * @param seq its place in the chain, from 1 without gaps
 * @param previousHash the hash of the entry before; {@link AuditChain#START} for the first
 * @param hash {@link AuditChain#hash} of this one
 */
record ChainedEntry(long id, long seq, AuditEntry entry, byte[] previousHash, byte[] hash) {}
