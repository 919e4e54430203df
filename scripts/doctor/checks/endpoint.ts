import { failure, type Finding, ok } from '../finding.js';
import type { Patient } from '../patient.js';
import { askStanding, type Place } from './ask-standing.js';
import { validity } from './validity.js';
import { whereOthersSend } from './where-others-send.js';
import { whyNot } from './why-not.js';

const CHECK = 'endpoint';

/** Whether this member's node answers where the registry tells the others to find it. */
export async function checkEndpoint(patient: Patient): Promise<Finding[]> {
  const { pool, config } = patient;
  const { rows } = await pool.query<{ member: number; endpoint: string | null }>(
    'SELECT member, endpoint FROM chain_members WHERE name = $1',
    [config.member],
  );
  const [self] = rows;
  // Keys says that nobody is called so.
  if (!self) return [];
  const { member, endpoint } = self;
  if (endpoint === null) {
    const advice = 'have the admin’s account register one (setEndpoint): until then nobody’s letters arrive';
    return [failure(CHECK, 'the registry has no endpoint of this member', advice)];
  }
  const kept = unseenAt(patient, endpoint) ?? (await whereOthersSend(CHECK, config, endpoint));
  if (kept?.verdict === 'failure') return [kept];
  return [...(kept ? [kept] : []), ...(await answerOf(patient, { member, endpoint }))];
}

/** What is wrong by the settings alone. */
function unseenAt({ config: { exchangeTlsPort, exchangeTlsCert } }: Patient, endpoint: string): Finding | undefined {
  if (endpoint.startsWith('https:') || (exchangeTlsPort ?? exchangeTlsCert) === undefined) return undefined;
  const fact = `the registry has ${endpoint}, to which no node sends that has certificates as this one`;
  const where = exchangeTlsPort === undefined ? 'the edge' : `port ${exchangeTlsPort}`;
  return failure(CHECK, fact, `have the admin’s account register the https endpoint that leads to ${where}`);
}

async function answerOf(patient: Patient, place: Place): Promise<Finding[]> {
  const { endpoint } = place;
  try {
    const { standing, certificate } = await askStanding(patient, place);
    const seen = certificate
      ? [validity(CHECK, `the certificate shown at ${endpoint}`, certificate, 'renew it where TLS ends: there or here')]
      : [];
    if (standing) return [ok(CHECK, `this node answers at ${endpoint}, as the registry says`), ...seen];
    const advice =
      'does it lead to another member’s node, or to one with another key file? register the right endpoint, or correct what stands before this node';
    return [failure(CHECK, `what answers at ${endpoint} has not a registered key of this member`, advice), ...seen];
  } catch (error) {
    return [whyNot(CHECK, patient.config, endpoint, error)];
  }
}
