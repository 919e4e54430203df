import { networkInterfaces } from 'node:os';
import { failure, type Finding, warning, wordsOf } from '../finding.js';
import { AnswerRefused } from './ask-standing.js';

/** What is known of an error of node:http(s), its parts where each address of a name was tried. */
interface Failed {
  readonly code?: unknown;
  readonly address?: string;
  readonly errors?: readonly Failed[];
}

/** Where the node is by its settings. */
interface Listening {
  readonly host: string;
  readonly port: number;
  readonly exchangeTlsPort?: number | undefined;
}

/** TLS's alerts, as codes or in the words of EPROTO. They come from the other side: certificates that they name are this one's. */
const ALERT = /_ALERT_| alert /;
const OWN_REFUSED = /(?:_ALERT_| alert )[^:]*(?:certificate|unknown[_ ]ca)/i;
/** Nothing was said: whoever verifies certificates after the handshake hangs up on one that it does not believe. */
const HUNG_UP = 'ECONNRESET';
/** What this side refuses of the other's, by the codes of TLS. */
const NOT_BELIEVED = /CERT|SELF_SIGNED|VERIFY|ALTNAME/;
/** What a host behind NAT sees that cannot reach its own public name, however well others do. ABORT_ERR is this command's own timeout. */
const NO_WAY = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'ABORT_ERR', 'EHOSTUNREACH', 'ENETUNREACH']);
/** What stands before a node says while that is down or has much to do. */
const PASSING = new Set([429, 502, 503, 504]);

/** What it means that there was no answer at `endpoint`: a failure where others get none either, else a warning. */
export function whyNot(check: string, listening: Listening, endpoint: string, error: unknown): Finding {
  const words = wordsOf(error);
  const leads = `start the node; ${whereTo(listening)}`;
  if (error instanceof AnswerRefused) {
    const told = PASSING.has(error.status) ? warning : failure;
    return told(check, `what answers at ${endpoint}, where others send, refuses: ${words}`, leads);
  }
  const code = String((error as Failed).code);
  if (ALERT.test(words)) return refused(check, endpoint, words);
  if (NOT_BELIEVED.test(code))
    return failure(
      check,
      `the certificate shown at ${endpoint} is not believed, so others send nothing: ${words}`,
      `renew it where TLS ends, there or here; it names that host, and an authority that members’ nodes believe signs it`,
    );
  const unreached = NO_WAY.has(code) || (code === 'ECONNREFUSED' && !isThisHost(error as Failed));
  const told = unreached ? warning : failure;
  const hungUp = code === HUNG_UP ? ' is this node’s certificate believed there? see tls;' : '';
  const others = 'If this host alone cannot reach it, all is well: ask another member’s doctor';
  return told(
    check,
    `nothing answers ${unreached ? 'this host ' : ''}at ${endpoint}, where others send: ${words}`,
    `${leads}${hungUp} else have the admin’s account register another endpoint${unreached ? `. ${others}` : ''}`,
  );
}

function refused(check: string, endpoint: string, words: string): Finding {
  if (!OWN_REFUSED.test(words))
    return failure(
      check,
      `what answers at ${endpoint} refuses TLS: ${words}`,
      'what stands there says more in its log',
    );
  return failure(
    check,
    `what answers at ${endpoint} refuses this node’s own certificate, or that it has none: ${words}`,
    'have TRADEPROOF_EXCHANGE_TLS_CERT name one of an authority that is believed there, and in its time: see tls',
  );
}

const whereTo = ({ host, port, exchangeTlsPort }: Listening): string =>
  `does what stands there lead to ${host}, port ${exchangeTlsPort ?? port}?`;

/** Whether it was this host that refused: then nobody else gets through to the node either. */
function isThisHost({ address, errors }: Failed): boolean {
  const own = Object.values(networkInterfaces()).flatMap((each) => (each ?? []).map((one) => one.address));
  const tried = (errors ?? [{ address }]).map((each) => each.address ?? '');
  return tried.every((each) => each.startsWith('127.') || own.includes(each));
}
