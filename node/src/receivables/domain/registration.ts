import type { DocumentFields } from './documents/document-fields.js';

/** A registration of a receivable elsewhere, as who made it says: in a register of security interests such as 中登网. */
export interface Registration {
  readonly register: string;
  readonly number: string;
  /** RFC 3339. */
  readonly registeredAt: string;
  /** When the obligor was given notice, outside of this system. */
  readonly noticeGivenAt?: string;
}

/** Undefined unless register, number and time are shown. */
export function readRegistration(fields: DocumentFields): Registration | undefined {
  const [register, number, registeredAt] = ['/register', '/number', '/registeredAt'].map((path) => fields.get(path));
  if (!register || !number || !registeredAt) return undefined;
  const noticeGivenAt = fields.get('/noticeGivenAt');
  return { register, number, registeredAt, ...(noticeGivenAt !== undefined && { noticeGivenAt }) };
}
