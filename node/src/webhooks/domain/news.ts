import { z } from 'zod';
import { defineNews } from '../../kernel/news.js';

/** For the other webhooks, and for desks: one gave up. */
export const webhookDisabled = defineNews('webhook.disabled', z.object({ webhook: z.uuid() }));
