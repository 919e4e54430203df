/** SQL of a delivery's `webhook-id`, the same for each attempt: drawn when it is written down; numbered, where an earlier release did that. */
export const MESSAGE_ID = `'msg_' || coalesce(message_id::text, webhook || '_' || seq)`;
