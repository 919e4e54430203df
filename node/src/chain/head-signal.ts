const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 60_000;

/**
 * Tells as soon as some endpoint announces a block, over WebSocket. A hint to look at once and no more: what it says is
 * not read, and whoever listens also looks by itself every now and then, since not every endpoint has WebSockets.
 */
export class HeadSignal {
  private readonly listeners = new Set<() => void>();
  private socket: WebSocket | null = null;
  private timer: NodeJS.Timeout | null = null;
  private closed = false;
  private next = 0;
  private retryMs = FIRST_RETRY_MS;

  /** `urls` of endpoints, http(s) or ws(s); the socket is expected at the same address. */
  constructor(private readonly urls: readonly string[]) {}

  /** Calls `listener` at each announced block. Returns what ends it. */
  onHead(listener: () => void): () => void {
    this.listeners.add(listener);
    if (!this.socket && !this.timer && !this.closed) this.connect();
    return () => this.listeners.delete(listener);
  }

  /** Whether blocks are being announced to this process now. */
  get connected(): boolean {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  close(): void {
    this.closed = true;
    if (this.timer) clearTimeout(this.timer);
    this.socket?.close();
  }

  private connect(): void {
    this.timer = null;
    const url = this.urls[this.next++ % this.urls.length]!.replace(/^http/, 'ws');
    const socket = new WebSocket(url);
    this.socket = socket;
    socket.onopen = () => {
      this.retryMs = FIRST_RETRY_MS;
      socket.send(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_subscribe', params: ['newHeads'] }));
    };
    socket.onmessage = ({ data }) => {
      if (String(data).includes('eth_subscription')) for (const listener of this.listeners) listener();
    };
    socket.onclose = () => this.retry();
  }

  private retry(): void {
    this.socket = null;
    if (this.closed) return;
    this.timer = setTimeout(() => this.connect(), this.retryMs).unref();
    this.retryMs = Math.min(2 * this.retryMs, LONGEST_RETRY_MS);
  }
}
