/**
 * The orders and receivables whose events touch a financing of `asked`: of receivables their orders, of orders all that is born from them.
 * As arrays, for each of which an index is asked: how many there are nobody can guess, and a join might read all there are.
 */
export const LINEAGE = `
  orders AS (
    SELECT object FROM asked UNION
    SELECT order_id FROM chain_receivable_orders WHERE receivable = ANY(ARRAY(SELECT object FROM asked))
  ), lineage AS (
    SELECT object FROM orders UNION
    SELECT receivable FROM chain_receivable_orders WHERE order_id = ANY(ARRAY(SELECT object FROM orders))
  )`;
