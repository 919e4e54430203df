// Ponder does not start without one.
import { Hono } from 'hono';

export default new Hono();
