/**
 * The orders and receivables whose events touch a financing of `asked`, or of which one touches it: by which its cover is reckoned
 * (`ReceivableStore.reckonedWith`, `LineageDocuments`). Of receivables their orders, of orders all that is born from them; and where an
 * invoice is of several orders, those with all that is born from them, and their orders in turn: as far as from one order to what its invoices
 * share goods with. Parts of splits are reckoned by themselves: of further orders they are left out.
 * As arrays, for each of which an index is asked: how many there are nobody can guess, and a join might read all there are.
 */
export const LINEAGE = `
  orders AS (
    SELECT object FROM asked UNION
    SELECT order_id FROM chain_receivable_orders WHERE receivable = ANY(ARRAY(SELECT object FROM asked))
  ), near AS (
    SELECT object FROM orders UNION
    SELECT receivable FROM chain_receivable_orders WHERE order_id = ANY(ARRAY(SELECT object FROM orders))
  ), further AS (
    SELECT order_id AS object FROM chain_receivable_orders WHERE receivable = ANY(ARRAY(SELECT object FROM near))
    EXCEPT SELECT object FROM orders
  ), far AS (
    SELECT id AS object FROM chain_receivables WHERE parent IS NULL AND id = ANY(ARRAY(
      SELECT receivable FROM chain_receivable_orders WHERE order_id = ANY(ARRAY(SELECT object FROM further))))
  ), lineage AS (
    SELECT object FROM near UNION SELECT object FROM further UNION SELECT object FROM far UNION
    SELECT order_id FROM chain_receivable_orders WHERE receivable = ANY(ARRAY(SELECT object FROM far))
  )`;
