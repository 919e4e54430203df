/** Whether a purpose is one for a member of these roles in the registry: its profile names them, or none. */
export function isPurposeFor(
  profile: { readonly roles?: readonly string[] },
  member: { readonly roles: readonly string[] },
): boolean {
  return !profile.roles || profile.roles.some((role) => member.roles.includes(role));
}
